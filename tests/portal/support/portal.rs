//! A whole portal inside the test: its database, its pages and its outbox.

use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};

use actix_web::cookie::Key;
use actix_web::test::{TestRequest, init_service};
use twotier::access::{OrganisationKind, Role};
use twotier::db::{Connection, Db};
use twotier::error::Result;
use twotier::mail::carrier::{Bell, Carrier};
use twotier::mail::outbox::Taken;
use twotier::mail::transport::Transport;
use twotier::partners::model::{Location, Organisation, OrganisationState};
use twotier::people::store::NewPerson;
use twotier::server::{Parts, app};
use twotier::values::country::Country;
use twotier::values::email::Email;
use twotier::values::id::{LocationId, OrganisationId, PersonId};
use twotier::values::moment::Moment;
use twotier::values::mpn_id::MpnId;
use twotier::values::password::{NewPassword, PasswordHash};
use twotier::web::Site as Installation;
use twotier::{partners, people};

use super::browser::Browser;
use super::database::Database;
use super::site::{Site, boxed};

/// The password of everybody in the stories.
pub const PASSWORD: &str = "correct horse battery";
/// Where the portal believes to be.
pub const ORIGIN: &str = "http://portal.example";

pub struct Portal {
    pub db: Db,
    /// The provider that most stories are about: Harbor Distribution in Germany.
    pub harbor: Organisation,
    pub database: Database,
    pub site: Rc<dyn Site>,
    sent: Arc<Mutex<Vec<Taken>>>,
    carrier: Carrier,
}

impl Portal {
    /// An installation with one provider, Harbor Distribution, and nobody in it.
    pub async fn open() -> Portal {
        let database = Database::open().await;
        let db = database.db.clone();
        let installation = Installation {
            name: "Twotier".to_owned(),
            base_url: ORIGIN.to_owned(),
            domain_suffix: "onmicrosoft.com".to_owned(),
            link_days: 30,
            trusted_proxies: 0,
            sends_mail: true,
        };
        let (transport, sent) = Transport::memory("Twotier <twotier@portal.example>").expect("a sender");
        let bell = Bell::default();
        let parts = Parts { db: db.clone(), site: installation, bell: bell.clone(), cookie_key: Key::generate() };
        let site = boxed(init_service(app(&parts)).await, TestRequest::to_request);
        let carrier = Carrier { db: db.clone(), transport, bell };
        let harbor = new_organisation(OrganisationKind::Provider, "Harbor Distribution", "DE");
        let portal = Portal { db, harbor, database, site, sent, carrier };
        portal.add_organisation(&portal.harbor).await;
        portal
    }

    /// Queries outside any page, to prepare a story or to look behind it.
    pub async fn query<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> Result<T> + Send + 'static,
    ) -> T {
        self.db.read(work).await.expect("the query works")
    }

    /// The browser of somebody of Harbor with one role, signed in.
    pub async fn browser_of(&self, role: Role) -> Browser {
        self.browser_in(&self.harbor, &[role]).await
    }

    /// The browser of a new person of an organisation with these roles, signed in. Name and address tell the first role.
    pub async fn browser_in(&self, organisation: &Organisation, roles: &[Role]) -> Browser {
        let email = self.add_person(organisation, roles).await;
        let mut browser = self.browser();
        browser.visit("/sign-in").await;
        browser.fill("Email address", &email).fill("Password", PASSWORD);
        browser.press("Sign in").await;
        browser
    }

    /// A browser in which nobody is signed in.
    pub fn browser(&self) -> Browser {
        Browser::new(Rc::clone(&self.site), ORIGIN)
    }

    /// Adds a person; answers the address to sign in with, beside [`PASSWORD`].
    pub async fn add_person(&self, organisation: &Organisation, roles: &[Role]) -> String {
        let id = PersonId::new();
        let role = roles.first().map_or("nobody", Role::as_text);
        let email = format!("{role}.{}@{}.example", id, organisation.name.to_lowercase().replace(' ', "-"));
        let person = NewPerson {
            id,
            organisation: organisation.id.clone(),
            name: format!("Sam {role}"),
            email: Email::parse(&email).expect("an address"),
            password_hash: password_hash(),
            must_change_password: false,
            time_zone: "Europe/Berlin".to_owned(),
            roles: roles.to_vec(),
        };
        let now = Moment::now();
        let added = self.db.write(move |conn| people::store::add(conn, &person, now)).await;
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
        let (id, owner, now) = (location.id.clone(), organisation.id.clone(), Moment::now());
        let added = self.db.write(move |conn| partners::store::add_location(conn, &owner, &location, now)).await;
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
        self.db.write(move |conn| partners::store::add(conn, &new, now)).await.expect("the organisation is added");
    }

    /// Sends what waits in the outbox.
    pub async fn carry_mail(&self) -> usize {
        self.carrier.carry_due(Moment::now()).await.expect("the outbox is carried")
    }

    /// The letters sent so far.
    pub fn letters(&self) -> Vec<Taken> {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Hashing takes a while on purpose; once is enough for all people of a process.
fn password_hash() -> PasswordHash {
    static HASH: std::sync::OnceLock<PasswordHash> = std::sync::OnceLock::new();
    let hash = || NewPassword::parse(PASSWORD).expect("long enough").hash().expect("a hash");
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
