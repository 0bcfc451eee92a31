//! The gate before every page: finds out who is asking, once a request, from the database, and dresses what does not get
//! through.

mod asking;
pub mod error_pages;
mod store;

use std::sync::Arc;

use actix_session::SessionExt as _;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header;
use actix_web::middleware::Next;
use actix_web::{Error as ActixError, HttpMessage as _, HttpResponse, web};

use crate::access::identity::Identity;
use crate::access::{Demand, Viewer, sign_in};
use crate::config::SecondFactorRule;
use crate::db::Db;
use crate::error::Error;
use crate::paths::{asset, people, session, stem};
use crate::people::facts::ask_second_factor;
use crate::session::facts::touch;
use crate::values::moment::Moment;

pub use store::{absent, renewed};

/// What the installation asks of people.
#[derive(Clone, Copy, Debug)]
pub struct Protection {
    pub second_factor: SecondFactorRule,
}

/// Looks up the person of the request's session and keeps who must change the password, or add a second factor, on
/// that page.
///
/// # Errors
/// What comes from further inside.
pub async fn identify<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse, ActixError> {
    let identity = identity_of(&request).await;
    let rule =
        request.app_data::<web::Data<Protection>>().map_or_else(Default::default, |rule| rule.second_factor);
    if let Identity::Person(viewer) = &identity {
        let demand = viewer.second_factor_demand(rule, Moment::now());
        if let Some(page) = detour(viewer, demand, request.path()) {
            let there = HttpResponse::SeeOther().insert_header((header::LOCATION, page)).finish();
            return Ok(request.into_response(there));
        }
        if matches!(demand, Demand::Until(_)) && viewer.second_factor_asked_at.is_none() {
            begin_grace(&request, viewer).await;
        }
    }
    request.extensions_mut().insert(identity);
    next.call(request).await.map(ServiceResponse::map_into_boxed_body)
}

/// The page that somebody has to deal with before any other.
fn detour(viewer: &Viewer, demand: Demand, path: &str) -> Option<&'static str> {
    let is_open = path == session::end()
        || [
            asset::ROUTE,
            people::set_password::ROUTE,
            people::email_proof::ROUTE,
            people::email_objection::ROUTE,
        ]
        .iter()
        .any(|open| path.starts_with(stem(open)));
    match () {
        () if is_open => None,
        () if viewer.must_change_password => Some(session::password()).filter(|page| path != *page),
        () if demand == Demand::Now => Some(session::second_factor()).filter(|page| !path.starts_with(page)),
        () => None,
    }
}

/// From the first page on that somebody opens, the days count.
async fn begin_grace(request: &ServiceRequest, viewer: &Viewer) {
    let Some(db) = request.app_data::<web::Data<Db>>() else { return };
    let (person, now) = (viewer.person, Moment::now());
    if let Err(error) = db.write(move |conn| ask_second_factor(conn, &person, now)).await {
        tracing::warn!(error = ?error, "that a second factor is asked for could not be kept");
    }
}

async fn identity_of(request: &ServiceRequest) -> Identity {
    if request.path().starts_with(stem(asset::ROUTE)) {
        return Identity::Nobody;
    }
    let Some(token) = sign_in::token(&request.get_session()) else { return Identity::Nobody };
    let Some(db) = request.app_data::<web::Data<Db>>() else { return Identity::Unknown(None) };
    let now = Moment::now();
    let hash = token.hash();
    let found = db.read(move |conn| store::viewer(conn, &hash, now)).await;
    match found {
        Ok(Some(seen)) => {
            if seen.is_stale(now) {
                let hash = token.hash();
                match db.write(move |conn| touch(conn, &hash, now)).await {
                    // What can be read is shown also while nothing can be written.
                    Ok(()) | Err(Error::Unavailable(_)) => {}
                    Err(error) => tracing::warn!(error = ?error, "the session could not be marked as used"),
                }
            }
            Identity::Person(Arc::new(seen.viewer))
        }
        Ok(None) => Identity::Nobody,
        Err(Error::Unavailable(outage)) => Identity::Unknown(Some(outage)),
        Err(error) => {
            tracing::error!(error = ?error, "the person of a session could not be looked up");
            Identity::Unknown(None)
        }
    }
}

/// Lets only signed-in people through; stands before every route that is not spelled out as public.
///
/// # Errors
/// What comes from further inside.
pub async fn demand_person<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse, ActixError> {
    let refusal = match request.extensions().get::<Identity>() {
        Some(Identity::Person(_)) => None,
        Some(identity) => Some(identity.unknown().unwrap_or(Error::SignInNeeded)),
        None => Some(Error::SignInNeeded),
    };
    match refusal {
        None => next.call(request).await.map(ServiceResponse::map_into_boxed_body),
        Some(error) => {
            let response = HttpResponse::from_error(error);
            Ok(request.into_response(response))
        }
    }
}
