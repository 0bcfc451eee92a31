//! Keys of customers in the order of the list. Every query here is answered through an index that holds the
//! order, or through one that finds a text inside names, so none becomes slow when there are a million customers.

mod conditions;
mod index;
mod scope;

use diesel::prelude::*;

use self::conditions::{any_has, begins, is, is_of_found};
use self::index::Index;
pub(super) use self::scope::{Scope, Stretch};
use crate::customers::facts::lasting;
use crate::customers::model::search::{Filter, Search};
use crate::db::Connection;
use crate::db::schema::{customers, delegations};
use crate::error::Result;
use crate::values::id::OrganisationId;
use crate::web::pager::{Key, Start, ascending, keys};

/// So many customers are looked at in list order before a search turns to an index.
pub(super) const GLANCE: usize = 10_000;

/// How a part of the text is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Customer by customer in list order: fast when the stretch is short.
    InOrder,
    /// Through an index that finds it inside names, then sorted: fast when few customers have the part.
    By(Index),
}

/// The first `limit` keys of a filtered list.
///
/// A search first glances at the next customers in order, which fills the page when the part is frequent.
/// If not, the part is rare, and an index knows where; or it is frequent but far away, and reading
/// on in order costs less than fetching and sorting all that have it.
///
/// # Errors
/// Database errors.
pub(super) fn first(
    conn: &mut Connection,
    scope: &Scope,
    filter: &Filter,
    start: &Start,
    limit: usize,
) -> Result<Vec<Key>> {
    let stretch = Stretch::from(start, &filter.search);
    let Some((part, index)) = inside(&filter.search) else {
        return load(conn, scope, &stretch, None, (0, limit));
    };
    let horizon = horizon(conn, scope, &stretch, GLANCE)?;
    let is_all = horizon.is_none();
    let near = load(conn, scope, &stretch.until(horizon), Some((part, Way::InOrder)), (0, limit))?;
    if is_all || near.len() >= limit {
        return Ok(near);
    }
    let way = if index.is_rare(conn, part, scope.rare())? { Way::By(index) } else { Way::InOrder };
    load(conn, scope, &stretch, Some((part, way)), (0, limit))
}

/// What is looked for inside names, and the index that finds it.
fn inside(search: &Search) -> Option<(&str, Index)> {
    match search {
        Search::Part(part) => Some((part, Index::Trigrams)),
        Search::Word(word) => Some((word, Index::Words)),
        Search::Everything | Search::Beginning(_) => None,
    }
}

/// The keys of a stretch that match the filter, unsearched parts of it included: at most a glance's number of them.
///
/// # Errors
/// Database errors.
pub(super) fn within(
    conn: &mut Connection,
    scope: &Scope,
    filter: &Filter,
    stretch: &Stretch,
) -> Result<Vec<Key>> {
    let part = inside(&filter.search).map(|(part, _)| (part, Way::InOrder));
    load(conn, scope, stretch, part, (0, GLANCE))
}

/// Whether a list that is not searched has more customers than these.
///
/// # Errors
/// Database errors.
pub(super) fn has_more_than(
    conn: &mut Connection,
    scope: &Scope,
    filter: &Filter,
    count: usize,
) -> Result<bool> {
    let stretch = Stretch::from(&Start::First, &filter.search);
    Ok(!load(conn, scope, &stretch, None, (count, 1))?.is_empty())
}

/// The last of so many customers along the stretch; `None` when they reach the end of the list.
///
/// # Errors
/// Database errors.
pub(super) fn horizon(
    conn: &mut Connection,
    scope: &Scope,
    stretch: &Stretch,
    length: usize,
) -> Result<Option<Key>> {
    // The offset is short and fixed, and the index alone answers it.
    match load(conn, scope, stretch, None, (length - 1, 2))?.as_slice() {
        [last, _] => Ok(Some(last.clone())),
        _ => Ok(None),
    }
}

type Part<'a> = Option<(&'a str, Way)>;

fn load(
    conn: &mut Connection,
    scope: &Scope,
    stretch: &Stretch,
    part: Part<'_>,
    rows: (usize, usize),
) -> Result<Vec<Key>> {
    match scope {
        Scope::Of(provider) => of_provider(conn, provider, stretch, part, rows),
        Scope::DelegatedTo(reseller, provider) => {
            delegated(conn, (reseller, provider.as_ref()), stretch, part, rows)
        }
    }
}

fn of_provider(
    conn: &mut Connection,
    provider: &OrganisationId,
    stretch: &Stretch,
    part: Part<'_>,
    rows: (usize, usize),
) -> Result<Vec<Key>> {
    let mut query =
        customers::table.filter(is("customers.provider_id", provider, is_hidden(part))).into_boxed();
    if let Some(beginning) = &stretch.beginning {
        query = query.filter(begins(customers::sort_name, beginning));
    }
    match part {
        None => {}
        Some((text, Way::InOrder)) => {
            query = query.filter(any_has(["customers.sort_name", "customers.domain", "customers.id"], text));
        }
        Some((text, Way::By(index))) => query = query.filter(index.finds(conn, text)),
    }
    keys(conn, query, ascending(customers::sort_name, customers::id), &stretch.portion(rows))
}

fn delegated(
    conn: &mut Connection,
    (reseller, provider): (&OrganisationId, Option<&OrganisationId>),
    stretch: &Stretch,
    part: Part<'_>,
    rows: (usize, usize),
) -> Result<Vec<Key>> {
    let mut query = lasting().filter(is("delegations.reseller_id", reseller, is_hidden(part))).into_boxed();
    if let Some(provider) = provider {
        query = query.filter(is("delegations.provider_id", provider, is_hidden(part)));
    }
    if let Some(beginning) = &stretch.beginning {
        query = query.filter(begins(delegations::customer_sort_name, beginning));
    }
    match part {
        None => {}
        Some((text, Way::InOrder)) => {
            let columns =
                ["delegations.customer_sort_name", "delegations.customer_domain", "delegations.customer_id"];
            query = query.filter(any_has(columns, text));
        }
        Some((text, Way::By(index))) => {
            query = query.filter(is_of_found(conn, index, text));
        }
    }
    let order = ascending(delegations::customer_sort_name, delegations::customer_id);
    keys(conn, query, order, &stretch.portion(rows))
}

/// Whether the columns that begin the indexes in list order are to be hidden from them.
fn is_hidden(part: Part<'_>) -> bool {
    matches!(part, Some((_, Way::By(_))))
}
