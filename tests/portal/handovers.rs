//! Who looks after many customers, changed at once: chosen, done one after another, followed, stopped and found again.

#[path = "handovers/beginning.rs"]
mod beginning;
#[path = "handovers/many.rs"]
mod many;
#[path = "handovers/parting.rs"]
mod parting;
#[path = "handovers/planned.rs"]
mod planned;
#[path = "handovers/races.rs"]
mod races;
#[path = "handovers/results.rs"]
mod results;

use twotier::access::Role;
use twotier::handovers::store::carrying;
use twotier::partners::model::Organisation;
use twotier::values::id::{CustomerId, HandoverId};
use twotier::values::moment::Moment;

use crate::support::browser::Browser;
use crate::support::portal::Portal;

const JOB: &str = "hand_customers_over";

// What can be chosen.
const REPLACE: &str = "A reseller takes the place of a former one";
const REMOVE: &str = "A former reseller is removed";
const ON_A_DAY: &str = "On a day";

/// Brightwater, a partner that administers Alder and Birch; Newleaf, another partner; and Cedar, which nobody but Harbor
/// administers.
struct Scene {
    portal: Portal,
    brightwater: Organisation,
    newleaf: Organisation,
    alder: CustomerId,
    birch: CustomerId,
    cedar: CustomerId,
}

impl Scene {
    async fn open() -> Scene {
        let portal = Portal::open().await;
        let (brightwater, newleaf) = portal.has_two_partners().await;
        let alder = portal.has_customer("Alder").await;
        let birch = portal.has_customer("Birch").await;
        let cedar = portal.has_customer("Cedar").await;
        portal.has_delegation(&alder, &brightwater).await;
        portal.has_delegation(&birch, &brightwater).await;
        Scene { portal, brightwater, newleaf, alder, birch, cedar }
    }

    /// An admin agent who has selected these customers, and is about to choose.
    async fn selecting(&self, names: &[&str]) -> Browser {
        let mut ada = self.portal.browser_of(Role::AdminAgent).await;
        select(&mut ada, names).await;
        ada.follow("Associate or change reseller").await;
        ada
    }

    /// One who has begun that Newleaf takes the place of Brightwater with these customers.
    async fn replacing(&self, names: &[&str]) -> Browser {
        let mut ada = self.selecting(names).await;
        replace(&mut ada);
        ada.press("See the consequences").await;
        ada.press("Begin").await;
        ada
    }

    async fn works(&self) {
        self.portal.does(JOB, Moment::now()).await;
    }

    /// Takes one step by hand, as a worker does before it dies.
    async fn steps(&self, browser: &Browser) {
        let (id, site) = (handover(browser), self.portal.parts.site.clone());
        let step = self.portal.db.write(move |conn| carrying::step(conn, &id, &site, Moment::now()));
        step.await.expect("the step is taken");
    }

    /// Whether somebody got a letter that says this.
    fn has_told(&self, email: &str, text: &str) -> bool {
        let letters = self.portal.letters();
        letters.iter().any(|letter| letter.to_email.as_str() == email && letter.body_text.contains(text))
    }

    fn lasting_of(&self, reseller: &Organisation) -> i64 {
        let lasting = format!(
            "SELECT count(*) FROM delegations WHERE reseller_id = '{}' AND ended_at IS NULL",
            reseller.id
        );
        self.portal.database.number(&lasting)
    }
}

async fn select(browser: &mut Browser, names: &[&str]) {
    browser.visit("/customers").await;
    for name in names {
        browser.check(&format!("Select {name}"));
    }
    browser.press("Select ticked").await;
}

/// Chooses that Newleaf takes the place of Brightwater.
fn replace(browser: &mut Browser) {
    browser.choose("What changes", REPLACE);
    browser.choose("Indirect reseller (optional)", "Newleaf (MPN ID 5910444)");
    browser.choose("Former reseller (optional)", "Brightwater IT (MPN ID 4810233)");
}

/// The one whose page is open.
fn handover(browser: &Browser) -> HandoverId {
    let last = browser.path().rsplit('/').next().and_then(HandoverId::parse);
    last.expect("the page of a handover")
}
