//! Whether a column is one of many values. Bound as one value, so that the statement is the same however many there are,
//! and stays prepared; `IN (?, ?, …)` is prepared anew for every page.

use diesel::dsl::sql;
use diesel::sql_types::{Bool, Text};

use super::Connection;
use super::row_values::{Column, Condition};
use crate::error::{Error, Result};

/// Rows whose column is one of these.
///
/// # Errors
/// When the values cannot be written as JSON, which texts always can.
pub fn among<'a, T, C>(
    conn: &Connection,
    column: C,
    values: impl IntoIterator<Item = &'a str>,
) -> Result<Condition<T>>
where
    T: 'static,
    C: Column<T, Text>,
{
    let values: Vec<&str> = values.into_iter().collect();
    let list = serde_json::to_string(&values).map_err(|error| Error::Internal(error.into()))?;
    let (before, after) = match conn.is_sqlite() {
        true => (" IN (SELECT value FROM json_each(", "))"),
        false => (" = ANY (ARRAY(SELECT jsonb_array_elements_text(", "::jsonb)))"),
    };
    Ok(Box::new(sql::<Bool>("").bind::<Text, _>(column).sql(before).bind::<Text, _>(list).sql(after)))
}
