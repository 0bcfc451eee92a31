//! The list of customers: its pages, its export and how long it is.

use std::collections::HashMap;

use diesel::prelude::*;

use super::Row;
use super::keys::{self, Scope, Stretch};
use crate::access::Reach;
use crate::customers::facts::lasting;
use crate::customers::model::search::{Filter, Search};
use crate::customers::model::{Customer, CustomerRow};
use crate::db::Connection;
use crate::db::among::is_among;
use crate::db::schema::{customers, delegations};
use crate::error::Result;
use crate::partners::facts::{organisation, organisation_name, organisation_sort_name};
use crate::values::id::CustomerId;
use crate::values::moment::Moment;
use crate::values::name::sort_name;
use crate::web::Count;
use crate::web::pager::{Key, PAGE_SIZE, Page, Portion, Start};

/// A page of the customers within reach, by name.
///
/// # Errors
/// Database errors.
pub fn page_of(
    conn: &mut Connection,
    reach: &Reach,
    filter: &Filter,
    portion: &Portion,
) -> Result<Page<CustomerRow>> {
    let keys = match Scope::new(reach, filter) {
        Some(scope) => keys::first(conn, &scope, filter, portion.start(), PAGE_SIZE + 1)?,
        None => Vec::new(),
    };
    let rows = rows(conn, reach, &keys)?;
    Ok(Page::new(rows, portion, |row| {
        Key::new(sort_name(&row.customer.account.company_name), row.customer.id)
    }))
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
    if keys::has_more_than(conn, &scope, filter, Count::MOST)? {
        return Ok(Some(Count::MoreThan(Count::MOST)));
    }
    Ok(Some(Count::Exactly(keys::first(conn, &scope, filter, &Start::First, Count::MOST)?.len())))
}

/// So many customers are looked at for a part of the export: several people export at once, and each has one part in
/// memory.
const PART: usize = 1_000;

/// A line of the export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportLine {
    pub id: CustomerId,
    pub company_name: String,
    pub domain: String,
    /// As in [`CustomerRow`].
    pub partners: Vec<String>,
}

/// The next lines of the export: as many as there are among so many customers.
///
/// # Errors
/// Database errors.
pub fn lines_after(
    conn: &mut Connection,
    reach: &Reach,
    filter: &Filter,
    portion: &Portion,
) -> Result<Page<ExportLine>> {
    let Some(scope) = Scope::new(reach, filter) else { return Ok(Page::default()) };
    let stretch = Stretch::from(portion.start(), &filter.search);
    let end = keys::horizon(conn, &scope, &stretch, PART)?;
    let found = keys::within(conn, &scope, filter, &stretch.until(end.clone()))?;
    let ids = ids(&found);
    let named: Vec<NamedRow> = customers::table
        .filter(is_among(customers::id, &ids))
        .order((customers::sort_name, customers::id))
        .select(NamedRow::as_select())
        .load(conn)?;
    let mut partners: HashMap<CustomerId, Vec<String>> = HashMap::new();
    for partner in partners_of(conn, reach, &ids)? {
        partners.entry(partner.customer_id).or_default().push(partner.name);
    }
    let line = |row: NamedRow| ExportLine {
        partners: partners.remove(&row.id).unwrap_or_default(),
        id: row.id,
        company_name: row.company_name,
        domain: row.domain,
    };
    Ok(Page { rows: named.into_iter().map(line).collect(), previous: None, next: end })
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = customers)]
struct NamedRow {
    id: CustomerId,
    company_name: String,
    domain: String,
}

/// The customers of these keys, in the same order.
fn rows(conn: &mut Connection, reach: &Reach, keys: &[Key]) -> Result<Vec<CustomerRow>> {
    let ids = ids(keys);
    let found: Vec<Row> =
        customers::table.filter(is_among(customers::id, &ids)).select(Row::as_select()).load(conn)?;
    let mut customers: HashMap<CustomerId, Customer> =
        found.into_iter().map(Customer::from).map(|customer| (customer.id, customer)).collect();
    let partners = partners_of(conn, reach, &ids)?;
    let row = |id: &CustomerId| {
        let customer = customers.remove(id)?;
        let (mut names, mut since) = (Vec::new(), customer.created_at);
        for partner in partners.iter().filter(|partner| partner.customer_id == *id) {
            names.push(partner.name.clone());
            if matches!(reach, Reach::Reseller(_)) {
                since = partner.since;
            }
        }
        Some(CustomerRow { customer, partners: names, since })
    };
    Ok(ids.iter().filter_map(row).collect())
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
