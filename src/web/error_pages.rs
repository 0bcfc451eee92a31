//! Dresses every bare failure as a page, and sends people without a session to sign in.

use actix_web::body::BoxBody;
use actix_web::dev::ServiceResponse;
use actix_web::http::{Method, StatusCode, header};
use actix_web::middleware::ErrorHandlerResponse;
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use askama::Template;

use super::page::{see_other, with_status};
use super::pager::address;
use super::shell::Shell;
use crate::access::permission::{self, Rule};
use crate::access::{Role, Suspension, Viewer};
use crate::error::Error;

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    shell: Shell,
    status: u16,
    refusal: Option<Refusal>,
}

/// Which rule refused, and who in the viewer's organisation holds the permission.
struct Refusal {
    rule: &'static str,
    roles: &'static [Role],
    /// The roles would do, but the organisation is suspended.
    suspension: Option<Suspension>,
}

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Forbidden(_) => StatusCode::FORBIDDEN,
            Self::SignInNeeded => StatusCode::UNAUTHORIZED,
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        if let Self::Internal(cause) = self {
            tracing::error!(cause = format!("{cause:#}"), "a request failed");
        }
        HttpResponse::new(self.status_code())
    }
}

/// Gives a failure its page. Answers that already are pages, such as a form with problems, stay.
///
/// # Errors
/// Never; the signature is actix-web's.
pub fn dress<B: 'static>(response: ServiceResponse<B>) -> actix_web::Result<ErrorHandlerResponse<B>> {
    let is_page = response.headers().contains_key(header::CONTENT_TYPE)
        && response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| !is_plain_text(kind));
    if is_page {
        return Ok(ErrorHandlerResponse::Response(response.map_into_left_body()));
    }
    let request = response.request().clone();
    let page = if response.status() == StatusCode::UNAUTHORIZED && request.method() == Method::GET {
        to_sign_in(&request)
    } else {
        error_page(&request, response.status(), response.response().error())
    };
    let dressed = ServiceResponse::new(request, page).map_into_right_body();
    Ok(ErrorHandlerResponse::Response(dressed))
}

/// actix-web writes its own failures as plain text.
fn is_plain_text(kind: &header::HeaderValue) -> bool {
    kind.to_str().is_ok_and(|kind| kind.starts_with("text/plain"))
}

/// Signing in leads back to the page that was asked for.
fn to_sign_in(request: &HttpRequest) -> HttpResponse {
    let wanted = request.uri().path_and_query().map_or("/", |path| path.as_str());
    see_other(address("/sign-in", &(), &[("next", if wanted == "/" { "" } else { wanted })]))
}

fn error_page(
    request: &HttpRequest,
    status: StatusCode,
    error: Option<&actix_web::Error>,
) -> HttpResponse<BoxBody> {
    let shell = Shell::of(request);
    let refusal = match error.and_then(|error| error.as_error::<Error>()) {
        Some(Error::Forbidden(key)) => {
            permission::rule(key).zip(shell.viewer.as_ref()).map(|(rule, viewer)| refusal(&rule, viewer))
        }
        _ => None,
    };
    let page = ErrorPage { shell, status: status.as_u16(), refusal };
    with_status(status, &page).unwrap_or_else(|_| HttpResponse::new(status))
}

fn refusal(rule: &Rule, viewer: &Viewer) -> Refusal {
    let roles = rule.roles_in(viewer.organisation.kind);
    let would_do = rule.starts && viewer.roles.iter().any(|role| roles.contains(role));
    let suspension = viewer.organisation.suspension.clone().filter(|_| would_do);
    Refusal { rule: rule.key, roles, suspension }
}
