//! Keys of customers in the order of a list. Every query here is answered through an index that holds the view in that
//! order, or through one that finds a text inside names, so none becomes slow when there are a million customers.

mod conditions;
mod index;
mod query;
mod scope;

use self::index::Index;
use self::query::Query;
pub(super) use self::scope::{Scope, Stretch};
use crate::customers::model::listing::{Order, Sort};
use crate::customers::model::search::{Filter, Search};
use crate::db::Connection;
use crate::error::Result;
use crate::web::Count;
use crate::web::pager::{Key, Start};

/// So many customers are looked at in list order before a search turns to an index.
pub(super) const GLANCE: usize = 10_000;

/// How a text is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Customer by customer in list order: fast when the stretch is short.
    InOrder,
    /// Through an index that finds it inside names, then sorted: fast when few customers have it.
    By(Index),
    /// Through the index of names, where they only begin with it and the list is in another order.
    ByName,
}

type Part<'a> = Option<(&'a str, Way)>;

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
    let stretch = Stretch::from(start, filter);
    let Some((part, short)) = inside(filter) else {
        return load(conn, scope, filter, &stretch, (None, (0, limit)));
    };
    let horizon = horizon(conn, scope, filter, &stretch, GLANCE)?;
    let is_all = horizon.is_none();
    let near = load(conn, scope, filter, &stretch.until(horizon), (Some((part, Way::InOrder)), (0, limit)))?;
    if is_all || near.len() >= limit {
        return Ok(near);
    }
    let is_rare = is_rare(conn, scope, filter, (part, short), scope.rare())?;
    let way = if is_rare { short } else { Way::InOrder };
    load(conn, scope, filter, &stretch, (Some((part, way)), (0, limit)))
}

/// What is looked for while a list is read, and the way that is short where it is rare. What names begin with is a stretch of a list
/// by name, and in every other order it is looked for.
fn inside(filter: &Filter) -> Option<(&str, Way)> {
    match &filter.search {
        Search::Part(part) => Some((part, Way::By(Index::Trigrams))),
        Search::Word(word) => Some((word, Way::By(Index::Words))),
        Search::Beginning(text) if filter.order.by != Sort::Name => Some((text, Way::ByName)),
        Search::Everything | Search::Beginning(_) => None,
    }
}

/// All keys of a stretch that are looked for, if an index knows that so few customers have what is looked for.
///
/// # Errors
/// Database errors.
pub(super) fn few(
    conn: &mut Connection,
    scope: &Scope,
    filter: &Filter,
    stretch: &Stretch,
    most: usize,
) -> Result<Option<Vec<Key>>> {
    match inside(filter) {
        Some(part) if is_rare(conn, scope, filter, part, most)? => {
            Ok(Some(load(conn, scope, filter, stretch, (Some(part), (0, most)))?))
        }
        _ => Ok(None),
    }
}

/// Whether so few customers have what is looked for: mostly so few that the way by an index is the shorter one indeed.
fn is_rare(
    conn: &mut Connection,
    scope: &Scope,
    filter: &Filter,
    (part, short): (&str, Way),
    most: usize,
) -> Result<bool> {
    match short {
        Way::By(index) => index.is_rare(conn, part, most),
        // The list by name knows: they are a stretch of it.
        Way::ByName | Way::InOrder => {
            let by_name = Order { by: Sort::Name, is_descending: false };
            Ok(!has_more_than(conn, scope, &Filter { order: by_name, ..filter.clone() }, most)?)
        }
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
    let part = inside(filter).map(|(part, _)| (part, Way::InOrder));
    load(conn, scope, filter, stretch, (part, (0, GLANCE)))
}

/// How many customers a list has whose search, if any, is a stretch of it: counted as far as that is cheap.
///
/// # Errors
/// Database errors.
pub(super) fn count(conn: &mut Connection, scope: &Scope, filter: &Filter) -> Result<Count> {
    if has_more_than(conn, scope, filter, Count::MOST)? {
        return Ok(Count::MoreThan(Count::MOST));
    }
    let stretch = Stretch::from(&Start::First, filter);
    Ok(Count::Exactly(Query::new(conn, scope, filter, &stretch, None).count(conn)?))
}

fn has_more_than(conn: &mut Connection, scope: &Scope, filter: &Filter, count: usize) -> Result<bool> {
    let stretch = Stretch::from(&Start::First, filter);
    Ok(!load(conn, scope, filter, &stretch, (None, (count, 1)))?.is_empty())
}

/// The last of so many customers along the stretch; `None` when they reach the end of the list.
///
/// # Errors
/// Database errors.
pub(super) fn horizon(
    conn: &mut Connection,
    scope: &Scope,
    filter: &Filter,
    stretch: &Stretch,
    length: usize,
) -> Result<Option<Key>> {
    // The offset is short and fixed, and the index alone answers it.
    match load(conn, scope, filter, stretch, (None, (length - 1, 2)))?.as_slice() {
        [last, _] => Ok(Some(last.clone())),
        _ => Ok(None),
    }
}

fn load(
    conn: &mut Connection,
    scope: &Scope,
    filter: &Filter,
    stretch: &Stretch,
    (part, rows): (Part<'_>, (usize, usize)),
) -> Result<Vec<Key>> {
    Query::new(conn, scope, filter, stretch, part).keys(conn, filter.order, &stretch.portion(rows))
}
