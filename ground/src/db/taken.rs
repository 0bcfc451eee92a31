//! Writing keys that somebody else may have by now.

use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::result::{DatabaseErrorKind, Error as DieselError};

use super::Connection;
use super::either::MultiBackend;
use crate::error::Result;

/// Inserts a row and answers whether its keys were still free. If they were not, nothing has happened.
///
/// What holds the key was there when the transaction began, so that its queries find it. If it came later, PostgreSQL
/// fails with a conflict instead of passing it over, and [`super::Db::write`] tries again: an answer such as "somebody
/// else has this address" would be given to whoever merely sent a form twice.
///
/// # Errors
/// Database errors, such as that conflict.
pub fn unless_taken<Insert>(conn: &mut Connection, insert: Insert) -> Result<bool>
where
    Insert: QueryFragment<MultiBackend>,
{
    Ok(UnlessTaken(insert).execute(conn)? > 0)
}

struct UnlessTaken<Insert>(Insert);

impl<Insert: QueryFragment<MultiBackend>> QueryFragment<MultiBackend> for UnlessTaken<Insert> {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        self.0.walk_ast(pass.reborrow())?;
        pass.push_sql(" ON CONFLICT DO NOTHING");
        Ok(())
    }
}

impl<Insert> QueryId for UnlessTaken<Insert> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Insert> RunQueryDsl<Connection> for UnlessTaken<Insert> {}

/// Runs an update inside a savepoint and answers whether the keys it gives were still free. Whoever holds them is not
/// always seen by this transaction.
///
/// # Errors
/// Every database error but a unique violation, which would otherwise spoil the whole transaction on PostgreSQL.
pub fn change_unless_taken(
    conn: &mut Connection,
    change: impl FnOnce(&mut Connection) -> QueryResult<usize>,
) -> Result<bool> {
    match diesel::Connection::transaction(conn, change) {
        Ok(_) => Ok(true),
        Err(DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, _)) => Ok(false),
        Err(error) => Err(error.into()),
    }
}
