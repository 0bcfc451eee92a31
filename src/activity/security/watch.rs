//! Sees every answer, and records pages that were refused and lists that were exported: in one place, so that no export
//! can be forgotten.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header;
use actix_web::middleware::Next;
use actix_web::{Error as ActixError, HttpMessage as _, HttpRequest};

use super::store::record;
use super::{Event, EventKind};
use crate::access::Viewer;
use crate::access::identity::Identity;
use crate::error::Error;
use crate::values::moment::Moment;
use crate::web::export::TakenFrom;
use crate::web::{Visit, head, visitor};

/// Stands around every page, within the one that dresses failures.
///
/// # Errors
/// What comes from further inside.
pub async fn watch<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, ActixError> {
    let response = next.call(request).await?;
    if let Some((kind, detail)) = noteworthy(&response) {
        keep(response.request(), kind, detail).await;
    }
    Ok(response)
}

fn noteworthy<B>(response: &ServiceResponse<B>) -> Option<(EventKind, String)> {
    let refused = response.response().error().and_then(|error| error.as_error::<Error>());
    if let Some(Error::Forbidden(permission)) = refused {
        return Some((EventKind::RefusedPage, (*permission).to_owned()));
    }
    let disposition = response.headers().get(header::CONTENT_DISPOSITION)?.to_str().ok()?;
    let is_file = disposition.starts_with("attachment") && response.status().is_success();
    let is_export = is_file && !head::is_enough(response.request());
    let list = || list_of(response.request());
    is_export.then(|| (EventKind::Export, list()))
}

/// Which list was exported: a file that was made earlier says it, any other one is had at the list's own address.
fn list_of(request: &HttpRequest) -> String {
    let kept = request.extensions().get::<TakenFrom>().map(|list| list.0.clone());
    kept.or_else(|| request.match_pattern()).unwrap_or_else(|| request.path().to_owned())
}

/// Keeps what was seen; that it cannot be kept changes no answer.
async fn keep(request: &HttpRequest, kind: EventKind, detail: String) {
    let (Some(viewer), Ok(visit)) = (viewer(request), Visit::of(request)) else { return };
    let (address, now) = (visitor::address_of(request, &visit.site), Moment::now());
    let kept = visit.write(move |conn| {
        let event = Event {
            organisation: &viewer.organisation.id,
            person: (&viewer.person, &viewer.name),
            kind,
            detail: &detail,
            address: &address,
        };
        record(conn, &event, now)
    });
    if let Err(error) = kept.await {
        tracing::error!(error = ?error, "a refused page or an export could not be recorded");
    }
}

fn viewer(request: &HttpRequest) -> Option<Viewer> {
    match request.extensions().get::<Identity>() {
        Some(Identity::Person(viewer)) => Some(viewer.as_ref().clone()),
        _ => None,
    }
}
