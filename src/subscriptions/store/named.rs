//! The subscriptions that name a reseller, by nickname: what it manages, whoever administers the customer.

use chrono::NaiveDate;
use diesel::dsl::{exists, not};
use diesel::prelude::*;

use super::super::model::{Status, Subscription};
use super::row::Row;
use crate::access::Allowed;
use crate::access::permission::SeeNamedSubscriptions;
use crate::customers::model::Glimpse;
use crate::db::Connection;
use crate::db::like::any_part;
use crate::db::row_values::Both;
use crate::db::schema::{customers, delegations, subscriptions};
use crate::error::Result;
use crate::values::country::Country;
use crate::values::id::{CustomerId, OrganisationId};
use crate::values::name::sort_name;
use crate::web::pager::{Key, Page, Portion, Start, ascending, keys, keyset};

/// So many subscriptions are looked at for one page of a filtered list. Further ones are looked at when somebody goes
/// on, so that no search becomes slow, however many there are.
pub const GLANCE: usize = 10_000;

/// Which of the subscriptions.
#[derive(Clone, Debug)]
pub struct Selection {
    /// Any part of nickname, company name or domain.
    pub search: String,
    /// Only those whose customer the reseller does not administer.
    pub of_others: bool,
    pub today: NaiveDate,
}

/// A line of the list.
#[derive(Clone, Debug)]
pub struct NamedRow {
    pub subscription: Subscription,
    pub standing: Status,
    pub customer: Glimpse,
}

/// A page of the list.
#[derive(Clone, Debug)]
pub struct Found {
    pub page: Page<NamedRow>,
    /// Not everything was looked at: whoever searches goes on.
    pub has_more_to_search: bool,
}

/// A portion of the list.
///
/// # Errors
/// Database errors.
pub fn page_of(
    conn: &mut Connection,
    by: &Allowed<SeeNamedSubscriptions>,
    selection: &Selection,
    portion: &Portion,
) -> Result<Found> {
    let horizon = horizon(conn, &by.organisation.id, selection, portion.start())?;
    let portion = portion.clone().until(horizon.clone());
    let page = rows(conn, &by.organisation.id, selection, &portion)?;
    let has_more_to_search = horizon.is_some() && [&page.previous, &page.next].contains(&&horizon);
    Ok(Found { page, has_more_to_search })
}

fn rows(
    conn: &mut Connection,
    reseller: &OrganisationId,
    selection: &Selection,
    portion: &Portion,
) -> Result<Page<NamedRow>> {
    let mut query = subscriptions::table
        .inner_join(customers::table)
        .filter(subscriptions::mpn_reseller_id.eq(reseller))
        .into_boxed::<Both>();
    let part = sort_name(&selection.search);
    if !part.is_empty() {
        let part = any_part(&part);
        query = query.filter(
            subscriptions::sort_name
                .like(part.clone())
                .escape('\\')
                .or(customers::sort_name.like(part.clone()).escape('\\'))
                .or(customers::domain.like(part).escape('\\')),
        );
    }
    if selection.of_others {
        query = query.filter(not(exists(administered(reseller))));
    }
    let order = ascending(subscriptions::sort_name, subscriptions::id);
    let page: Page<FoundRow> = keyset(conn, query, order, portion)?;
    let held = held_among(conn, reseller, page.rows.iter().map(|found| &found.customer.id))?;
    let row = |FoundRow { row, customer }: FoundRow| {
        let subscription = Subscription::from(row);
        let customer = Glimpse {
            is_held: held.contains(&customer.id),
            id: customer.id,
            company_name: customer.company_name,
            domain: customer.domain,
            country: customer.country,
        };
        NamedRow { standing: subscription.standing(selection.today), subscription, customer }
    };
    Ok(page.map(row))
}

/// A subscription with its customer.
#[derive(Queryable, Selectable)]
#[diesel(table_name = subscriptions)]
struct FoundRow {
    #[diesel(embed)]
    row: Row,
    #[diesel(embed)]
    customer: CustomerRow,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = customers)]
struct CustomerRow {
    id: CustomerId,
    company_name: String,
    domain: String,
    country: Country,
}

/// The last subscription that is looked at from a start; `None` when that reaches the end of the list, and where
/// nothing is searched for.
fn horizon(
    conn: &mut Connection,
    reseller: &OrganisationId,
    selection: &Selection,
    start: &Start,
) -> Result<Option<Key>> {
    if !selection.of_others && sort_name(&selection.search).is_empty() {
        return Ok(None);
    }
    let all = subscriptions::table.filter(subscriptions::mpn_reseller_id.eq(reseller)).into_boxed();
    // The offset is fixed, and the index alone answers it.
    let glance = Portion::new(start, 2).skipping(GLANCE - 1);
    match keys(conn, all, ascending(subscriptions::sort_name, subscriptions::id), &glance)?.as_slice() {
        [last, _] => Ok(Some(last.clone())),
        _ => Ok(None),
    }
}

/// What lets a reseller administer the customer of a subscription.
#[diesel::dsl::auto_type]
fn administered<'a>(reseller: &'a OrganisationId) -> _ {
    delegations::table
        .filter(delegations::customer_id.eq(subscriptions::customer_id))
        .filter(delegations::reseller_id.eq(reseller))
        .filter(delegations::ended_at.is_null())
}

/// Which of these customers the reseller administers.
fn held_among<'a>(
    conn: &mut Connection,
    reseller: &OrganisationId,
    customers: impl Iterator<Item = &'a CustomerId>,
) -> Result<Vec<CustomerId>> {
    Ok(delegations::table
        .filter(delegations::reseller_id.eq(reseller))
        .filter(delegations::customer_id.eq_any(customers))
        .filter(delegations::ended_at.is_null())
        .select(delegations::customer_id)
        .load(conn)?)
}
