//! Bodies of requests that come slowly or never: actix-web waits for them without end, and a thousand would hold every
//! connection. A body has a moment to begin and then must come at some speed, and one network sends so many at a time.

use std::cell::Cell;
use std::collections::HashMap;
use std::future::Future as _;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use actix_web::body::MessageBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::error::PayloadError;
use actix_web::http::StatusCode;
use actix_web::middleware::Next;
use actix_web::web::Bytes;
use actix_web::{Error as ActixError, HttpResponse, web};
use futures_core::Stream;
use tokio::time::{Instant, Sleep};

use super::site::Site;
use super::visitor;
use crate::values::network::Network;

/// So long a sender may stay silent at first.
const GRACE: Duration = Duration::from_secs(10);
/// Each so many bytes earn one second more.
const BYTES_A_SECOND: u32 = 4096;
/// How many bodies are under way, by network; cheap to copy.
#[derive(Clone, Debug)]
pub struct UnderWay {
    counts: Arc<Mutex<HashMap<String, usize>>>,
    /// Of one network, and of that around it.
    most: [usize; 2],
}

/// One body under way; counted until it is dropped.
struct OneOf {
    all: UnderWay,
    networks: [String; 2],
}

impl UnderWay {
    /// Of this many connections no network may hold more than half with bodies that it does not finish, and with the
    /// networks around it no more than three quarters.
    pub fn of(connections: usize) -> Self {
        Self { counts: Arc::default(), most: [connections.div_ceil(2), (3 * connections).div_ceil(4)] }
    }

    /// None when one of the networks, the narrower first, has too many under way already.
    fn one_more(&self, network: &Network) -> Option<OneOf> {
        let networks = [network.as_str().to_owned(), network.wider().to_owned()];
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let has_room =
            |(network, most): (&String, usize)| counts.get(network).is_none_or(|count| *count < most);
        if !networks.iter().zip(self.most).all(has_room) {
            return None;
        }
        for network in &networks {
            *counts.entry(network.clone()).or_default() += 1;
        }
        Some(OneOf { all: self.clone(), networks })
    }
}

impl Drop for OneOf {
    fn drop(&mut self) {
        let mut counts = self.all.counts.lock().unwrap_or_else(PoisonError::into_inner);
        for network in &self.networks {
            let Some(count) = counts.get_mut(network) else { continue };
            *count -= 1;
            if *count == 0 {
                counts.remove(network);
            }
        }
    }
}

/// Answers 408 when the body of a request does not come in time, and 429 to a network that begins too many.
///
/// # Errors
/// What comes from further inside.
pub async fn refuse<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse, ActixError> {
    let body = std::mem::replace(request.parts_mut().1, Payload::None);
    if matches!(body, Payload::None) {
        return next.call(request).await.map(ServiceResponse::map_into_boxed_body);
    }
    let Some(counted) = count(&request) else {
        return Ok(close(request.into_parts().0, StatusCode::TOO_MANY_REQUESTS));
    };
    let is_late = Rc::new(Cell::new(false));
    let timed = Timed::new(body, counted, Rc::clone(&is_late));
    request.set_payload(Payload::Stream { payload: Box::pin(timed) });
    let response = next.call(request).await?;
    if is_late.get() {
        return Ok(close(response.into_parts().0, StatusCode::REQUEST_TIMEOUT));
    }
    Ok(response.map_into_boxed_body())
}

fn count(request: &ServiceRequest) -> Option<OneOf> {
    let site = request.app_data::<web::Data<Site>>()?;
    let address = visitor::address_of(request.request(), site);
    request.app_data::<web::Data<UnderWay>>()?.one_more(&Network::of(&address))
}

/// What still comes of the body is not waited for.
fn close(request: actix_web::HttpRequest, status: StatusCode) -> ServiceResponse {
    ServiceResponse::new(request, HttpResponse::build(status).force_close().finish())
}

