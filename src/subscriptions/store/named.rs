//! The subscriptions that name a reseller, by nickname: what it manages, whoever administers the customer.

use chrono::NaiveDate;
use diesel::dsl::not;
use diesel::prelude::*;

use super::super::model::{Status, Subscription};
use super::row::Row;
use crate::access::Allowed;
use crate::access::permission::SeeNamedSubscriptions;
use crate::customers::facts::{Named, administered_among, customer, is_administered, is_called_like};
use crate::customers::model::Glimpse;
use crate::db::Connection;
use crate::db::like::any_part;
use crate::db::row_values::{Both, Than, are};
use crate::db::schema::subscriptions;
use crate::error::Result;
use crate::values::id::{OrganisationId, SubscriptionId};
use crate::values::name::sort_name;
use crate::web::pager::{Key, PAGE_SIZE, Page, Start, beyond};

/// So many subscriptions are looked at for one page of a filtered list. Further ones are looked at when somebody goes
/// on, so that no search becomes slow, however many there are.
pub const GLANCE: i64 = 10_000;

/// Rows that an export reads at a time.
const CHUNK: i64 = 500;

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
    key: Key,
}

/// A page of the list.
#[derive(Clone, Debug)]
pub struct Found {
    pub page: Page<NamedRow>,
    /// Not everything was looked at: whoever searches goes on.
    pub has_more_to_search: bool,
}

/// One page of the list.
///
/// # Errors
/// Database errors.
pub fn page_of(
    conn: &mut Connection,
    by: &Allowed<SeeNamedSubscriptions>,
    selection: &Selection,
    start: &Start,
) -> Result<Found> {
    let limit = i64::try_from(PAGE_SIZE).map_or(i64::MAX, |size| size + 1);
    let (rows, horizon) = rows(conn, &by.organisation.id, selection, (start, limit))?;
    let is_full = rows.len() > PAGE_SIZE;
    let mut page = Page::new(rows, start, |row| row.key.clone());
    let horizon = horizon.filter(|_| !is_full);
    let has_more_to_search = horizon.is_some();
    if let Some(horizon) = horizon {
        match start {
            Start::Before(_) => page.previous = Some(horizon),
            Start::First | Start::After(_) => page.next = Some(horizon),
        }
    }
    Ok(Found { page, has_more_to_search })
}

/// The next rows of an export, and where the ones after them begin; `None` after the last.
///
/// # Errors
/// Database errors.
pub fn chunk(
    conn: &mut Connection,
    by: &Allowed<SeeNamedSubscriptions>,
    selection: &Selection,
    start: &Start,
) -> Result<(Vec<NamedRow>, Option<Start>)> {
    let (rows, horizon) = rows(conn, &by.organisation.id, selection, (start, CHUNK))?;
    let is_full = i64::try_from(rows.len()).is_ok_and(|count| count == CHUNK);
    let next = if is_full { rows.last().map(|row| row.key.clone()) } else { horizon };
    Ok((rows, next.map(Start::After)))
}

/// Rows, nearest to the start first, and where looking for them ended before the end of the list.
fn rows(
    conn: &mut Connection,
    reseller: &OrganisationId,
    selection: &Selection,
    (start, limit): (&Start, i64),
) -> Result<(Vec<NamedRow>, Option<Key>)> {
    let part = sort_name(&selection.search);
    let is_filtered = selection.of_others || !part.is_empty();
    let horizon = if is_filtered { horizon(conn, reseller, start)? } else { None };
    let mut query = subscriptions::table
        .inner_join(customer(subscriptions::customer_id))
        .filter(subscriptions::mpn_reseller_id.eq(reseller))
        .select(FoundRow::as_select())
        .limit(limit)
        .into_boxed::<Both>();
    if !part.is_empty() {
        let part = any_part(&part);
        let is_nicknamed = subscriptions::sort_name.like(part.clone()).escape('\\');
        query = query.filter(is_nicknamed.or(is_called_like(&part)));
    }
    if selection.of_others {
        query = query.filter(not(is_administered(subscriptions::customer_id, reseller)));
    }
    let (sort, id) = (subscriptions::sort_name, subscriptions::id);
    query = query.filter(beyond(start, (sort, id)));
    if let Some(end) = &horizon {
        let than = if start.is_backwards() { Than::GreaterOrSame } else { Than::LessOrSame };
        query = query.filter(are((sort, id), than, (end.sort.clone(), &end.id)));
    }
    query = match start.is_backwards() {
        true => query.order((sort.desc(), id.desc())),
        false => query.order((sort.asc(), id.asc())),
    };
    let found: Vec<FoundRow> = query.load(conn)?;
    let held = administered_among(conn, reseller, found.iter().map(|found| &found.customer.id))?;
    let row = |FoundRow { row, customer }: FoundRow| {
        let key = Key::new(&row.sort_name, row.id());
        let subscription = Subscription::from(row);
        let customer = Glimpse {
            is_held: held.contains(&customer.id),
            id: customer.id,
            company_name: customer.company_name,
            domain: customer.domain,
            country: customer.country,
        };
        NamedRow { standing: subscription.standing(selection.today), subscription, customer, key }
    };
    Ok((found.into_iter().map(row).collect(), horizon))
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

/// The last subscription that is looked at from a start; `None` when that reaches the end of the list.
fn horizon(conn: &mut Connection, reseller: &OrganisationId, start: &Start) -> Result<Option<Key>> {
    let (sort, id) = (subscriptions::sort_name, subscriptions::id);
    // The offset is fixed, and the index alone answers it.
    let query = subscriptions::table
        .filter(subscriptions::mpn_reseller_id.eq(reseller))
        .filter(beyond(start, (sort, id)))
        .select(KeyRow::as_select())
        .offset(GLANCE - 1)
        .limit(2);
    let keys: Vec<KeyRow> = match start.is_backwards() {
        true => query.order((sort.desc(), id.desc())).load(conn)?,
        false => query.order((sort.asc(), id.asc())).load(conn)?,
    };
    match keys.as_slice() {
        [last, _] => Ok(Some(Key::new(&last.sort_name, &last.id))),
        _ => Ok(None),
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = subscriptions)]
struct KeyRow {
    sort_name: String,
    id: SubscriptionId,
}
