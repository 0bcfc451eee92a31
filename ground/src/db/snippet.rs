//! Conditions that diesel has no words for, written by hand. Their words are fixed, so that the statement they stand in
//! stays prepared; diesel's own `sql` may hold anything, and what holds it is prepared anew each time.

use diesel::expression::{AppearsOnTable, AsExpression, SelectableExpression, ValidGrouping, is_aggregate};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sql_types::{Bool, SingleValue, SqlType};

use super::row_values::{Both, Condition};

/// A condition, piece by piece.
pub struct Snippet(Vec<Piece>);

enum Piece {
    Words(&'static str),
    Part(Box<dyn QueryFragment<Both> + Send>),
}

impl Snippet {
    pub fn new(words: &'static str) -> Self {
        Self(vec![Piece::Words(words)])
    }

    #[must_use]
    pub fn words(mut self, words: &'static str) -> Self {
        self.0.push(Piece::Words(words));
        self
    }

    /// A column, or anything else that writes itself.
    #[must_use]
    pub fn part(mut self, part: impl QueryFragment<Both> + Send + 'static) -> Self {
        self.0.push(Piece::Part(Box::new(part)));
        self
    }

    /// A value, which is bound.
    #[must_use]
    pub fn value<ST, V>(self, value: V) -> Self
    where
        ST: SqlType + SingleValue,
        V: AsExpression<ST>,
        V::Expression: QueryFragment<Both> + Send + 'static,
    {
        self.part(value.as_expression())
    }

    /// The same as a condition on the rows of a table. Nothing knows whether its columns are of that table.
    pub fn on<T: 'static>(self) -> Condition<T> {
        Box::new(self)
    }
}

impl QueryFragment<Both> for Snippet {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, Both>) -> QueryResult<()> {
        for piece in &self.0 {
            match piece {
                Piece::Words(words) => pass.push_sql(words),
                Piece::Part(part) => part.walk_ast(pass.reborrow())?,
            }
        }
        Ok(())
    }
}

impl Expression for Snippet {
    type SqlType = Bool;
}

impl ValidGrouping<()> for Snippet {
    type IsAggregate = is_aggregate::Never;
}

impl QueryId for Snippet {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<T> AppearsOnTable<T> for Snippet {}

impl<T> SelectableExpression<T> for Snippet {}
