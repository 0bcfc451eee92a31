//! HEAD is answered as GET is, without the body.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::middleware::Next;
use actix_web::web::Bytes;
use actix_web::{Error as ActixError, HttpMessage as _, HttpRequest};

/// Kept with a request of which only the head is wanted.
struct Wanted;

/// Whether only the head of the answer is wanted: what takes much to make need not be made then.
pub fn is_enough(request: &HttpRequest) -> bool {
    request.extensions().contains::<Wanted>()
}

/// Lets HEAD take the way of GET, and keeps what would follow the headers.
///
/// # Errors
/// What comes from further inside.
pub async fn like_get<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse, ActixError> {
    if request.method() != Method::HEAD {
        return next.call(request).await.map(ServiceResponse::map_into_boxed_body);
    }
    request.head_mut().method = Method::GET;
    request.extensions_mut().insert(Wanted);
    let response = next.call(request).await?;
    Ok(response.map_body(|_, body| BoxBody::new(Unsent(body.size()))))
}

/// A body that is only measured.
struct Unsent(BodySize);

impl MessageBody for Unsent {
    type Error = Infallible;

    fn size(&self) -> BodySize {
        self.0
    }

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Bytes, Infallible>>> {
        Poll::Ready(None)
    }
}
