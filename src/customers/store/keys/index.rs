//! The indexes that find a text inside names, and whether many customers have it.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};

use crate::db::Connection;
use crate::db::like::any_part;
use crate::db::row_values::Condition;
use crate::error::Result;

/// What finds a text inside a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Index {
    /// Any three characters or more of name, domain and id: an index of trigrams.
    Trigrams,
    /// One or two characters of a script that writes words with as few: the table of words lists them.
    Words,
}

impl Index {
    /// The customer has the text. SQLite's full-text tables may find a little more, so it looks at the text itself, too.
    pub(super) fn finds<T: 'static>(self, conn: &Connection, text: &str) -> Condition<T> {
        let rows = self.rows(conn);
        let (before, after) = match (conn.is_sqlite(), self) {
            (true, Self::Trigrams) => ("(customers.row IN (", ")"),
            (true, Self::Words) => (
                "(customers.id IN (SELECT customer_words.customer_id FROM customer_words WHERE customer_words.row IN (",
                "))",
            ),
            (false, Self::Trigrams) => {
                let has = sql::<Bool>("customers.search_text LIKE ").bind::<Text, _>(any_part(text));
                return Box::new(has.sql(" ESCAPE '\\'"));
            }
            (false, Self::Words) => {
                let found = sql::<Bool>(&format!("customers.id IN ({}", rows.before));
                return Box::new(found.bind::<Text, _>(text.to_owned()).sql(&format!("{})", rows.after)));
            }
        };
        let found = sql::<Bool>(&format!("{before}{}", rows.before)).bind::<Text, _>(phrase(text));
        let has = found.sql(&format!("{}{after} AND customers.search_text LIKE ", rows.after));
        Box::new(has.bind::<Text, _>(any_part(text)).sql(" ESCAPE '\\')"))
    }

    /// Whether at most `count` customers of anybody have the text. Counting stops there.
    pub(super) fn is_rare(self, conn: &mut Connection, text: &str, count: usize) -> Result<bool> {
        let rows = self.rows(conn);
        let (value, found) = match (conn.is_sqlite(), self) {
            (true, _) => (phrase(text), "(WITH found AS ("),
            // Materialised, so that the limit does not talk PostgreSQL into reading the whole table.
            (false, Self::Trigrams) => (any_part(text), "(WITH found AS MATERIALIZED ("),
            (false, Self::Words) => (text.to_owned(), "(WITH found AS MATERIALIZED ("),
        };
        let counted = format!(
            "{}) SELECT count(*) <= {count} FROM (SELECT 1 FROM found LIMIT {}) AS few)",
            rows.after,
            count + 1
        );
        let is_rare = sql::<Bool>(&format!("{found}{}", rows.before)).bind::<Text, _>(value).sql(&counted);
        Ok(diesel::select(is_rare).get_result(conn)?)
    }

    fn rows(self, conn: &Connection) -> Rows {
        let (before, after) = match (conn.is_sqlite(), self) {
            (true, Self::Trigrams) => ("SELECT rowid FROM customer_search WHERE customer_search MATCH ", ""),
            (true, Self::Words) => {
                ("SELECT rowid FROM customer_word_search WHERE customer_word_search MATCH ", "")
            }
            (false, Self::Trigrams) => {
                ("SELECT customers.id FROM customers WHERE customers.search_text LIKE ", " ESCAPE '\\'")
            }
            (false, Self::Words) => (
                "SELECT customer_words.customer_id FROM customer_words WHERE string_to_array(customer_words.parts, ' ') @> ARRAY[",
                "]",
            ),
        };
        Rows { before, after }
    }
}

/// The query for the rows that an index finds, up to the value that it looks for and behind it.
struct Rows {
    before: &'static str,
    after: &'static str,
}

/// What SQLite's full-text tables look for: in quotes, so that nothing in it is an operator.
fn phrase(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_only_characters() {
        assert_eq!(phrase(r#"a" or "b"#), r#""a"" or ""b""#);
    }
}
