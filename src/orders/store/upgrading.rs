//! What is ordered in place of something that a customer has.

use super::placing::add_line;
use super::single;
use crate::access::Viewer;
use crate::activity::{Action, Change, Entry, store as activity};
use crate::db::Connection;
use crate::error::Result;
use crate::subscriptions::model::{NewSubscription, Subscription};
use crate::subscriptions::store::incentives::record_first;
use crate::subscriptions::store::upgrade;
use crate::values::moment::Moment;

/// Orders a subscription in place of another one, which goes on until the caller ends it.
///
/// # Errors
/// Database errors.
pub fn order(
    conn: &mut Connection,
    by: &Viewer,
    (old, new): (&Subscription, &NewSubscription),
    company_name: &str,
    now: Moment,
) -> Result<()> {
    let number = single::add_order(conn, by, (new, None), now)?;
    upgrade::begin(conn, old, new, now)?;
    add_line(conn, &new.order, 0, new)?;
    record_first(conn, by, (new, company_name), now)?;
    let line = format!("{} × {}", new.offer_name, new.quantity);
    let entry = Entry::new(Action::CreateOrder, "order", new.order, &number)
        .for_customer(&new.customer, company_name)
        .with([Change::set("line", line)]);
    activity::record(conn, by, &entry, now)
}
