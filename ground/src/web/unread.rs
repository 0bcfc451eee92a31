//! Bodies that an answer leaves unread. actix-web reads such a body on to its end before it closes the connection or
//! takes the next request, without any limit, where its length was not said: a sender that never ends would hold the
//! connection for ever. Where the body is still held while the answer is written, the connection is closed instead, and
//! what still comes is read for a short while only.

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::error::PayloadError;
use actix_web::middleware::Next;
use actix_web::web::Bytes;
use actix_web::{Error as ActixError, HttpMessage as _};
use futures_core::Stream;

/// A body of a request that two hold: whoever reads it, and the answer.
#[derive(Clone)]
struct Shared(Rc<RefCell<Payload>>);

/// A body of an answer that holds the body of the request until it is written.
struct Holding {
    body: BoxBody,
    _request: Shared,
}

/// Holds the body of a request until its answer is written.
///
/// # Errors
/// What comes from further inside.
pub async fn hold<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse, ActixError> {
    let payload = match request.take_payload() {
        Payload::None => return next.call(request).await.map(ServiceResponse::map_into_boxed_body),
        payload => Shared(Rc::new(RefCell::new(payload))),
    };
    request.set_payload(Payload::Stream { payload: Box::pin(payload.clone()) });
    let response = next.call(request).await?;
    Ok(response.map_body(|_, body| Holding { body: body.boxed(), _request: payload }.boxed()))
}

impl Stream for Shared {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Pin::new(&mut *self.0.borrow_mut()).poll_next(context)
    }
}

impl MessageBody for Holding {
    type Error = <BoxBody as MessageBody>::Error;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        Pin::new(&mut self.body).poll_next(context)
    }
}
