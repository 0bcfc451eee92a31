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
use crate::web::pager::{Key, PAGE_SIZE, Page, Start, beyond};

/// Rows that an export reads at a time.
const CHUNK: i64 = 500;

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
    key: Key,
}

/// One page of the list.
///
/// # Errors
/// Database errors.
pub fn page_of(
    conn: &mut Connection,
    reach: &Reach,
    selection: &Selection,
    start: &Start,
) -> Result<Page<SubscriptionRow>> {
    let limit = i64::try_from(PAGE_SIZE).map_or(i64::MAX, |size| size + 1);
    let rows = rows(conn, reach, selection, start, limit)?;
    Ok(Page::new(rows, start, |row| row.key.clone()))
}

/// The next rows of an export, and where the ones after them begin; `None` after the last.
///
/// # Errors
/// Database errors.
pub fn chunk(
    conn: &mut Connection,
    reach: &Reach,
    selection: &Selection,
    start: &Start,
) -> Result<(Vec<SubscriptionRow>, Option<Start>)> {
    let rows = rows(conn, reach, selection, start, CHUNK)?;
    let is_full = i64::try_from(rows.len()).is_ok_and(|count| count == CHUNK);
    let next = rows.last().filter(|_| is_full).map(|row| Start::After(row.key.clone()));
    Ok((rows, next))
}

fn rows(
    conn: &mut Connection,
    reach: &Reach,
    selection: &Selection,
    start: &Start,
    limit: i64,
) -> Result<Vec<SubscriptionRow>> {
    let query = all_within(reach).ok_or(Error::NotFound)?;
    let mut query = query.filter(subscriptions::customer_id.eq(&selection.customer)).limit(limit);
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
    let (sort, id) = (subscriptions::sort_name, subscriptions::id);
    query = query.filter(beyond(start, (sort, id)));
    query = match start.is_backwards() {
        true => query.order((sort.desc(), id.desc())),
        false => query.order((sort.asc(), id.asc())),
    };
    let rows: Vec<Row> = query.select(Row::as_select()).load(conn)?;
    let keyed: Vec<(Key, Subscription)> =
        rows.into_iter().map(|row| (Key::new(&row.sort_name, row.id()), row.into())).collect();
    let holders = holders_of(conn, keyed.iter().map(|(_, subscription)| subscription.mpn_id()))?;
    let row = |(key, subscription): (Key, Subscription)| {
        let holder = holders.get(subscription.mpn_id());
        let earner = Earner::seen_within(reach, subscription.mpn_id(), holder);
        SubscriptionRow { standing: subscription.standing(selection.today), subscription, earner, key }
    };
    Ok(keyed.into_iter().map(row).collect())
}
