//! The rows of a list by name from where a page is read.

use diesel::dsl::sql;
use diesel::sql_types::{Bool, Text};

use super::Start;
use crate::db::row_values::{Column, Condition, Than, are};

/// The rows beyond the start, in the direction in which the page is read.
pub fn beyond<T, S, I>(start: &Start, columns: (S, I)) -> Condition<T>
where
    T: 'static,
    S: Column<T, Text>,
    I: Column<T, Text>,
{
    match start {
        Start::First => Box::new(sql::<Bool>("TRUE")),
        Start::After(key) => are(columns, Than::Greater, (key.sort.clone(), &key.id)),
        Start::Before(key) => are(columns, Than::Less, (key.sort.clone(), &key.id)),
    }
}
