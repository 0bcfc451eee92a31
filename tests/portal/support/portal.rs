//! A whole portal inside the test: its database, its pages and its outbox.

use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use actix_web::cookie::Key;
use actix_web::test::{TestRequest, init_service};
use tokio::sync::watch;
use twotier::access::{OrganisationKind, Role};
use twotier::config::{Demo, SecondFactorRule};
use twotier::db::bell::Bell;
use twotier::db::clock::Clock;
use twotier::db::{Connection, Db};
use twotier::error::Result;
use twotier::jobs::{Kind, Worker};
use twotier::mail::carrier::Carrier;
use twotier::mail::hello::HelloName;
use twotier::mail::outbox::Taken;
use twotier::mail::sender::Sender;
use twotier::mail::transport::Transport;
use twotier::partners::model::{Location, Organisation, OrganisationState};
use twotier::people::housekeeping::{Housekeeper, Knock};
use twotier::people::store::NewPerson;
use twotier::server::{Parts, app, chores};
use twotier::values::country::Country;
use twotier::values::email::Email;
use twotier::values::id::{LocationId, OrganisationId, PersonId};
use twotier::values::moment::Moment;
use twotier::values::mpn_id::MpnId;
use twotier::values::password::{NewPassword, OwnWords, PasswordHash, Turns};
use twotier::web::slow_body::UnderWay;
use twotier::web::{Site, Vault};
use twotier::{demo, partners, people};

use super::browser::Browser;
use super::database::Database;
use super::routes::Routes;
use super::wire::{Wire, boxed};

/// The password of everybody in the stories.
pub const PASSWORD: &str = "correct horse battery";
/// Where the portal believes to be.
pub const ORIGIN: &str = "http://portal.example";

const SENDER: &str = "Twotier <twotier@portal.example>";

pub struct Portal {
    pub db: Db,
    pub parts: Parts,
    /// The provider that most stories are about, in Germany.
    pub harbor: Organisation,
    wire: Rc<dyn Wire>,
    routes: &'static Routes,
    sent: Arc<Mutex<Vec<Taken>>>,
    carrier: Carrier,
    // Last, so that it goes when nothing uses it any more.
    pub database: Database,
}

impl Portal {
    /// An installation with one provider, Harbor Distribution, and nobody in it.
    pub async fn open() -> Portal {
        Portal::open_with(|_| {}).await
    }

    /// With settings other than the usual ones.
    pub async fn open_with(change: impl FnOnce(&mut Site)) -> Portal {
        let portal = Portal::empty(change).await;
        portal.add_organisation(&portal.harbor).await;
        portal
    }

    /// The demonstration, in which everybody has this password.
    pub async fn demonstration(customers: u32, password: &str) -> Portal {
        let portal = Portal::empty(|_| {}).await;
        let wanted = Demo { customers, password: Some(password.into()), fill_only: true };
        let filled = demo::fill(&portal.db, &wanted, &portal.parts.site.domain_suffix, Moment::now());
        filled.await.expect("it is filled");
        portal
    }

    /// Nobody in it.
    async fn empty(change: impl FnOnce(&mut Site)) -> Portal {
        let mut site = Site {
            name: "Twotier".to_owned(),
            base_url: ORIGIN.to_owned(),
            domain_suffix: "onmicrosoft.com".to_owned(),
            link_days: 30,
            reinstate_days: 180,
            large_quantity: 1000,
            approves_served_resellers: false,
            trusted_proxies: 0,
            large_export: twotier::web::export::LARGE,
            second_factor: SecondFactorRule::Nobody,
            sends_mail: true,
        };
        change(&mut site);
        let database = Database::migrated().await;
        let db = database.open();
        let (transport, sent) = Transport::memory(sender());
        let cookie_key = Key::generate();
        let parts = Parts {
            db: db.clone(),
            clock: Clock::default(),
            site,
            bell: Bell::default(),
            job_bell: Bell::default(),
            transport,
            knock: Knock::default(),
            vault: Vault::of(&cookie_key),
            cookie_key,
            // However slow the machine: only a story that holds all turns is told to come back.
            turns: Turns::default().with_patience(Duration::from_secs(120)),
            under_way: UnderWay::of(1024),
        };
        let carrier = Carrier {
            db: db.clone(),
            transport: parts.transport.clone(),
            bell: parts.bell.clone(),
            clock: Clock::default(),
        };
        let wire = boxed(init_service(app(&parts)).await, TestRequest::to_request);
        let routes = Routes::of_portal().await;
        let harbor = new_organisation(OrganisationKind::Provider, "Harbor Distribution", "DE");
        Portal { db, parts, harbor, wire, routes, sent, carrier, database }
    }

