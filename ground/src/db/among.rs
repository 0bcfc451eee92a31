//! Whether a column is among values that were read before. `eq_any` writes a placeholder for each value, so every number
//! of values is another statement, which SQLite has to prepare anew; here they come as one value, and the statement stays.

use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment};
use diesel::sql_types::{SingleValue, SqlType, Text};

use super::either::MultiBackend;
use super::row_values::{Column, Condition};
use super::snippet::Snippet;

/// The values as one: a JSON array of texts.
struct List(String);

/// Rows in which the column, which holds a key, is one of these.
pub fn is_among<T, ST, C, V>(column: C, values: impl IntoIterator<Item = V>) -> Condition<T>
where
    T: 'static,
    ST: SqlType + SingleValue,
    C: Column<T, ST>,
    V: ToString,
{
    let values: Vec<String> = values.into_iter().map(|value| value.to_string()).collect();
    Snippet::new("").part(column).part(List(serde_json::Value::from(values).to_string())).on()
}

impl QueryFragment<MultiBackend> for List {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        let (before, behind) = match pass.backend() {
            MultiBackend::Sqlite(_) => (" IN (SELECT value FROM json_each(", "))"),
            MultiBackend::Postgres(_) => (" = ANY(ARRAY(SELECT json_array_elements_text(", "::json)))"),
        };
        pass.push_sql(before);
        pass.push_bind_param::<Text, _>(&self.0)?;
        pass.push_sql(behind);
        Ok(())
    }
}
