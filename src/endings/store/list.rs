//! The customers of a provider with whom the relationship has ended, newest end first.

use diesel::prelude::*;

use crate::access::Allowed;
use crate::access::permission::SeeEndedCustomers;
use crate::customers::facts::{Named, customer, is_called_like};
use crate::db::Connection;
use crate::db::like::any_part;
use crate::db::row_values::Both;
use crate::db::schema::endings;
use crate::endings::model::State;
use crate::error::Result;
use crate::values::id::{EndingId, OrganisationId};
use crate::values::moment::Moment;
use crate::values::name::sort_name;
use crate::web::Count;
use crate::web::pager::{Key, Page, Portion, Start, descending, keys, keyset};

/// So many are looked at for one page of a search. Further ones are looked at when somebody goes on, so that no search
/// becomes slow, however many have ended.
const GLANCE: usize = 10_000;

/// A line of the list.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = endings)]
pub struct EndedRow {
    pub id: EndingId,
    #[diesel(embed)]
    pub customer: Named,
    #[diesel(column_name = state_since)]
    pub ended_at: Moment,
    pub by_name: String,
}

/// A page of the list.
#[derive(Clone, Debug)]
pub struct Found {
    pub page: Page<EndedRow>,
    /// Not everything was looked at: whoever searches goes on.
    pub has_more_to_search: bool,
}

/// A portion of the list, by any part of name or domain.
///
/// # Errors
/// Database errors.
pub fn page_of(
    conn: &mut Connection,
    by: &Allowed<SeeEndedCustomers>,
    search: &str,
    portion: &Portion,
) -> Result<Found> {
    let provider = &by.organisation.id;
    let part = sort_name(search);
    let horizon = match part.is_empty() {
        true => None,
        false => horizon(conn, provider, portion.start())?,
    };
    let portion = portion.clone().until(horizon.clone());
    let mut query = endings::table
        .inner_join(customer(endings::customer_id))
        .filter(endings::provider_id.eq(provider))
        .filter(endings::state.eq(State::Ended))
        .into_boxed::<Both>();
    if !part.is_empty() {
        query = query.filter(is_called_like(&any_part(&part)));
    }
    let order = descending(endings::state_since, endings::id);
    let page = keyset(conn, query, order, &portion)?;
    let has_more_to_search = horizon.is_some() && [&page.previous, &page.next].contains(&&horizon);
    Ok(Found { page, has_more_to_search })
}

/// How many there are, as far as counting is cheap.
///
/// # Errors
/// Database errors.
pub fn count(conn: &mut Connection, by: &Allowed<SeeEndedCustomers>) -> Result<Count> {
    let some: Vec<EndingId> = endings::table
        .filter(endings::provider_id.eq(&by.organisation.id))
        .filter(endings::state.eq(State::Ended))
        .select(endings::id)
        .limit(Count::LIMIT)
        .load(conn)?;
    Ok(Count::of(some.len()))
}

/// The last one that is looked at from a start; `None` when that reaches the end of the list.
fn horizon(conn: &mut Connection, provider: &OrganisationId, start: &Start) -> Result<Option<Key>> {
    let all = endings::table
        .filter(endings::provider_id.eq(provider))
        .filter(endings::state.eq(State::Ended))
        .into_boxed();
    // The offset is fixed, and the index alone answers it.
    let glance = Portion::new(start, 2).skipping(GLANCE - 1);
    let order = descending(endings::state_since, endings::id);
    match keys(conn, all, order, &glance)?.as_slice() {
        [last, _] => Ok(Some(last.clone())),
        _ => Ok(None),
    }
}
