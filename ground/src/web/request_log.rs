//! What the log says of a request: its id, which an error page shows too, and which route answered how. Never the
//! address that was asked for: it may hold a personal link.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::{Error as ActixError, HttpMessage as _};
use tracing::Span;
use tracing::field::{Empty, display};
use tracing_actix_web::{RequestId, RootSpanBuilder};

/// The span around everything that a request does, so that each line that it logs carries its id.
pub struct RequestSpan;

impl RootSpanBuilder for RequestSpan {
    fn on_request_start(request: &ServiceRequest) -> Span {
        let id = request.extensions().get::<RequestId>().map(ToString::to_string).unwrap_or_default();
        let route = request.match_pattern().unwrap_or_else(|| "none".to_owned());
        tracing::info_span!("request", %id, method = %request.method(), route, status = Empty)
    }

    fn on_request_end<B: MessageBody>(span: Span, outcome: &Result<ServiceResponse<B>, ActixError>) {
        let status = match outcome {
            Ok(response) => response.status(),
            Err(error) => error.as_response_error().status_code(),
        };
        span.record("status", display(status.as_u16()));
        span.in_scope(|| log(status));
    }
}

/// A failure shows its id to the visitor, who may ask for it: it must stand in the log.
fn log(status: StatusCode) {
    if status.is_server_error() {
        tracing::error!("answered with a failure");
    } else if status.is_client_error() {
        tracing::info!("refused");
    } else {
        tracing::debug!("answered");
    }
}
