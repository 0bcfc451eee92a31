//! Subscriptions that move from one partner to another: started, consented to, taken over, and everything that stands in
//! the way.

mod answers;
mod elsewhere;
mod moving;
mod races;
mod resellers;
mod starting;

use chrono::NaiveDate;
use diesel::prelude::*;
use twotier::access::{OrganisationKind, Role};
use twotier::db::schema::{activity_records, subscriptions};
use twotier::mail::outbox::Taken;
use twotier::partners::model::Organisation;
use twotier::values::id::{CustomerId, OrganisationId, SubscriptionId};
use twotier::values::moment::Moment;

use crate::support::bought::PlainSubscription;
use crate::support::browser::Browser;
use crate::support::portal::Portal;

/// Whom the account of a customer names as its primary contact.
const CORA: &str = "cora@customer.example";
const JOB: &str = "expire_transfers";

/// Juniper Hall, a customer of Harbor and of Kestrel, both in Germany, with two subscriptions with Harbor.
struct Scene {
    portal: Portal,
    kestrel: Organisation,
    juniper: CustomerId,
    /// Its account with Kestrel.
    beside: CustomerId,
    basic: SubscriptionId,
    azure: SubscriptionId,
}

impl Scene {
    async fn open() -> Scene {
        let portal = Portal::open().await;
        let kestrel = portal.has_organisation(OrganisationKind::Provider, "Kestrel Cloud", "DE").await;
        portal.has_location(&kestrel, "Kiel", "4900031").await;
        let juniper = portal.has_customer("Juniper Hall").await;
        let beside = portal.has_account_beside(&juniper, &kestrel).await;
        let basic = portal.has_subscription(&juniper, PlainSubscription::new("Business Basic")).await;
        let azure = portal.has_subscription(&juniper, PlainSubscription::by_use("Azure")).await;
        Scene { portal, kestrel, juniper, beside, basic, azure }
    }

    /// An admin agent of Harbor who is about to choose.
    async fn choosing(&self) -> Browser {
        let mut alma = self.portal.browser_of(Role::AdminAgent).await;
        alma.visit(&format!("/customers/{}/subscriptions", self.juniper)).await;
        alma.follow("Switch subscriptions to a different partner").await;
        alma
    }

    /// One who has started the transfer of these to Kestrel; the file is open in the browser.
    async fn started(&self, names: &[&str]) -> Browser {
        let mut alma = self.choosing().await;
        start(&mut alma, "Kestrel Cloud", names).await;
        alma.sees("The transfer to Kestrel Cloud is started.");
        alma
    }

    /// The same, and the customer has consented by its link.
    async fn consented(&self, names: &[&str]) -> Browser {
        let alma = self.started(names).await;
        let mut cora = self.link().await;
        consent(&mut cora).await;
        alma
    }

    /// The customer's contact, who has opened the link of the latest letter.
    async fn link(&self) -> Browser {
        self.portal.carry_mail().await;
        let link = link_in(&self.portal.letter_to(CORA));
        let mut cora = self.portal.browser();
        cora.visit(&link).await;
        cora
    }

    /// Somebody of Kestrel with this role who has opened what Harbor offers.
    async fn at_kestrel(&self, role: Role) -> Browser {
        let mut kim = self.portal.browser_in(&self.kestrel, &[role]).await;
        kim.visit("/transfers?direction=in").await;
        kim.follow("Juniper Hall").await;
        kim
    }

    async fn stands(&self, id: &SubscriptionId) -> Kept {
        let id = *id;
        self.portal
            .query(move |conn| Ok(subscriptions::table.find(id).select(Kept::as_select()).first(conn)?))
            .await
    }

