//! The subscriptions that name a reseller, by nickname: what it manages, whoever administers the customer.

use chrono::NaiveDate;
use diesel::dsl::not;
use diesel::prelude::*;

use super::super::model::{Status, Subscription};
use super::row::Row;
use crate::access::Allowed;
use crate::access::permission::SeeNamedSubscriptions;
use crate::customers::facts::{
    Named, administered_among, customer, is_administered, is_called_like, is_going_on,
};
use crate::customers::model::Glimpse;
use crate::db::Connection;
use crate::db::like::any_part;
use crate::db::row_values::Both;
use crate::db::schema::subscriptions;
use crate::error::Result;
use crate::values::id::OrganisationId;
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
        .inner_join(customer(subscriptions::customer_id))
        .filter(subscriptions::mpn_reseller_id.eq(reseller))
        .filter(is_going_on())
        .into_boxed::<Both>();
    let part = sort_name(&selection.search);
    if !part.is_empty() {
        let part = any_part(&part);
        let is_nicknamed = subscriptions::sort_name.like(part.clone()).escape('\\');
        query = query.filter(is_nicknamed.or(is_called_like(&part)));
    }
    if selection.of_others {
        query = query.filter(not(is_administered(subscriptions::customer_id, reseller)));
    }
    let order = ascending(subscriptions::sort_name, subscriptions::id);
    let page: Page<FoundRow> = keyset(conn, query, order, portion)?;
    let held = administered_among(conn, reseller, page.rows.iter().map(|found| &found.customer.id))?;
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
    customer: Named,
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
