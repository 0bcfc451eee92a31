//! Special qualifications: a school counts once the operator has looked at it, a public authority by a code.

mod asking;
mod catalogue;
mod codes;
mod deciding;
mod ending;
mod wizard;

use twotier::access::{OrganisationKind, Role};
use twotier::catalog::model::Qualification;
use twotier::partners::model::Organisation;
use twotier::values::id::CustomerId;

use crate::operator::operator;
use crate::support::browser::Browser;
use crate::support::fixtures::PlainOffer;
use crate::support::portal::Portal;

/// Sam of Harbor sells to Juniper Hall; there is an offer for schools, and one for everybody.
struct Scene {
    portal: Portal,
    juniper: CustomerId,
    sam: Browser,
    robin: Browser,
}

impl Scene {
    async fn open() -> Scene {
        let portal = Portal::open().await;
        let (_, robin) = operator(&portal).await;
        let qualification = Qualification::Education;
        portal.has_offer(PlainOffer { qualification, ..PlainOffer::new("Campus", 100) }).await;
        portal.has_offer(PlainOffer::new("Business Basic", 500)).await;
        let juniper = portal.has_customer("Juniper Hall").await;
        let sam = portal.browser_of(Role::SalesAgent).await;
        Scene { portal, juniper, sam, robin }
    }

    fn page(&self) -> String {
        format!("/customers/{}/qualification", self.juniper)
    }

    fn new_subscription(&self) -> String {
        format!("/customers/{}/subscriptions/new", self.juniper)
    }

    /// Sam asks that Juniper Hall count as a school.
    async fn asks(&mut self, website: &str) {
        self.sam.visit(&self.page()).await;
        self.sam.fill("Website of the institution", website).press("Save and continue").await;
        self.sam.sees("Education is asked for.");
    }

    /// The operator opens what waits.
    async fn opens(&mut self) {
        self.robin.visit("/operator/qualifications").await;
        self.robin.follow("Juniper Hall").await;
    }

    /// The operator approves what waits.
    async fn approves(&mut self) {
        self.opens().await;
        self.robin.press("Approve").await;
        self.robin.sees("Juniper Hall counts as Education from now on.");
    }

    /// The operator denies what waits.
    async fn denies(&mut self, reason: &str) {
        self.opens().await;
        self.robin.fill("Reason", reason).press("Deny").await;
        self.robin.sees("Education is denied for Juniper Hall.");
    }
}

/// A provider in America with the address of one of its sales agents, and the operator.
pub async fn summit(portal: &Portal) -> (Organisation, Browser, Browser) {
    let (_, robin) = operator(portal).await;
    let summit = portal.has_organisation(OrganisationKind::Provider, "Summit Supply", "US").await;
    let sam = portal.browser_in(&summit, &[Role::SalesAgent]).await;
    (summit, sam, robin)
}

/// The operator issues a code that is good for so many customers.
pub async fn issues(robin: &mut Browser, provider: &Organisation, (code, maximum): (&str, &str)) {
    robin.visit(&format!("/operator/organisations/{}/validation-codes", provider.id)).await;
    robin.fill("Validation code", code).fill("Number of customers", maximum).press("Issue the code").await;
}
