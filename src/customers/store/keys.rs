//! Keys of customers in the order of the list. Every query here is answered through an index that holds the
//! order, or through one that finds a text inside names, so none becomes slow when there are a million customers.

mod conditions;
mod index;
mod scope;

use diesel::prelude::*;

use self::conditions::{any_has, bounds, is, is_of_found};
use self::index::Index;
pub(super) use self::scope::{Scope, Stretch};
use crate::customers::facts::lasting;
use crate::customers::model::search::{Filter, Search};
use crate::db::Connection;
use crate::db::schema::{customers, delegations};
use crate::error::Result;
use crate::values::id::{CustomerId, OrganisationId};
use crate::web::pager::{Key, Start};

/// So many customers are looked at in list order before a search turns to an index.
pub(super) const GLANCE: i64 = 10_000;

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
    let limit = i64::try_from(limit).unwrap_or(GLANCE);
    let Some((part, index)) = inside(&filter.search) else {
        return load(conn, scope, &stretch, None, (0, limit));
    };
    let horizon = horizon(conn, scope, &stretch, GLANCE)?;
    let is_all = horizon.is_none();
    let near = load(conn, scope, &stretch.until(horizon), Some((part, Way::InOrder)), (0, limit))?;
    if is_all || i64::try_from(near.len()).is_ok_and(|found| found >= limit) {
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
    let offset = i64::try_from(count).unwrap_or(GLANCE);
    Ok(!load(conn, scope, &stretch, None, (offset, 1))?.is_empty())
}

/// The last of so many customers along the stretch; `None` when they reach the end of the list.
///
/// # Errors
/// Database errors.
pub(super) fn horizon(
    conn: &mut Connection,
    scope: &Scope,
    stretch: &Stretch,
    length: i64,
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
    rows: (i64, i64),
) -> Result<Vec<Key>> {
    match scope {
        Scope::Of(provider) => of_provider(conn, provider, stretch, part, rows),
        Scope::DelegatedTo(reseller, provider) => {
            delegated(conn, (reseller, provider.as_ref()), stretch, part, rows)
        }
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = customers)]
struct CustomerKey {
    sort_name: String,
    id: CustomerId,
}

fn of_provider(
    conn: &mut Connection,
    provider: &OrganisationId,
    stretch: &Stretch,
    part: Part<'_>,
    (offset, limit): (i64, i64),
) -> Result<Vec<Key>> {
    let mut query = customers::table
        .select(CustomerKey::as_select())
        .filter(is("customers.provider_id", provider, is_hidden(part)))
        .offset(offset)
        .limit(limit)
        .into_boxed();
    for bound in bounds((customers::sort_name, customers::id), stretch) {
        query = query.filter(bound);
    }
    match part {
        None => {}
        Some((text, Way::InOrder)) => {
            query = query.filter(any_has(["customers.sort_name", "customers.domain", "customers.id"], text));
        }
        Some((text, Way::By(index))) => query = query.filter(index.finds(conn, text)),
    }
    query = match stretch.is_backwards() {
        true => query.order((customers::sort_name.desc(), customers::id.desc())),
        false => query.order((customers::sort_name, customers::id)),
    };
    let rows: Vec<CustomerKey> = query.load(conn)?;
    Ok(rows.into_iter().map(|row| Key::new(row.sort_name, row.id)).collect())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = delegations)]
struct DelegationKey {
    customer_sort_name: String,
    customer_id: CustomerId,
}

fn delegated(
    conn: &mut Connection,
    (reseller, provider): (&OrganisationId, Option<&OrganisationId>),
    stretch: &Stretch,
    part: Part<'_>,
    (offset, limit): (i64, i64),
) -> Result<Vec<Key>> {
    let mut query = lasting()
        .select(DelegationKey::as_select())
        .filter(is("delegations.reseller_id", reseller, is_hidden(part)))
        .offset(offset)
        .limit(limit)
        .into_boxed();
    if let Some(provider) = provider {
        query = query.filter(is("delegations.provider_id", provider, is_hidden(part)));
    }
    for bound in bounds((delegations::customer_sort_name, delegations::customer_id), stretch) {
        query = query.filter(bound);
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
    query = match stretch.is_backwards() {
        true => query.order((delegations::customer_sort_name.desc(), delegations::customer_id.desc())),
        false => query.order((delegations::customer_sort_name, delegations::customer_id)),
    };
    let rows: Vec<DelegationKey> = query.load(conn)?;
    Ok(rows.into_iter().map(|row| Key::new(row.customer_sort_name, row.customer_id)).collect())
}

/// Whether the columns that begin the indexes in list order are to be hidden from them.
fn is_hidden(part: Part<'_>) -> bool {
    matches!(part, Some((_, Way::By(_))))
}
