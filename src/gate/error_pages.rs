//! Dresses every bare failure as a page, and sends people without a session to sign in.

use actix_web::body::BoxBody;
use actix_web::dev::ServiceResponse;
use actix_web::http::{ConnectionType, Method, StatusCode, header};
use actix_web::middleware::ErrorHandlerResponse;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::asking::Asking;
use crate::access::permission::{self, Rule};
use crate::access::{Role, Suspension, Viewer};
use crate::error::{Error, Outage, Postage, Result};
use crate::language::filters;
use crate::mail::compose::draft;
use crate::paths;
use crate::people::facts::{self, RoleHolder};
use crate::values::id::CustomerId;
use crate::values::password::Busy;
use crate::web::kept_form::KeptForm;
use crate::web::page::{asked_for, see_other, with_status};
use crate::web::{Shell, Visit, mailto};

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    shell: Shell,
    status: u16,
    refusal: Option<Refusal>,
    /// Why there is nothing to be had from the database for a while.
    outage: Option<Outage>,
    /// For which customer nothing new begins, since the relationship with it has ended.
    ended: Option<CustomerId>,
    /// Which customer gives the viewer's organisation no delegated administration.
    undelegated: Option<CustomerId>,
    /// Whose letters there are enough of, and for how many minutes.
    postage: Option<(Postage, i64)>,
    /// Something was sent.
    is_sent: bool,
    /// What was sent, where this page can send it again.
    kept: Option<KeptForm>,
    /// The address that was asked for, to ask again.
    address: String,
}

/// Which rule refused, and who in the viewer's organisation holds the permission.
struct Refusal {
    rule: &'static str,
    roles: &'static [Role],
    /// Some of those who hold it, to be asked.
    holders: Vec<Holder>,
    /// The roles would do, but the organisation is suspended.
    suspension: Option<Suspension>,
}

/// A colleague, and the letter that asks them.
struct Holder {
    name: String,
    mailto: String,
}

/// So many colleagues are named.
const MOST_HOLDERS: i64 = 5;

/// Gives a failure its page. Answers that already are pages, such as a form with problems, stay.
///
/// # Errors
/// Never; the signature is actix-web's.
pub fn dress<B: 'static>(mut response: ServiceResponse<B>) -> actix_web::Result<ErrorHandlerResponse<B>> {
    let status = response.status();
    let patience = patience(status, response.headers());
    if let Some(patience) = &patience {
        response.headers_mut().insert(header::RETRY_AFTER, patience.clone());
    }
    let is_page = response.headers().contains_key(header::CONTENT_TYPE)
        && response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| !is_plain_text(kind));
    if is_page {
        return Ok(ErrorHandlerResponse::Response(response.map_into_left_body()));
    }
    let request = response.request().clone();
    let (mut refused, mut outage, mut postage) = (None, None, None);
    let (mut ended, mut undelegated) = (None, None);
    match response.response().error().and_then(|error| error.as_error::<Error>()) {
        Some(Error::Forbidden(key)) => refused = permission::rule(key),
        Some(Error::Unavailable(why)) => outage = Some(*why),
        Some(Error::Ended(customer)) => ended = Some(*customer),
        Some(Error::Undelegated(customer)) => undelegated = Some(*customer),
        Some(Error::TooManyLetters { of, seconds }) => postage = Some((*of, (seconds + 59) / 60)),
        _ => {}
    }
    if let Some(rule) = refused {
        let dressed = async move {
            let page = refusal_page(&request, rule).await;
            Ok(ServiceResponse::new(request, page).map_into_right_body())
        };
        return Ok(ErrorHandlerResponse::Future(Box::pin(dressed)));
    }
    let mut page = if status == StatusCode::UNAUTHORIZED && request.method() == Method::GET {
        to_sign_in(&request)
    } else {
        ErrorPage { outage, postage, ended, undelegated, ..ErrorPage::of(&request, status) }.answer()
    };
    if let Some(patience) = patience {
        page.headers_mut().insert(header::RETRY_AFTER, patience);
    }
    if response.response().head().connection_type() == ConnectionType::Close {
        page.head_mut().set_connection_type(ConnectionType::Close);
    }
    let dressed = ServiceResponse::new(request, page).map_into_right_body();
    Ok(ErrorHandlerResponse::Response(dressed))
}

/// When it is worth trying again: programs read it from the header, so no answer that asks for patience goes without.
fn patience(status: StatusCode, headers: &header::HeaderMap) -> Option<header::HeaderValue> {
    let asks = matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE);
    asks.then(|| headers.get(header::RETRY_AFTER).cloned().unwrap_or_else(|| Busy::RETRY_AFTER.into()))
}

/// actix-web writes its own failures as plain text.
fn is_plain_text(kind: &header::HeaderValue) -> bool {
    kind.to_str().is_ok_and(|kind| kind.starts_with("text/plain"))
}

/// Signing in leads back to the page that was asked for.
fn to_sign_in(request: &HttpRequest) -> HttpResponse {
    let wanted = asked_for(request);
    see_other(paths::session::sign_in_then(if wanted == paths::start() { "" } else { &wanted }))
}

impl ErrorPage {
    fn of(request: &HttpRequest, status: StatusCode) -> Self {
        Self {
            shell: Shell::of(request),
            status: status.as_u16(),
            refusal: None,
            outage: None,
            ended: None,
            undelegated: None,
            postage: None,
            is_sent: !request.method().is_safe(),
            kept: KeptForm::of(request).filter(|_| can_pass(status)),
            address: asked_for(request),
        }
    }

    /// Whether nobody knows what came of what was sent.
    fn may_be_done(&self) -> bool {
        self.outage.is_some_and(|outage| outage.may_be_done)
    }

    fn answer(&self) -> HttpResponse<BoxBody> {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        with_status(self.shell.language, status, self).unwrap_or_else(|_| HttpResponse::new(status))
    }
}

/// Whether the same request may go through later, when somebody has signed in, got a role or waited a moment.
fn can_pass(status: StatusCode) -> bool {
    [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN, StatusCode::TOO_MANY_REQUESTS].contains(&status)
        || status.is_server_error()
}

/// Names the rule, and who in one's own organisation may do it.
async fn refusal_page(request: &HttpRequest, rule: Rule) -> HttpResponse<BoxBody> {
    let page = ErrorPage::of(request, StatusCode::FORBIDDEN);
    let Some(viewer) = page.shell.viewer.as_deref().cloned() else { return page.answer() };
    let roles = rule.roles_in(viewer.organisation.kind);
    let would_do = rule.starts && viewer.roles.iter().any(|role| roles.contains(role));
    let suspension = viewer.organisation.suspension.clone().filter(|_| would_do);
    // Without their names the page still says what it takes.
    let holders = holders(request, rule, roles, &viewer).await.unwrap_or_default();
    let refusal = Some(Refusal { rule: rule.key, roles, holders, suspension });
    ErrorPage { refusal, ..page }.answer()
}

async fn holders(
    request: &HttpRequest,
    rule: Rule,
    roles: &'static [Role],
    viewer: &Viewer,
) -> Result<Vec<Holder>> {
    let visit = Visit::of(request)?;
    let organisation = viewer.organisation.id;
    let found = visit.read(move |conn| facts::holders(conn, &organisation, roles, MOST_HOLDERS)).await?;
    let asked = |found: RoleHolder| {
        let (subject, text) =
            draft(visit.language(), &Asking { rule: rule.key, viewer, to: &found.name, site: &visit.site })?;
        Ok(Holder { mailto: mailto(&found.email, &subject, &text), name: found.name })
    };
    found.into_iter().map(asked).collect()
}
