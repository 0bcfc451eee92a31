//! What of a customer's subscriptions ends by the calendar: trials, terms that no other one follows, and what is kept of
//! suspended ones.

use chrono::NaiveDate;
use diesel::dsl::{min, not};
use diesel::prelude::*;

use crate::customers::facts::is_unaware_of;
use crate::db::Connection;
use crate::db::schema::subscriptions;
use crate::error::Result;
use crate::subscriptions::model::Status;
use crate::values::id::CustomerId;

/// Those that end with their term, as trials do: nothing follows it.
#[diesel::dsl::auto_type(no_type_alias)]
fn lapsing() -> _ {
    let active: Status = Status::Active;
    subscriptions::table.filter(not(subscriptions::auto_renews)).filter(subscriptions::status.eq(active))
}

/// The suspended subscriptions whose data is deleted.
#[diesel::dsl::auto_type(no_type_alias)]
fn kept() -> _ {
    let suspended: Status = Status::Suspended;
    subscriptions::table
        .filter(subscriptions::kept_until.is_not_null())
        .filter(subscriptions::status.eq(suspended))
}

/// The first day from this one on, on which something of a customer ends.
///
/// # Errors
/// Database errors.
pub fn next_end(conn: &mut Connection, customer: &CustomerId, from: NaiveDate) -> Result<Option<NaiveDate>> {
    let deletion: Option<NaiveDate> = kept()
        .filter(subscriptions::customer_id.eq(customer))
        .filter(subscriptions::kept_until.ge(from))
        .select(min(subscriptions::kept_until))
        .first(conn)?;
    let lapse: Option<NaiveDate> = lapsing()
        .filter(subscriptions::customer_id.eq(customer))
        .filter(subscriptions::renews_on.ge(from))
        .select(min(subscriptions::renews_on))
        .first(conn)?;
    Ok(deletion.into_iter().chain(lapse).min())
}

/// Some customers of which something ends in these days, and that are not kept as such yet.
///
/// # Errors
/// Database errors.
pub fn unaware_of_ends(
    conn: &mut Connection,
    (from, to): (NaiveDate, NaiveDate),
    most: i64,
) -> Result<Vec<CustomerId>> {
    let kept: Vec<CustomerId> = kept()
        .filter(subscriptions::kept_until.between(from, to))
        .filter(is_unaware_of("subscriptions.customer_id", "subscriptions.kept_until"))
        .select(subscriptions::customer_id)
        .limit(most)
        .load(conn)?;
    let mut customers: Vec<CustomerId> = lapsing()
        .filter(subscriptions::renews_on.between(from, to))
        .filter(is_unaware_of("subscriptions.customer_id", "subscriptions.renews_on"))
        .select(subscriptions::customer_id)
        .limit(most)
        .load(conn)?;
    customers.extend(kept);
    Ok(customers)
}
