//! Letters about what others did: who gets them, what they say, when they come, and how they are switched off.

mod hour;
mod people;
mod provider;
mod reseller;
mod switches;

use twotier::access::Role;
use twotier::mail::outbox::Taken;
use twotier::partners::model::Organisation;
use twotier::values::id::{CustomerId, DelegationId, SubscriptionId};

use crate::support::bought::PlainSubscription;
use crate::support::portal::Portal;

/// Brightwater administers Contoso, which has Business Basic.
struct Scene {
    portal: Portal,
    brightwater: Organisation,
    contoso: CustomerId,
    delegation: DelegationId,
    basic: SubscriptionId,
}

impl Scene {
    async fn open() -> Scene {
        Scene::with("Contoso").await
    }

    /// The same with another name of the customer.
    async fn with(customer: &str) -> Scene {
        let portal = Portal::open().await;
        let brightwater = portal.has_partner("Brightwater IT", "DE", "4810233").await;
        let contoso = portal.has_customer_at(&portal.harbor, customer, "contoso.onmicrosoft.com").await;
        let delegation = portal.has_delegation(&contoso, &brightwater).await;
        let basic = portal.has_subscription(&contoso, PlainSubscription::new("Business Basic")).await;
        Scene { portal, brightwater, contoso, delegation, basic }
    }

    /// The address of a new person of Brightwater.
    async fn olga(&self, role: Role) -> String {
        self.portal.add_person(&self.brightwater, &[role]).await
    }

    /// Somebody of Harbor ends the delegation of Contoso.
    async fn end_delegation(&self) {
        let mut ada = self.portal.browser_of(Role::AdminAgent).await;
        ada.visit(&format!("/customers/{}/relationships/{}/change", self.contoso, self.delegation)).await;
        ada.choose("Indirect reseller", "No reseller").press("See the consequences").await;
        ada.sees("The people of the resellers concerned are told by mail");
        // They read of it in what the portal tells, which this is about.
        let to_admins = "To the Global admins of Brightwater IT";
        if ada.text().contains(to_admins) {
            ada.within(to_admins).uncheck("Send this letter");
        }
        ada.within("To Cora Customer of the customer").uncheck("Send this letter");
        ada.press("End delegation").await;
    }

    /// Somebody of Brightwater changes the quantity of Business Basic.
    async fn change_quantity(&self, to: u32) {
        let mut olga = self.portal.browser_in(&self.brightwater, &[Role::SalesAgent]).await;
        olga.visit(&format!("/subscriptions/{}", self.basic)).await;
        olga.fill("Quantity", &to.to_string()).press("Change quantity").await;
        olga.sees("The people of your indirect provider are told by mail");
        olga.press("Change quantity").await;
        olga.sees("The quantity is changed.");
    }

    /// Somebody of Harbor chooses who supports Business Basic.
    async fn choose_support(&self, name: &str) {
        let mut heidi = self.portal.browser_of(Role::HelpdeskAgent).await;
        heidi.visit(&format!("/subscriptions/{}", self.basic)).await;
        heidi.choose("Designated support contact", name).press("Submit support contact").await;
        heidi.sees("The designated support contact is changed.");
    }

    /// Somebody of Harbor chooses who earns for Business Basic.
    async fn choose_earner(&self, choice: &str) {
        let mut sam = self.portal.browser_of(Role::SalesAgent).await;
        sam.visit(&format!("/subscriptions/{}/reseller", self.basic)).await;
        sam.sees("The people of the resellers concerned are told by mail");
        sam.choose("Indirect reseller (optional)", choice).press("Submit").await;
    }
}

/// How many letters an address got about what others did.
fn letters_to(portal: &Portal, email: &str) -> usize {
    let is_one = |letter: &&Taken| letter.to_email.as_str() == email && is_digest(letter);
    portal.letters().iter().filter(is_one).count()
}

fn is_digest(letter: &Taken) -> bool {
    letter.body_text.contains("/profile#letters")
}

/// Both bodies say it.
#[track_caller]
fn says(letter: &Taken, text: &str) {
    for body in [&letter.body_text, &letter.body_html] {
        assert!(body.contains(text), "{text:?} is missing in:\n{body}");
    }
}

/// Neither body, nor the subject, says it.
#[track_caller]
fn says_not(letter: &Taken, text: &str) {
    for body in [&letter.subject, &letter.body_text, &letter.body_html] {
        assert!(!body.contains(text), "{text:?} is in:\n{body}");
    }
}
