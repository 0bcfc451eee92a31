//! Which subscriptions of a provider renew or end next, the soonest first.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::dsl::not;
use diesel::prelude::*;

use super::super::model::renewal::Renewal;
use super::super::model::{Status, Subscription};
use super::add_ons;
use super::calendar::has_turn;
use super::prices::Prices;
use super::row::Row;
use crate::access::Allowed;
use crate::access::permission::SeeRenewals;
use crate::customers::facts::{Named, customer, is_going_on};
use crate::db::Connection;
use crate::db::among::is_among;
use crate::db::row_values::Both;
use crate::db::schema::subscriptions;
use crate::error::Result;
use crate::values::id::SubscriptionId;
use crate::web::pager::{Page, Portion, ascending, keyset};

/// Which of them.
#[derive(Clone, Copy, Debug)]
pub struct Selection {
    /// Up to this day.
    pub until: NaiveDate,
    /// Only those that renew, or only those that end.
    pub renewing: Option<bool>,
}

/// A portion of the list: bases, each with its add-ons.
///
/// # Errors
/// Database errors.
pub fn page_of(
    conn: &mut Connection,
    by: &Allowed<SeeRenewals>,
    selection: Selection,
    portion: &Portion,
) -> Result<Page<Renewal>> {
    let mut query = subscriptions::table
        .inner_join(customer(subscriptions::customer_id))
        .filter(subscriptions::provider_id.eq(&by.organisation.id))
        .filter(subscriptions::ended_on.is_null())
        .filter(subscriptions::parent_id.is_null())
        .filter(subscriptions::renews_on.le(selection.until))
        .filter(is_going_on())
        .filter(has_turn())
        .into_boxed::<Both>();
    query = match selection.renewing {
        Some(true) => query.filter(subscriptions::auto_renews),
        Some(false) => query.filter(not(subscriptions::auto_renews)),
        None => query,
    };
    let order = ascending(subscriptions::renews_on, subscriptions::id);
    let page: Page<DueRow> = keyset(conn, query, order, portion)?;
    page.read(|rows| renewals(conn, rows))
}

/// Some of them, by their ids; those that are not there are left out.
///
/// # Errors
/// Database errors.
pub fn among(conn: &mut Connection, ids: &[SubscriptionId]) -> Result<Vec<Renewal>> {
    let rows: Vec<DueRow> = subscriptions::table
        .inner_join(customer(subscriptions::customer_id))
        .filter(is_among(subscriptions::id, ids))
        .order((subscriptions::renews_on, subscriptions::id))
        .select(DueRow::as_select())
        .load(conn)?;
    renewals(conn, rows)
}

fn renewals(conn: &mut Connection, rows: Vec<DueRow>) -> Result<Vec<Renewal>> {
    let ids: Vec<SubscriptionId> = rows.iter().map(|row| row.row.id()).collect();
    let mut families = add_ons::below_each(conn, &ids)?;
    let mut catalogue = Prices::default();
    let mut renewals = Vec::new();
    for DueRow { row, customer } in rows {
        let subscription = Subscription::from(row);
        let mut add_ons = families.remove(&subscription.id).unwrap_or_default();
        add_ons.retain(|add_on| add_on.status != Status::Deleted);
        let mut prices = HashMap::new();
        for one in std::iter::once(&subscription).chain(&add_ons) {
            // An add-on begins its next term together with its base.
            let price = catalogue.of(conn, one, subscription.renews_on)?;
            prices.extend(price.map(|price| (one.id, price)));
        }
        renewals.push(Renewal { subscription, customer, add_ons, prices });
    }
    Ok(renewals)
}

/// A subscription with its customer.
#[derive(Queryable, Selectable)]
#[diesel(table_name = subscriptions)]
struct DueRow {
    #[diesel(embed)]
    row: Row,
    #[diesel(embed)]
    customer: Named,
}
