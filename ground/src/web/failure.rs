//! How a failed request is answered: barely. `gate` dresses it as a page.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, ResponseError};

use crate::error::Error;

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Forbidden(_) => StatusCode::FORBIDDEN,
            Self::SignInNeeded => StatusCode::UNAUTHORIZED,
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::Ended(_) | Self::Undelegated(_) => StatusCode::CONFLICT,
            Self::TooManyLetters { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy(_) | Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        if let Self::Internal(cause) = self {
            tracing::error!(cause = format!("{cause:#}"), "a request failed");
        }
        let mut answer = HttpResponse::build(self.status_code());
        if let Self::Unavailable(outage) = self {
            tracing::warn!("{outage}");
            answer.insert_header((header::RETRY_AFTER, outage.retry_after()));
        }
        if let Self::TooManyLetters { seconds, .. } = self {
            answer.insert_header((header::RETRY_AFTER, *seconds));
        }
        answer.finish()
    }
}
