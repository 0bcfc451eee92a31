//! The list of customers: its pages, its export and how long it is.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::Row;
use super::keys::{self, Scope, Stretch};
use crate::access::Reach;
use crate::customers::facts::lasting;
use crate::customers::model::listing::View;
use crate::customers::model::search::{Filter, Search};
use crate::customers::model::{Customer, CustomerRow};
use crate::db::Connection;
use crate::db::among::is_among;
use crate::db::schema::{customers, delegations};
use crate::error::Result;
use crate::partners::facts::{
    organisation, organisation_currency, organisation_name, organisation_sort_name,
};
use crate::subscriptions::facts::monthly_elsewhere;
use crate::values::currency::Currency;
use crate::values::id::CustomerId;
use crate::values::moment::Moment;
use crate::values::money::Money;
use crate::web::Count;
use crate::web::pager::{Key, PAGE_SIZE, Page, Portion, Start};

/// A page of the customers within reach, in the order of the filter.
///
/// # Errors
/// Database errors.
pub fn page_of(
    conn: &mut Connection,
    reach: &Reach,
    filter: &Filter,
    portion: &Portion,
) -> Result<Page<CustomerRow>> {
    let portion = portion.if_sensible(|key| filter.order.reads(&key.sort));
    let keys = match Scope::new(reach, filter) {
        Some(scope) => keys::first(conn, &scope, filter, portion.start(), PAGE_SIZE + 1)?,
        None => Vec::new(),
    };
    Page::new(keys, &portion, Key::clone).read(|keys| rows(conn, reach, &ids(&keys)))
}

/// How many customers the filter leaves; `None` for a search, which would have to find them all first.
///
/// # Errors
/// Database errors.
pub fn count_of(conn: &mut Connection, reach: &Reach, filter: &Filter) -> Result<Option<Count>> {
    let Some(scope) = Scope::new(reach, filter) else { return Ok(Some(Count::Exactly(0))) };
    if matches!(filter.search, Search::Part(_) | Search::Word(_)) {
        return Ok(None);
    }
    Ok(Some(keys::count(conn, &scope, filter)?))
}

/// How many customers each of the views has that make sense for an organisation, whatever else the list is narrowed to.
///
/// # Errors
/// Database errors.
pub fn counts_of_views(conn: &mut Connection, reach: &Reach) -> Result<Vec<(View, Count)>> {
    let views = View::of(matches!(reach, Reach::Provider(_))).iter().copied();
    let count = |view| {
        let filter = Filter::of(view);
        Ok((view, count_of(conn, reach, &filter)?.unwrap_or(Count::Exactly(0))))
    };
    views.map(count).collect()
}

/// So many customers are looked at for a part of the export: several people export at once, and each has one part in
/// memory.
const PART: usize = 1_000;

/// The next rows of the export: as many as there are among so many customers.
///
/// # Errors
/// Database errors.
pub fn rows_after(
    conn: &mut Connection,
    reach: &Reach,
    filter: &Filter,
    portion: &Portion,
) -> Result<Page<CustomerRow>> {
    listed_after(conn, reach, filter, portion)?.read(|ids| rows(conn, reach, &ids))
}

/// Whether the export looks at more customers than these.
///
/// # Errors
/// Database errors.
pub fn is_longer_than(conn: &mut Connection, reach: &Reach, filter: &Filter, most: usize) -> Result<bool> {
    let Some(scope) = Scope::new(reach, filter) else { return Ok(false) };
    let stretch = Stretch::from(&Start::First, filter);
    if keys::few(conn, &scope, filter, &stretch, PART)?.is_some() {
        return Ok(false);
    }
    Ok(keys::horizon(conn, &scope, filter, &stretch, most)?.is_some())
}

/// The ids alone.
///
/// # Errors
/// Database errors.
pub(super) fn listed_after(
    conn: &mut Connection,
    reach: &Reach,
    filter: &Filter,
    portion: &Portion,
) -> Result<Page<CustomerId>> {
    let Some(scope) = Scope::new(reach, filter) else { return Ok(Page::default()) };
    let stretch = Stretch::from(portion.start(), filter);
    // Or an export of one customer would read all.
    if let Some(found) = keys::few(conn, &scope, filter, &stretch, PART)? {
        return Ok(Page { rows: ids(&found), previous: None, next: None });
    }
    let end = keys::horizon(conn, &scope, filter, &stretch, PART)?;
    let found = keys::within(conn, &scope, filter, &stretch.until(end.clone()))?;
    Ok(Page { rows: ids(&found), previous: None, next: end })
}

/// A customer with what the list shows beside its account.
#[derive(Queryable, Selectable)]
#[diesel(table_name = customers)]
struct ListedRow {
    #[diesel(embed)]
    row: Row,
    monthly_minor: i64,
    ending_on: Option<NaiveDate>,
    #[diesel(select_expression = organisation_currency)]
    currency: Currency,
}

impl ListedRow {
    fn listed(self) -> CustomerRow {
        let customer = Customer::from(self.row);
        CustomerRow {
            since: customer.created_at,
            worth: vec![Money::new(self.monthly_minor, self.currency)],
            ending_on: self.ending_on,
            partners: Vec::new(),
            customer,
        }
    }
}

/// These customers, in the same order.
fn rows(conn: &mut Connection, reach: &Reach, ids: &[CustomerId]) -> Result<Vec<CustomerRow>> {
    let found: Vec<ListedRow> = customers::table
        .inner_join(organisation(customers::provider_id))
        .filter(is_among(customers::id, ids))
        .select(ListedRow::as_select())
        .load(conn)?;
    let mut listed: HashMap<CustomerId, CustomerRow> =
        found.into_iter().map(|row| (row.row.id, row.listed())).collect();
    for partner in partners_of(conn, reach, ids)? {
        let Some(row) = listed.get_mut(&partner.customer_id) else { continue };
        row.partners.push(partner.name);
        if matches!(reach, Reach::Reseller(_)) {
            row.since = partner.since;
        }
    }
    for (customer, month) in monthly_elsewhere(conn, ids)? {
        let Some(row) = listed.get_mut(&customer) else { continue };
        row.worth.push(month);
    }
    Ok(ids.iter().filter_map(|id| listed.remove(id)).collect())
}

/// Somebody who deals with a customer on the other side.
#[derive(Queryable, Selectable)]
#[diesel(table_name = delegations)]
struct PartnerRow {
    customer_id: CustomerId,
    #[diesel(select_expression = organisation_name)]
    name: String,
    since: Moment,
}

/// For each of the customers, who deals with it on the other side, by name.
fn partners_of(conn: &mut Connection, reach: &Reach, ids: &[CustomerId]) -> Result<Vec<PartnerRow>> {
    let active = lasting().filter(is_among(delegations::customer_id, ids)).into_boxed();
    Ok(match reach {
        Reach::Provider(_) => active
            .inner_join(organisation(delegations::reseller_id))
            .order((organisation_sort_name, delegations::id))
            .select(PartnerRow::as_select())
            .load(conn)?,
        Reach::Reseller(reseller) => active
            .inner_join(organisation(delegations::provider_id))
            .filter(delegations::reseller_id.eq(reseller))
            .select(PartnerRow::as_select())
            .load(conn)?,
        Reach::Customer(_) | Reach::Nothing => Vec::new(),
    })
}

fn ids(keys: &[Key]) -> Vec<CustomerId> {
    keys.iter().filter_map(|key| CustomerId::parse(&key.id)).collect()
}
