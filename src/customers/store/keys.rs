//! Keys of customers in the order of the list. Every query here is answered through an index that holds the
//! order, or through the index of trigrams, so none becomes slow when there are a million customers.

use diesel::dsl::sql;
use diesel::expression::is_aggregate;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};

use crate::access::Reach;
use crate::customers::model::search::{Filter, Search, pattern, phrase};
use crate::db::Connection;
use crate::db::schema::{customers, delegations};
use crate::error::Result;
use crate::values::id::{CustomerId, OrganisationId};
use crate::web::pager::{Key, Start};

/// So many customers are looked at in list order before a search turns to the index of trigrams.
pub(super) const GLANCE: i64 = 10_000;

type Both = <Connection as diesel::Connection>::Backend;
type Condition<T> = Box<dyn BoxableExpression<T, Both, (), is_aggregate::Never, SqlType = Bool>>;

/// A set of customers that an index keeps in list order.
#[derive(Clone)]
pub(super) enum Scope {
    Of(OrganisationId),
    /// Delegated to a reseller; by this provider, or by any.
    DelegatedTo(OrganisationId, Option<OrganisationId>),
}

impl Scope {
    /// `None` when nothing is within reach.
    pub(super) fn new(reach: &Reach, filter: &Filter) -> Option<Self> {
        match (reach, &filter.reseller) {
            (Reach::Provider(provider), Some(reseller)) => {
                Some(Self::DelegatedTo(reseller.clone(), Some(provider.clone())))
            }
            (Reach::Provider(provider), None) => Some(Self::Of(provider.clone())),
            // A reseller's people see their own part and nothing of how the others' is divided.
            (Reach::Reseller(reseller), _) => Some(Self::DelegatedTo(reseller.clone(), None)),
            (Reach::Nothing, _) => None,
        }
    }
}

/// A stretch of the list, read in one direction.
#[derive(Clone)]
pub(super) struct Stretch {
    pub(super) start: Start,
    /// The last key of the stretch.
    pub(super) end: Option<Key>,
    /// What the names begin with.
    beginning: Option<String>,
}

impl Stretch {
    pub(super) fn from(start: &Start, search: &Search) -> Self {
        let beginning = match search {
            Search::Beginning(text) => Some(text.clone()),
            Search::Everything | Search::Part(_) => None,
        };
        Self { start: start.clone(), end: None, beginning }
    }

    pub(super) fn until(&self, end: Option<Key>) -> Self {
        Self { end, ..self.clone() }
    }

    fn is_backwards(&self) -> bool {
        matches!(self.start, Start::Before(_))
    }
}

/// How a part of the text is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Customer by customer in list order: fast when the stretch is short.
    InOrder,
    /// Through the index of trigrams, then sorted: fast when few customers have the part.
    ByTrigrams,
}

/// The first `limit` keys of a filtered list.
///
/// A search first glances at the next customers in order, which fills the page when the part is frequent.
/// If not, the part is rare or far away, and the index of trigrams knows.
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
    let Search::Part(part) = &filter.search else {
        return load(conn, scope, &stretch, None, (0, limit));
    };
    let horizon = horizon(conn, scope, &stretch)?;
    let is_all = horizon.is_none();
    let near = load(conn, scope, &stretch.until(horizon), Some((part, Way::InOrder)), (0, limit))?;
    if is_all || i64::try_from(near.len()).is_ok_and(|found| found >= limit) {
        return Ok(near);
    }
    load(conn, scope, &stretch, Some((part, Way::ByTrigrams)), (0, limit))
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
    let part = match &filter.search {
        Search::Part(part) => Some((part.as_str(), Way::InOrder)),
        Search::Everything | Search::Beginning(_) => None,
    };
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

