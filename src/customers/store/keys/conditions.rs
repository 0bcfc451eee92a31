//! The conditions of a list, alike for the table of customers and that of delegations.

use diesel::sql_types::Text;

use super::index::Index;
use crate::db::Connection;
use crate::db::like::any_part;
use crate::db::row_values::{Column, Condition};
use crate::db::schema::customers;
use crate::db::snippet::Snippet;
use crate::values::id::OrganisationId;

/// A column is this organisation. A hidden column stands inside an expression: no index serves it, so that
/// neither database can take the way in list order instead of the one by trigrams.
pub(super) fn is<T: 'static>(
    column: &'static str,
    organisation: &OrganisationId,
    is_hidden: bool,
) -> Condition<T> {
    let hidden = if is_hidden { " || ''" } else { "" };
    Snippet::new(column).words(hidden).words(" = ").value::<Text, _>(organisation.to_string()).on()
}

/// One of the columns has the text. They are what `search_text` is made of, and stand in the index of the list.
pub(super) fn any_has<T: 'static>([name, domain, id]: [&'static str; 3], text: &str) -> Condition<T> {
    let like = |before: Snippet, column: &'static str| {
        before.words(column).words(" LIKE ").value::<Text, _>(any_part(text)).words(" ESCAPE '\\'")
    };
    let name_or_domain = like(like(Snippet::new("("), name).words(" OR "), domain);
    like(name_or_domain.words(" OR "), id).words(")").on()
}

/// The delegation is of a customer that has the text, as an index tells.
pub(super) fn is_of_found<T: 'static>(conn: &Connection, index: Index, text: &str) -> Condition<T> {
    let rows = "delegations.customer_id IN (SELECT customers.id FROM customers WHERE ";
    let found = index.finds::<customers::table>(conn, text);
    Snippet::new(rows).part(found).words(")").on()
}

/// The names begin with this.
pub(super) fn begins<T: 'static>(name: impl Column<T, Text> + Copy, beginning: &str) -> Condition<T> {
    let from = Snippet::new("").part(name).words(" >= ").value::<Text, _>(beginning.to_owned());
    // Names are compared byte by byte, and nothing sorts after this character.
    let end = format!("{beginning}{}", char::MAX);
    from.words(" AND ").part(name).words(" < ").value::<Text, _>(end).on()
}
