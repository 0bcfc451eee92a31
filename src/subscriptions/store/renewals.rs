//! Which subscriptions renew or end next, the soonest first: a provider's, and those that name a reseller.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use diesel::dsl::not;
use diesel::prelude::*;

use super::super::facts::within;
use super::super::model::renewal::Renewal;
use super::super::model::{Status, Subscription};
use super::add_ons;
use super::calendar::has_turn;
use super::prices::Prices;
use super::row::Row;
use crate::access::permission::SeeRenewals;
use crate::access::{Allowed, Reach};
use crate::customers::facts::{Named, administered_among, customer, is_going_on};
use crate::customers::model::Glimpse;
use crate::db::Connection;
use crate::db::among::is_among;
use crate::db::row_values::Both;
use crate::db::schema::subscriptions;
use crate::error::Result;
use crate::values::id::{CustomerId, SubscriptionId};
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
    page_within(conn, &by.reach(), selection, portion)
}

/// The same of all that is within the reach of a provider, or names a reseller.
///
/// # Errors
/// Database errors.
pub fn page_within(
    conn: &mut Connection,
    reach: &Reach,
    selection: Selection,
    portion: &Portion,
) -> Result<Page<Renewal>> {
    let mut query = subscriptions::table
        .inner_join(customer(subscriptions::customer_id))
        .filter(subscriptions::ended_on.is_null())
        .filter(subscriptions::parent_id.is_null())
        .filter(subscriptions::renews_on.le(selection.until))
        .filter(is_going_on())
        .filter(has_turn())
        .into_boxed::<Both>();
    query = match reach {
        Reach::Provider(provider) => query.filter(subscriptions::provider_id.eq(provider)),
        Reach::Reseller(reseller) => query.filter(subscriptions::mpn_reseller_id.eq(reseller)),
        Reach::Customer(_) | Reach::Nothing => return Ok(Page::default()),
    };
    query = match selection.renewing {
        Some(true) => query.filter(subscriptions::auto_renews),
        Some(false) => query.filter(not(subscriptions::auto_renews)),
        None => query,
    };
    let order = ascending(subscriptions::renews_on, subscriptions::id);
    let page: Page<DueRow> = keyset(conn, query, order, portion)?;
    page.read(|rows| renewals(conn, reach, rows))
}

/// Some of them, by ids within the reach.
///
/// # Errors
/// Database errors.
pub fn among(conn: &mut Connection, reach: &Reach, ids: &[SubscriptionId]) -> Result<Vec<Renewal>> {
    let rows: Vec<DueRow> = subscriptions::table
        .inner_join(customer(subscriptions::customer_id))
        .filter(is_among(subscriptions::id, ids))
        .order((subscriptions::renews_on, subscriptions::id))
        .select(DueRow::as_select())
        .load(conn)?;
    renewals(conn, reach, rows)
}

fn renewals(conn: &mut Connection, reach: &Reach, rows: Vec<DueRow>) -> Result<Vec<Renewal>> {
    let ids: Vec<SubscriptionId> = rows.iter().map(|row| row.row.id()).collect();
    let mut families = add_ons::below_each(conn, &ids)?;
    let sight = Sight::of(conn, reach, (&rows, &families))?;
    let mut catalogue = Prices::default();
    let mut renewals = Vec::new();
    for DueRow { row, customer } in rows {
        let subscription = Subscription::from(row);
        let mut add_ons = families.remove(&subscription.id).unwrap_or_default();
        add_ons.retain(|add_on| add_on.status != Status::Deleted && sight.sees(&add_on.id));
        let mut prices = HashMap::new();
        for one in std::iter::once(&subscription).chain(&add_ons) {
            // An add-on begins its next term together with its base.
            let price = catalogue.of(conn, one, subscription.renews_on)?;
            prices.extend(price.map(|price| (one.id, price)));
        }
        let customer = sight.glimpse(customer);
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

/// What a reseller knows beside what names it; a provider knows all.
#[derive(Default)]
struct Sight {
    is_whole: bool,
    administered: HashSet<CustomerId>,
    add_ons: HashSet<SubscriptionId>,
}

impl Sight {
    fn of(
        conn: &mut Connection,
        reach: &Reach,
        (rows, families): (&[DueRow], &HashMap<SubscriptionId, Vec<Subscription>>),
    ) -> Result<Self> {
        let Reach::Reseller(reseller) = reach else {
            return Ok(Self { is_whole: true, ..Self::default() });
        };
        let customers = rows.iter().map(|row| &row.customer.id);
        let add_ons = families.values().flatten().map(|add_on| add_on.id);
        Ok(Self {
            is_whole: false,
            administered: administered_among(conn, reseller, customers)?.into_iter().collect(),
            add_ons: within(conn, reach, add_ons)?.into_iter().collect(),
        })
    }

    fn sees(&self, add_on: &SubscriptionId) -> bool {
        self.is_whole || self.add_ons.contains(add_on)
    }

    fn glimpse(&self, customer: Named) -> Glimpse {
        Glimpse {
            is_held: self.is_whole || self.administered.contains(&customer.id),
            id: customer.id,
            company_name: customer.company_name,
            domain: customer.domain,
            country: customer.country,
        }
    }
}
