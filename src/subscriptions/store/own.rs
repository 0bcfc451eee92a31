//! The subscriptions of a customer's company, as its own people read them: of all its accounts, by nickname.

use chrono::NaiveDate;

use super::super::facts::all_within;
use super::super::model::{Status, Subscription};
use super::row::Row;
use crate::access::Allowed;
use crate::access::permission::SeeOwnSubscriptions;
use crate::db::Connection;
use crate::db::schema::subscriptions;
use crate::error::{Error, Result};
use crate::web::pager::{Page, Portion, ascending, keyset};

/// A line of the list.
#[derive(Clone, Debug)]
pub struct OwnRow {
    pub subscription: Subscription,
    pub standing: Status,
}

/// A portion of the list.
///
/// # Errors
/// [`Error::NotFound`] when nothing is within reach; database errors.
pub fn page_of(
    conn: &mut Connection,
    by: &Allowed<SeeOwnSubscriptions>,
    today: NaiveDate,
    portion: &Portion,
) -> Result<Page<OwnRow>> {
    let reach = by.reach();
    let query = all_within(&reach).ok_or(Error::NotFound)?;
    let page: Page<Row> =
        keyset(conn, query, ascending(subscriptions::sort_name, subscriptions::id), portion)?;
    Ok(page.map(|row| {
        let subscription = Subscription::from(row);
        OwnRow { standing: subscription.standing(today), subscription }
    }))
}
