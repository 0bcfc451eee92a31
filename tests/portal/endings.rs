//! Relationships with customers end, are planned to end, come back, and are given back.

#[path = "endings/ending.rs"]
mod ending;
#[path = "endings/giving_back.rs"]
mod giving_back;
#[path = "endings/list.rs"]
mod list;
#[path = "endings/planned.rs"]
mod planned;
#[path = "endings/racing.rs"]
mod racing;
#[path = "endings/refused.rs"]
mod refused;
#[path = "endings/reinstating.rs"]
mod reinstating;

use twotier::values::id::CustomerId;

use crate::support::browser::Browser;
use crate::support::portal::Portal;

/// Somebody who may ends the relationship with a customer in whose way nothing stands.
async fn end(ada: &mut Browser, customer: &CustomerId) {
    ada.visit(&format!("/customers/{customer}/end")).await;
    ada.press("Go on").await;
    ada.press("End the relationship").await;
}

/// The relationship ended so many days ago.
fn has_ended_before(portal: &Portal, customer: &CustomerId, days: i64) {
    let ago = match portal.database.url.starts_with("sqlite") {
        true => format!("strftime('%Y-%m-%d %H:%M:%S', 'now', '-{days} days')"),
        false => format!("CURRENT_TIMESTAMP AT TIME ZONE 'UTC' - interval '{days} days'"),
    };
    portal.database.change(&format!(
        "UPDATE endings SET ended_at = {ago}, state_since = {ago} WHERE customer_id = '{customer}'"
    ));
    portal.database.change(&format!("UPDATE customers SET ended_at = {ago} WHERE id = '{customer}'"));
}
