//! A customer's subscriptions, by nickname, page by page.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::super::facts::all_within;
use super::super::model::{Earner, Status, Subscription};
use super::row::Row;
use crate::access::Reach;
use crate::db::Connection;
use crate::db::schema::subscriptions;
use crate::error::{Error, Result};
use crate::partners::store::earners::holders_of;
use crate::values::id::CustomerId;
use crate::web::pager::{Page, Portion, ascending, keyset};

/// Which subscriptions of a customer.
#[derive(Clone, Debug)]
pub struct Selection {
    pub customer: CustomerId,
    /// How they stand today; all when there is none.
    pub status: Option<Status>,
    pub today: NaiveDate,
}

/// A line of the list.
#[derive(Clone, Debug)]
pub struct SubscriptionRow {
    pub subscription: Subscription,
    pub standing: Status,
    pub earner: Earner,
}

/// A portion of the list.
///
/// # Errors
/// [`Error::NotFound`] when nothing is within reach; database errors.
pub fn page_of(
    conn: &mut Connection,
    reach: &Reach,
    selection: &Selection,
    portion: &Portion,
) -> Result<Page<SubscriptionRow>> {
    let query = all_within(reach).ok_or(Error::NotFound)?;
    let mut query = query.filter(subscriptions::customer_id.eq(&selection.customer));
    query = match selection.status {
        None => query,
        // The two that the calendar decides: see `rules::standing`.
        Some(Status::Suspended) => query
            .filter(subscriptions::status.eq(Status::Suspended))
            .filter(subscriptions::kept_until.is_null().or(subscriptions::kept_until.ge(selection.today))),
        Some(Status::Deleted) => query.filter(subscriptions::status.eq(Status::Deleted).or(
            subscriptions::status.eq(Status::Suspended).and(subscriptions::kept_until.lt(selection.today)),
        )),
        Some(status) => query.filter(subscriptions::status.eq(status)),
    };
    let page: Page<Row> =
        keyset(conn, query, ascending(subscriptions::sort_name, subscriptions::id), portion)?;
    let page = page.map(Subscription::from);
    let holders = holders_of(conn, page.rows.iter().map(Subscription::mpn_id))?;
    Ok(page.map(|subscription| {
        let holder = holders.get(subscription.mpn_id());
        let earner = Earner::seen_within(reach, subscription.mpn_id(), holder);
        SubscriptionRow { standing: subscription.standing(selection.today), subscription, earner }
    }))
}

/// All of a customer's that are within reach and not deleted, by nickname; at most so many.
///
/// # Errors
/// [`Error::NotFound`] when nothing is within reach; database errors.
pub fn living_of(
    conn: &mut Connection,
    reach: &Reach,
    customer: &CustomerId,
    most: usize,
) -> Result<Vec<Subscription>> {
    let query = all_within(reach).ok_or(Error::NotFound)?;
    let rows: Vec<Row> = query
        .filter(subscriptions::customer_id.eq(customer))
        .filter(subscriptions::status.ne(Status::Deleted))
        .order((subscriptions::sort_name, subscriptions::id))
        .limit(i64::try_from(most).unwrap_or(i64::MAX))
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Subscription::from).collect())
}
