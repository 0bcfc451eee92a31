//! The stories' browser on a real connection: what it finds by label and text, the binary has really sent.
#![allow(dead_code, reason = "a toolbox: not every story uses every tool")]

#[path = "../portal/support/browser.rs"]
pub mod browser;
#[path = "../portal/support/cookies.rs"]
pub mod cookies;
#[path = "../portal/support/fields.rs"]
pub mod fields;
#[path = "../portal/support/page.rs"]
pub mod page;
#[path = "../portal/support/page_rules.rs"]
pub mod page_rules;
#[path = "../portal/support/routes.rs"]
pub mod routes;
#[path = "../portal/support/sight.rs"]
pub mod sight;
#[path = "../portal/support/submission.rs"]
pub mod submission;
#[path = "../portal/support/wire.rs"]
pub mod wire;
#[path = "../portal/support/words.rs"]
pub mod words;

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

use actix_web::HttpMessage as _;
use actix_web::body;
use actix_web::http::header::{CONTENT_LENGTH, HOST};
use actix_web::test::TestRequest;

use crate::support::Installation;
use browser::Browser;
use wire::{Answer, Wire};

/// Larger than any page of the stories.
const LARGEST: usize = 8 << 20;

/// Requests over loopback.
struct Connection {
    origin: String,
}

impl Wire for Connection {
    fn answer(&self, request: TestRequest) -> Pin<Box<dyn Future<Output = Answer> + '_>> {
        Box::pin(async move {
            let mut request = request.to_srv_request();
            let client = awc::Client::builder().disable_redirects().timeout(Duration::from_secs(60)).finish();
            let address = format!("{}{}", self.origin, request.uri());
            let mut sent = client.request(request.method().clone(), address);
            let told = request.headers().iter().filter(|(name, _)| ![HOST, CONTENT_LENGTH].contains(name));
            for (name, value) in told {
                sent = sent.append_header((name.clone(), value.clone()));
            }
            let payload = body::BodyStream::new(request.take_payload());
            let payload = body::to_bytes(payload).await.unwrap_or_default();
            let mut answer = sent.send_body(payload).await.expect("an answer");
            let body = answer.body().limit(LARGEST).await.expect("a whole answer");
            Answer { status: answer.status(), headers: answer.headers().clone(), body }
        })
    }
}

/// A fresh browser at an installation that is served.
pub fn browser_at(installation: &Installation) -> Browser {
    let origin = installation.origin();
    Browser::new(Rc::new(Connection { origin: origin.clone() }), &origin)
}
