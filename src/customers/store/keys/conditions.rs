//! The conditions of a list, alike for the table of customers and that of delegations.

use diesel::dsl::sql;
use diesel::expression::is_aggregate;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};

use super::scope::Stretch;
use crate::customers::model::search::phrase;
use crate::db::Connection;
use crate::db::like::any_part;
use crate::values::id::OrganisationId;
use crate::web::pager::{Key, Start};

type Both = <Connection as diesel::Connection>::Backend;

/// A condition on rows of a table.
pub(super) type Condition<T> = Box<dyn BoxableExpression<T, Both, (), is_aggregate::Never, SqlType = Bool>>;

/// A column is this organisation. A hidden column stands inside an expression: no index serves it, so that
/// neither database can take the way in list order instead of the one by trigrams.
pub(super) fn is<T: 'static>(column: &str, organisation: &OrganisationId, is_hidden: bool) -> Condition<T> {
    let hidden = if is_hidden { " || ''" } else { "" };
    Box::new(sql::<Bool>(&format!("{column}{hidden} = ")).bind::<Text, _>(organisation.to_string()))
}

/// One of the columns has the text. They are what `search_text` is made of, and stand in the index of the list.
pub(super) fn any_has<T: 'static>([name, domain, id]: [&str; 3], text: &str) -> Condition<T> {
    let like = |before: &str, column: &str| format!("{before}{column} LIKE ");
    Box::new(
        sql::<Bool>(&like("(", name))
            .bind::<Text, _>(any_part(text))
            .sql(&like(" ESCAPE '\\' OR ", domain))
            .bind::<Text, _>(any_part(text))
            .sql(&like(" ESCAPE '\\' OR ", id))
            .bind::<Text, _>(any_part(text))
            .sql(" ESCAPE '\\')"),
    )
}

/// The customer is among the rows that SQLite's full-text table finds. PostgreSQL uses its index of
/// trigrams for LIKE by itself.
pub(super) fn has_trigrams<T: 'static>(before: &str, part: &str, after: &str) -> Condition<T> {
    let rows = "customers.row IN (SELECT rowid FROM customer_search WHERE customer_search MATCH ";
    Box::new(sql::<Bool>(&format!("{before}{rows}")).bind::<Text, _>(phrase(part)).sql(after))
}

/// The stretch in terms of the two columns of a key.
pub(super) fn bounds<T: 'static>((sort, id): (&str, &str), stretch: &Stretch) -> Vec<Condition<T>> {
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