    /// What a provider has of this offer that is not deleted.
    async fn living(&self, provider: &OrganisationId, name: &str) -> Vec<Kept> {
        let (provider, name) = (*provider, name.to_owned());
        self.portal
            .query(move |conn| {
                Ok(subscriptions::table
                    .filter(subscriptions::provider_id.eq(provider))
                    .filter(subscriptions::offer_name.eq(name))
                    .filter(subscriptions::status.ne("deleted"))
                    .select(Kept::as_select())
                    .load(conn)?)
            })
            .await
    }

    /// The actions in an organisation's log about transfers, oldest first.
    async fn log(&self, organisation: &OrganisationId) -> Vec<String> {
        let organisation = *organisation;
        self.portal
            .query(move |conn| {
                Ok(activity_records::table
                    .filter(activity_records::organisation_id.eq(organisation))
                    .filter(activity_records::subject_kind.eq("transfer"))
                    .order((activity_records::occurred_at, activity_records::id))
                    .select(activity_records::action)
                    .load(conn)?)
            })
            .await
    }

    /// Whether somebody of an organisation got a letter that says this.
    fn has_told(&self, address: &str, text: &str) -> bool {
        let letters = self.portal.letters();
        letters.iter().any(|letter| {
            letter.to_email.as_str().contains(address)
                && (letter.body_text.contains(text) || letter.subject.contains(text))
        })
    }
}

/// A subscription as it is kept.
#[derive(Queryable, Selectable, Clone, Debug, PartialEq, Eq)]
#[diesel(table_name = subscriptions)]
struct Kept {
    id: SubscriptionId,
    customer_id: CustomerId,
    nickname: String,
    quantity: i64,
    status: String,
    unit_price_minor: i64,
    parent_id: Option<SubscriptionId>,
    starts_on: NaiveDate,
    renews_on: NaiveDate,
    term_months: i32,
    auto_renews: bool,
    ended_on: Option<NaiveDate>,
    end_reason: Option<String>,
    mpn_reseller_id: Option<OrganisationId>,
}

/// Chooses a partner on this portal and these subscriptions, and starts it.
async fn start(alma: &mut Browser, partner: &str, names: &[&str]) {
    look(alma, partner, names).await;
    alma.press("Start the transfer").await;
}

/// The same up to what it will do.
async fn look(alma: &mut Browser, partner: &str, names: &[&str]) {
    alma.fill("MPN ID or name (optional)", partner);
    for name in names {
        alma.check(&format!("Move {name}"));
    }
    alma.press("See what it will do").await;
}

/// By the link.
async fn consent(cora: &mut Browser) {
    says_yes(cora, "Kestrel Cloud").await;
    cora.sees("Cora Customer has consented");
}

/// To a move to this partner.
async fn says_yes(cora: &mut Browser, partner: &str) {
    let mut form = cora.within("Your name and the time are kept with it");
    form.fill("Your name", "Cora Customer");
    form.check(&format!(
        "I may speak for Juniper Hall, and consent that these subscriptions move to {partner}."
    ));
    form.press("Consent to the transfer").await;
}

/// Takes these over, and refuses the others for this reason; each by what its group is called.
async fn decide(kim: &mut Browser, taken: &[&str], refused: &[(&str, &str)]) {
    kim.follow("Answer").await;
    for group in taken {
        kim.choose(group, "Take it over");
    }
    for (group, why) in refused {
        kim.choose(group, "Refuse");
        let name = group.split(',').next().unwrap_or_default();
        kim.fill(&format!("Why you refuse {name} (optional)"), why);
    }
    kim.press("See what it will do").await;
    kim.press("Send the answer").await;
}

/// The personal link, which stands in its letter.
fn link_in(letter: &Taken) -> String {
    let word = |text: &str| {
        text.split_whitespace().find(|word| word.contains("/transfer-consents/")).map(str::to_owned)
    };
    word(&letter.body_text).expect("a link")
}

fn today() -> NaiveDate {
    Moment::now().day()
}

/// What the groups of the answer are called.
const BASIC: &str = "Business Basic, 25 licenses, € 5.10 each a month";
const AZURE: &str = "Azure, By usage";
