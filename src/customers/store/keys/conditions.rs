//! The conditions of a list, alike for the table of customers and that of delegations.

use diesel::dsl::sql;
use diesel::sql_types::{Bool, Text};

use super::index::Index;
use crate::db::Connection;
use crate::db::like::any_part;
use crate::db::row_values::{Column, Condition};
use crate::db::schema::customers;
use crate::values::id::OrganisationId;

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

/// The delegation is of a customer that has the text, as an index tells.
pub(super) fn is_of_found<T: 'static>(conn: &Connection, index: Index, text: &str) -> Condition<T> {
    let rows = "delegations.customer_id IN (SELECT customers.id FROM customers WHERE ";
    let found = index.finds::<customers::table>(conn, text);
    Box::new(sql::<Bool>(rows).bind::<Bool, _>(found).sql(")"))
}

/// The names begin with this.
pub(super) fn begins<T: 'static>(name: impl Column<T, Text> + Copy, beginning: &str) -> Condition<T> {
    let from = sql::<Bool>("").bind::<Text, _>(name).sql(" >= ").bind::<Text, _>(beginning.to_owned());
    // Names are compared byte by byte, and nothing sorts after this character.
    let end = format!("{beginning}{}", char::MAX);
    Box::new(from.sql(" AND ").bind::<Text, _>(name).sql(" < ").bind::<Text, _>(end))
}