/// Where a glance along the stretch ends; `None` when it reaches the end of the list.
///
/// # Errors
/// Database errors.
pub(super) fn horizon(conn: &mut Connection, scope: &Scope, stretch: &Stretch) -> Result<Option<Key>> {
    // The offset is short and fixed, and the index alone answers it.
    match load(conn, scope, stretch, None, (GLANCE - 1, 2))?.as_slice() {
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
    let keys = match scope {
        Scope::Of(provider) => of_provider(conn, provider, stretch, part, rows)?,
        Scope::DelegatedTo(reseller, provider) => {
            delegated(conn, (reseller, provider.as_ref()), stretch, part, rows)?
        }
    };
    Ok(keys.into_iter().map(|(sort, id)| Key::new(sort, id)).collect())
}

fn of_provider(
    conn: &mut Connection,
    provider: &OrganisationId,
    stretch: &Stretch,
    part: Part<'_>,
    (offset, limit): (i64, i64),
) -> QueryResult<Vec<(String, CustomerId)>> {
    let mut query = customers::table
        .select((customers::sort_name, customers::id))
        .filter(is("customers.provider_id", provider, part))
        .offset(offset)
        .limit(limit)
        .into_boxed();
    for bound in bounds(("customers.sort_name", "customers.id"), stretch) {
        query = query.filter(bound);
    }
    match part {
        None => {}
        Some((text, Way::InOrder)) => {
            query = query.filter(any_has(["customers.sort_name", "customers.domain", "customers.id"], text));
        }
        Some((text, Way::ByTrigrams)) => {
            query = query.filter(customers::search_text.like(pattern(text)).escape('\\'));
            if is_sqlite(conn) {
                query = query.filter(has_trigrams("", text, ")"));
            }
        }
    }
    if stretch.is_backwards() {
        query.order((customers::sort_name.desc(), customers::id.desc())).load(conn)
    } else {
        query.order((customers::sort_name, customers::id)).load(conn)
    }
}

fn delegated(
    conn: &mut Connection,
    (reseller, provider): (&OrganisationId, Option<&OrganisationId>),
    stretch: &Stretch,
    part: Part<'_>,
    (offset, limit): (i64, i64),
) -> QueryResult<Vec<(String, CustomerId)>> {
    let mut query = delegations::table
        .select((delegations::customer_sort_name, delegations::customer_id))
        .filter(delegations::ended_at.is_null())
        .filter(is("delegations.reseller_id", reseller, part))
        .offset(offset)
        .limit(limit)
        .into_boxed();
    if let Some(provider) = provider {
        query = query.filter(is("delegations.provider_id", provider, part));
    }
    for bound in bounds(("delegations.customer_sort_name", "delegations.customer_id"), stretch) {
        query = query.filter(bound);
    }
    match part {
        None => {}
        Some((text, Way::InOrder)) => {
            let columns =
                ["delegations.customer_sort_name", "delegations.customer_domain", "delegations.customer_id"];
            query = query.filter(any_has(columns, text));
        }
        Some((text, Way::ByTrigrams)) => {
            let found = customers::table
                .filter(customers::id.eq(delegations::customer_id))
                .filter(customers::search_text.like(pattern(text)).escape('\\'));
            query = query.filter(diesel::dsl::exists(found));
            if is_sqlite(conn) {
                let customers = "delegations.customer_id IN (SELECT customers.id FROM customers WHERE ";
                query = query.filter(has_trigrams(customers, text, "))"));
            }
        }
    }
    if stretch.is_backwards() {
        query.order((delegations::customer_sort_name.desc(), delegations::customer_id.desc())).load(conn)
    } else {
        query.order((delegations::customer_sort_name, delegations::customer_id)).load(conn)
    }
}

fn is_sqlite(conn: &Connection) -> bool {
    matches!(conn, Connection::Sqlite(_))
}

/// A column is this organisation. On the way through the trigrams the column hides inside an expression: no
/// index serves it then, and neither database can take the long way in list order instead.
fn is<T: 'static>(column: &str, organisation: &OrganisationId, part: Part<'_>) -> Condition<T> {
    let hidden = if matches!(part, Some((_, Way::ByTrigrams))) { " || ''" } else { "" };
    Box::new(sql::<Bool>(&format!("{column}{hidden} = ")).bind::<Text, _>(organisation.to_string()))
}

/// One of the columns has the text. They are what `search_text` is made of, and stand in the index of the list.
fn any_has<T: 'static>([name, domain, id]: [&str; 3], text: &str) -> Condition<T> {
    let like = |before: &str, column: &str| format!("{before}{column} LIKE ");
    Box::new(
        sql::<Bool>(&like("(", name))
            .bind::<Text, _>(pattern(text))
            .sql(&like(" ESCAPE '\\' OR ", domain))
            .bind::<Text, _>(pattern(text))
            .sql(&like(" ESCAPE '\\' OR ", id))
            .bind::<Text, _>(pattern(text))
            .sql(" ESCAPE '\\')"),
    )
}

/// The customer is among the rows that SQLite's full-text table finds. PostgreSQL uses its index of
/// trigrams for LIKE by itself.
fn has_trigrams<T: 'static>(before: &str, part: &str, after: &str) -> Condition<T> {
    let rows = "customers.row IN (SELECT rowid FROM customer_search WHERE customer_search MATCH ";
    Box::new(sql::<Bool>(&format!("{before}{rows}")).bind::<Text, _>(phrase(part)).sql(after))
}

/// The stretch in terms of the two columns of a key.
fn bounds<T: 'static>((sort, id): (&str, &str), stretch: &Stretch) -> Vec<Condition<T>> {
    let compare = |operator: &str, key: &Key| -> Condition<T> {
        let row = sql::<Bool>(&format!("({sort}, {id}) {operator} ("));
        Box::new(row.bind::<Text, _>(key.sort.clone()).sql(", ").bind::<Text, _>(key.id.clone()).sql(")"))
    };
    let mut bounds = Vec::new();
    match &stretch.start {
        Start::First => {}
        Start::After(key) => bounds.push(compare(">", key)),
        Start::Before(key) => bounds.push(compare("<", key)),
    }
    if let Some(end) = &stretch.end {
        bounds.push(compare(if stretch.is_backwards() { ">=" } else { "<=" }, end));
    }
    if let Some(beginning) = &stretch.beginning {
        let from: Condition<T> =
            Box::new(sql::<Bool>(&format!("{sort} >= ")).bind::<Text, _>(beginning.clone()));
        // Names are compared byte by byte, and nothing sorts after this character.
        let to = format!("{beginning}{}", char::MAX);
        bounds.push(from);
        bounds.push(Box::new(sql::<Bool>(&format!("{sort} < ")).bind::<Text, _>(to)));
    }
    bounds
}