    /// The same installation in a new process: what was only in memory is gone.
    pub async fn restart(&mut self) {
        self.db = self.database.open();
        self.parts = Parts { db: self.db.clone(), bell: Bell::default(), ..self.parts.clone() };
        self.wire = boxed(init_service(app(&self.parts)).await, TestRequest::to_request);
    }

    /// The same installation with another way to its database.
    pub async fn reaches_its_database_by(&mut self, url: &str) {
        self.db = Db::open(url).expect("the database opens");
        self.parts = Parts { db: self.db.clone(), ..self.parts.clone() };
        self.wire = boxed(init_service(app(&self.parts)).await, TestRequest::to_request);
    }

    /// Queries outside any page, to prepare a story or to look behind it.
    pub async fn query<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> Result<T> + Send + 'static,
    ) -> T {
        self.db.maintain(work).await.expect("the query works")
    }

    /// The browser of somebody of Harbor with one role, signed in.
    pub async fn browser_of(&self, role: Role) -> Browser {
        self.browser_in(&self.harbor, &[role]).await
    }

    /// The browser of a new person of an organisation with these roles, signed in. Name and address tell the first role.
    pub async fn browser_in(&self, organisation: &Organisation, roles: &[Role]) -> Browser {
        let email = self.add_person(organisation, roles).await;
        self.signed_in(&email).await
    }

    /// The browser of somebody who has an account with this address and [`PASSWORD`], signed in.
    pub async fn signed_in(&self, email: &str) -> Browser {
        let mut browser = self.browser();
        browser.visit("/sign-in").await;
        browser.fill("Email address", email).fill("Password", PASSWORD).press("Sign in").await;
        browser
    }

    /// A browser in which nobody is signed in.
    pub fn browser(&self) -> Browser {
        Browser::new(Rc::clone(&self.wire), &self.parts.site.base_url).knowing(self.routes)
    }

    /// Adds a person; answers the address to sign in with, beside [`PASSWORD`].
    pub async fn add_person(&self, organisation: &Organisation, roles: &[Role]) -> String {
        let id = PersonId::new();
        let role = roles.first().map_or("nobody", Role::as_text);
        let email = format!("{role}.{}@{}.example", id, organisation.name.to_lowercase().replace(' ', "-"));
        let person = NewPerson {
            id,
            organisation: organisation.id,
            name: format!("Sam {role}"),
            email: Email::parse(&email).expect("an address"),
            password_hash: password_hash(),
            must_change_password: false,
            time_zone: "Europe/Berlin".to_owned(),
            language: None,
            roles: roles.to_vec(),
        };
        let now = Moment::now();
        let added = self.db.write(move |conn| {
            let is_new = people::store::add(conn, &person, now)?;
            people::store::prove_mailbox(conn, &person.id, now)?;
            Ok(is_new)
        });
        let added = added.await;
        assert!(added.expect("the person is added"));
        email
    }

    /// An enrolled reseller in this country with one location and its MPN ID.
    pub async fn has_reseller(&self, name: &str, country: &str, mpn_id: &str) -> Organisation {
        let reseller = new_organisation(OrganisationKind::Reseller, name, country);
        self.add_organisation(&reseller).await;
        self.has_location(&reseller, "Main office", mpn_id).await;
        reseller
    }

    /// Another location of an organisation.
    pub async fn has_location(&self, organisation: &Organisation, name: &str, mpn_id: &str) -> LocationId {
        let location = Location {
            id: LocationId::new(),
            name: name.to_owned(),
            mpn_id: MpnId::parse(mpn_id).expect("an MPN ID"),
            is_head_office: false,
            country: organisation.country,
            city: "Hamburg".to_owned(),
        };
        let (id, owner, now) = (location.id, organisation.id, Moment::now());
        let added =
            self.db.write(move |conn| partners::store::add_location(conn, &owner, &location, now)).await;
        assert!(added.expect("the location is added"));
        id
    }

    /// Any organisation.
    pub async fn has_organisation(&self, kind: OrganisationKind, name: &str, country: &str) -> Organisation {
        let organisation = new_organisation(kind, name, country);
        self.add_organisation(&organisation).await;
        organisation
    }

    async fn add_organisation(&self, organisation: &Organisation) {
        let (new, now) = (organisation.clone(), Moment::now());
        self.db
            .write(move |conn| partners::store::add(conn, &new, now))
            .await
            .expect("the organisation is added");
    }

    /// Does every job that is due at a moment; answers how many those were.
    pub async fn do_chores(&self, now: Moment) -> usize {
        let (_stop, stopped) = watch::channel(false);
        self.worker(&chores::kinds(), now).work_due(&stopped).await.expect("the chores are done")
    }

    /// Does one job of the portal that is due at a moment.
    pub async fn does(&self, kind: &str, now: Moment) {
        let (_stop, stopped) = watch::channel(false);
        let kinds: Vec<_> = chores::kinds().into_iter().filter(|it| it.name == kind).collect();
        let done = self.worker(&kinds, now).work_due(&stopped).await.expect("the chore is done");
        assert_eq!(done, 1, "{kind} was not due");
        let failed = format!("SELECT count(*) FROM jobs WHERE kind = '{kind}' AND failed_at IS NOT NULL");
        assert_eq!(self.database.number(&failed), 0, "{kind} failed");
    }

    /// A worker that knows some kinds of jobs, and whose clock stands still.
    pub fn worker(&self, kinds: &[Kind], now: Moment) -> Worker {
        let (clock, bell) = (Clock::standing_at(now), self.parts.job_bell.clone());
        let site = Arc::new(self.parts.site.clone());
        Worker { db: self.db.clone(), kinds: kinds.into(), clock, site, bell }
    }

    /// Does what the portal does by itself soon after a deed.
    pub async fn keep_house(&self, now: Moment) {
        let Parts { db, site, bell, knock, .. } = self.parts.clone();
        Housekeeper { db, site, bell, knock }.work(now).await.expect("the chores are done");
    }

    /// Sends what waits in the outbox.
    pub async fn carry_mail(&self) -> usize {
        self.keep_house(Moment::now()).await;
        let (_stop, stopped) = watch::channel(false);
        self.carrier.carry_due(&stopped).await.expect("the outbox is carried")
    }

    /// Does the chores at a moment and sends what is due then; answers how many letters that were.
    pub async fn carry_mail_at(&self, now: Moment) -> usize {
        self.keep_house(now).await;
        let (_stop, stopped) = watch::channel(false);
        let carrier = Carrier { clock: Clock::standing_at(now), ..self.carrier.clone() };
        carrier.carry_due(&stopped).await.expect("the outbox is carried")
    }

    /// Carries every letter that is due at a moment through a real mail server.
    pub async fn carry_mail_to(&self, smtp_url: &str, now: Moment) {
        let (_stop, stopped) = watch::channel(false);
        let carrier = Carrier { clock: Clock::standing_at(now), ..self.carrier_to(smtp_url) };
        carrier.carry_due(&stopped).await.expect("the outbox is carried");
    }

    /// A carrier of this portal's letters to a real mail server.
    pub fn carrier_to(&self, smtp_url: &str) -> Carrier {
        Carrier { transport: transport_to(smtp_url), ..self.carrier.clone() }
    }

    /// The letter to an address that was sent last.
    #[track_caller]
    pub fn letter_to(&self, email: &str) -> Taken {
        let letters = self.letters();
        let Some(letter) = letters.iter().rfind(|letter| letter.to_email.as_str() == email) else {
            let to: Vec<_> = letters.iter().map(|letter| letter.to_email.as_str()).collect();
            panic!("no letter to {email}; letters to: {to:?}");
        };
        letter.clone()
    }

    /// The letters sent so far.
    pub fn letters(&self) -> Vec<Taken> {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// The way to a real mail server.
pub fn transport_to(smtp_url: &str) -> Transport {
    let hello = HelloName::of(None, ORIGIN).expect("a name");
    Transport::smtp(&smtp_url.into(), Some(SENDER), &hello).expect("an address")
}

fn sender() -> Sender {
    Sender::of_mail(Some(SENDER)).expect("a sender")
}

/// Hashing takes a while on purpose; once is enough for all people of a process.
pub fn password_hash() -> PasswordHash {
    static HASH: std::sync::OnceLock<PasswordHash> = std::sync::OnceLock::new();
    let hash = || {
        let turn = Turns::default().take_now().expect("a turn of its own");
        NewPassword::parse(PASSWORD, &OwnWords::default()).expect("long enough").hash(&turn).expect("a hash")
    };
    HASH.get_or_init(hash).clone()
}

fn new_organisation(kind: OrganisationKind, name: &str, country: &str) -> Organisation {
    let country = Country::parse(country).expect("a country");
    Organisation {
        id: OrganisationId::new(),
        kind,
        name: name.to_owned(),
        country,
        currency: country.billing_currency(),
        state: OrganisationState::Enrolled,
    }
}
