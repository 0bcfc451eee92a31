//! Who looks after a customer: the ledger, associating, changing and removing, plans, and delegations with an end.

#[path = "relationships/association.rs"]
mod association;
#[path = "relationships/bulk.rs"]
mod bulk;
#[path = "relationships/ending.rs"]
mod ending;
#[path = "relationships/helping.rs"]
mod helping;
#[path = "relationships/ledger.rs"]
mod ledger;
#[path = "relationships/letters.rs"]
mod letters;
#[path = "relationships/planned.rs"]
mod planned;
#[path = "relationships/races.rs"]
mod races;
#[path = "relationships/validity.rs"]
mod validity;

use twotier::partners::model::Organisation;
use twotier::values::id::{CustomerId, DelegationId};

use crate::support::browser::Browser;
use crate::support::portal::Portal;

/// Brightwater, a partner that administers Alder, and Newleaf, another partner.
struct Scene {
    portal: Portal,
    brightwater: Organisation,
    newleaf: Organisation,
    alder: CustomerId,
    delegation: DelegationId,
}

impl Scene {
    async fn open() -> Scene {
        let portal = Portal::open().await;
        let (brightwater, newleaf) = portal.has_two_partners().await;
        let alder = portal.has_customer("Alder").await;
        let delegation = portal.has_delegation(&alder, &brightwater).await;
        Scene { portal, brightwater, newleaf, alder, delegation }
    }

    fn ledger(&self) -> String {
        format!("/customers/{}/relationships", self.alder)
    }

    fn association(&self) -> String {
        format!("{}/new", self.ledger())
    }

    fn change(&self) -> String {
        format!("{}/{}/change", self.ledger(), self.delegation)
    }

    /// The delegation has a last day, so many days from now.
    fn ends_in(&self, days: i64) {
        let day = twotier::values::moment::Moment::now().plus_days(days).day();
        self.portal
            .database
            .change(&format!("UPDATE delegations SET ends_on = '{day}' WHERE id = '{}'", self.delegation));
    }

    fn lasting(&self) -> i64 {
        self.portal.database.number("SELECT count(*) FROM delegations WHERE ended_at IS NULL")
    }
}

/// Goes on to the consequences, and does it.
async fn does(browser: &mut Browser, button: &str) {
    browser.press("See the consequences").await;
    browser.press(button).await;
}

/// What the form in view sends besides what is chosen.
fn hidden(browser: &Browser, name: &str) -> String {
    let rest = browser.html().split(&format!("name=\"{name}\" value=\"")).nth(1);
    rest.and_then(|rest| rest.split('"').next()).expect("a hidden field").to_owned()
}