/// A body with a deadline, which counts only while the sender is waited for.
struct Timed {
    body: Payload,
    deadline: Pin<Box<Sleep>>,
    is_late: Rc<Cell<bool>>,
    /// Until the body has come, whatever is done with it afterwards.
    counted: Option<OneOf>,
}

impl Timed {
    fn new(body: Payload, counted: OneOf, is_late: Rc<Cell<bool>>) -> Self {
        Self { body, deadline: Box::pin(tokio::time::sleep(GRACE)), is_late, counted: Some(counted) }
    }

    fn earn(&mut self, bytes: usize) {
        let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
        let more = Duration::from_secs(1) * bytes / BYTES_A_SECOND;
        // What came early earns no credit beyond the grace.
        let latest = Instant::now() + GRACE;
        let deadline = (self.deadline.deadline() + more).min(latest);
        self.deadline.as_mut().reset(deadline);
    }
}

impl Stream for Timed {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        // Whoever asks again after the end hears that it is one.
        if self.is_late.get() {
            return Poll::Ready(None);
        }
        match Pin::new(&mut self.body).poll_next(context) {
            Poll::Ready(Some(Ok(bytes))) => {
                self.earn(bytes.len());
                Poll::Ready(Some(Ok(bytes)))
            }
            Poll::Ready(end) => {
                self.counted = None;
                Poll::Ready(end)
            }
            Poll::Pending if self.deadline.as_mut().poll(context).is_ready() => {
                self.is_late.set(true);
                self.counted = None;
                Poll::Ready(Some(Err(PayloadError::Incomplete(None))))
            }
            Poll::Pending => Poll::Pending,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::StreamExt as _;

    fn timed(chunks: impl Stream<Item = Result<Bytes, PayloadError>> + 'static) -> (Timed, Rc<Cell<bool>>) {
        let is_late = Rc::new(Cell::new(false));
        let body: Payload = Payload::Stream { payload: Box::pin(chunks) };
        let counted = UnderWay::of(2).one_more(&Network::of("192.0.2.1")).unwrap();
        (Timed::new(body, counted, Rc::clone(&is_late)), is_late)
    }

    /// So many chunks of this size, one every so many seconds.
    fn dripping(count: usize, bytes: usize, seconds: u64) -> impl Stream<Item = Result<Bytes, PayloadError>> {
        futures_util::stream::iter(0..count).then(move |_| async move {
            tokio::time::sleep(Duration::from_secs(seconds)).await;
            Ok(Bytes::from(vec![b'a'; bytes]))
        })
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_stalls_drips_or_never_begins_is_given_up() {
        for (count, bytes, seconds) in [(1, 1, 11), (1000, 1, 5), (1000, 4096, 2)] {
            let (body, is_late) = timed(dripping(count, bytes, seconds));
            let begun = Instant::now();
            let last = body.collect::<Vec<_>>().await.pop().unwrap();
            assert!(last.is_err() && is_late.get(), "{count} times {bytes} bytes each {seconds} s");
            assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_large_body_over_a_slow_line_arrives() {
        let (body, is_late) = timed(dripping(600, 8192, 1));
        let came = body.collect::<Vec<_>>().await;
        assert!(came.len() == 600 && came.iter().all(Result::is_ok) && !is_late.get());
    }

    #[test]
    fn one_network_has_so_many_under_way_and_others_do_not_notice() {
        let all = UnderWay::of(20);
        let one_more = |address: &str| all.one_more(&Network::of(address));
        let mut held: Vec<_> = (0..10).map(|_| one_more("192.0.2.1").unwrap()).collect();
        assert!(one_more("192.0.2.1").is_none());
        // Its neighbours have a quarter, and the others the rest.
        held.extend((0..5).map(|_| one_more("192.0.2.2").unwrap()));
        assert!(one_more("192.0.2.3").is_none());
        assert!(one_more("198.51.100.1").is_some());
        held.pop();
        assert!(one_more("192.0.2.3").is_some());
        held.clear();
        assert!(all.counts.lock().unwrap().is_empty(), "nothing is kept of who is gone");
    }
}
