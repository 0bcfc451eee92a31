//! Comparing two columns with two values at once. Both databases answer that by one index of both columns; of the same
//! said with OR, PostgreSQL would read everything from the beginning of the list.

use diesel::expression::{AsExpression, is_aggregate};
use diesel::prelude::*;
use diesel::query_builder::QueryFragment;
use diesel::sql_types::{Bool, SingleValue, SqlType, Text};

use super::Connection;
use super::snippet::Snippet;

/// What queries are written for.
pub type Both = <Connection as diesel::Connection>::Backend;

/// A condition on the rows of a table, or of several that are joined.
pub type Condition<T> = Box<dyn BoxableExpression<T, Both, (), is_aggregate::Never, SqlType = Bool>>;

/// A column of such rows.
pub trait Column<T, ST>:
    SelectableExpression<T> + Expression<SqlType = ST> + QueryFragment<Both> + Send + 'static
{
}

impl<T, ST, C> Column<T, ST> for C where
    C: SelectableExpression<T> + Expression<SqlType = ST> + QueryFragment<Both> + Send + 'static
{
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Than {
    Greater,
    GreaterOrSame,
    Less,
    LessOrSame,
}

/// Rows in which a column and an id are more, or less, than these.
pub fn are<T, ST, A, B, V>((column, id): (A, B), than: Than, (value, of): (V, &str)) -> Condition<T>
where
    T: 'static,
    ST: SqlType + SingleValue,
    A: Column<T, ST>,
    B: Column<T, Text>,
    V: AsExpression<ST>,
    V::Expression: QueryFragment<Both> + Send + 'static,
{
    let operator = match than {
        Than::Greater => ") > (",
        Than::GreaterOrSame => ") >= (",
        Than::Less => ") < (",
        Than::LessOrSame => ") <= (",
    };
    let columns = Snippet::new("(").part(column).words(", ").part(id);
    columns.words(operator).value::<ST, _>(value).words(", ").value::<Text, _>(of.to_owned()).words(")").on()
}
