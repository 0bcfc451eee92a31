//! A whole portal for one test: its own database, the real app, and letters that land in memory.

use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};

use actix_web::cookie::Key;
use actix_web::test::{TestRequest, init_service};
use twotier::db::Db;
use twotier::mail::carrier::{Bell, Carrier};
use twotier::mail::outbox::Taken;
use twotier::mail::transport::Transport;
use twotier::server::{Parts, app};
use twotier::values::moment::Moment;
use twotier::web::Site;

use super::browser::Browser;
use super::database::Database;
use super::wire::{self, Wire};

/// https, so that the tests see the cookies that people's browsers see.
pub const ORIGIN: &str = "https://portal.test";

const SENDER: &str = "Twotier <portal@twotier.test>";

pub struct Portal {
    pub db: Db,
    pub parts: Parts,
    wire: Rc<dyn Wire>,
    letters: Arc<Mutex<Vec<Taken>>>,
    carrier: Carrier,
    may_leave_letters: bool,
    // Last, so that it goes when nothing uses it any more.
    pub database: Database,
}

impl Portal {
    pub async fn open() -> Portal {
        Portal::open_with(|_| {}).await
    }

    /// With settings other than the usual ones.
    pub async fn open_with(change: impl FnOnce(&mut Site)) -> Portal {
        let mut site = Site {
            name: "Twotier".to_owned(),
            base_url: ORIGIN.to_owned(),
            domain_suffix: "onmicrosoft.com".to_owned(),
            link_days: 30,
            trusted_proxies: 0,
            sends_mail: true,
        };
        change(&mut site);
        let database = Database::migrated().await;
        let db = database.open();
        let (transport, letters) = Transport::memory(SENDER).unwrap_or_else(|error| panic!("{error:#}"));
        let parts = Parts { db: db.clone(), site, bell: Bell::default(), cookie_key: Key::generate() };
        let carrier = Carrier { db: db.clone(), transport, bell: parts.bell.clone() };
        let wire = wire::boxed(init_service(app(&parts)).await, TestRequest::to_request);
        Portal { db, parts, wire, letters, carrier, may_leave_letters: false, database }
    }

    /// Somebody who has not signed in.
    pub fn browser(&self) -> Browser {
        Browser::new(Rc::clone(&self.wire), &self.parts.site.base_url)
    }

    /// Carries every letter that is due, into memory.
    pub async fn carry_mail(&self) {
        carry(&self.carrier, Moment::now()).await;
    }

    /// Carries every letter that is due at a moment through a real mail server.
    pub async fn carry_mail_to(&self, smtp_url: &str, now: Moment) {
        let transport = Transport::smtp(&smtp_url.into(), SENDER).unwrap_or_else(|error| panic!("{error:#}"));
        carry(&Carrier { transport, ..self.carrier.clone() }, now).await;
    }

    /// The letters that have been carried into memory so far.
    pub fn letters(&self) -> Vec<Taken> {
        self.letters.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The one letter to an address that has been carried last.
    #[track_caller]
    pub fn letter_to(&self, email: &str) -> Taken {
        let letters = self.letters();
        let Some(letter) = letters.iter().rfind(|letter| letter.to_email.as_str() == email) else {
            let to: Vec<_> = letters.iter().map(|letter| letter.to_email.as_str()).collect();
            panic!("no letter to {email}; letters to: {to:?}");
        };
        letter.clone()
    }

    /// This story is about letters that stay in the outbox.
    pub fn may_leave_letters(&mut self) {
        self.may_leave_letters = true;
    }
}

impl Drop for Portal {
    fn drop(&mut self) {
        if self.may_leave_letters || std::thread::panicking() {
            return;
        }
        let waiting = self.database.number("SELECT count(*) FROM letters WHERE state = 'waiting'");
        assert_eq!(waiting, 0, "letters wait at the end of the story: call carry_mail() and look at them");
    }
}

async fn carry(carrier: &Carrier, now: Moment) {
    let carried = carrier.carry_due(now).await;
    carried.unwrap_or_else(|error| panic!("the letters were not carried: {error:?}"));
}
