//! Writing what may be refused: keys that somebody else may have by now, and deeds that are undone as a whole.

use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::result::{DatabaseErrorKind, Error as DieselError};

use super::Connection;
use super::either::MultiBackend;
use crate::error::{Error, Result};

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

/// Does something inside a savepoint, which is kept where the deed answers `Ok`, and else undone, with the reason.
///
/// # Errors
/// What the deed fails with, after which nothing of it is kept either; database errors.
pub fn unless_refused<T, R>(
    conn: &mut Connection,
    deed: impl FnOnce(&mut Connection) -> Result<std::result::Result<T, R>>,
) -> Result<std::result::Result<T, R>> {
    let done = diesel::Connection::transaction(conn, |conn| match deed(conn) {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(reason)) => Err(Undone::Refused(reason)),
        Err(error) => Err(Undone::Failed(error)),
    });
    match done {
        Ok(done) => Ok(Ok(done)),
        Err(Undone::Refused(reason)) => Ok(Err(reason)),
        Err(Undone::Failed(error)) => Err(error),
    }
}

/// Why a savepoint is not kept.
enum Undone<R> {
    Refused(R),
    Failed(Error),
}

impl<R> From<DieselError> for Undone<R> {
    fn from(error: DieselError) -> Self {
        Self::Failed(error.into())
    }
}

/// Whether something that was to go is named by something else.
pub fn is_referred_to(error: &Error) -> bool {
    let Error::Internal(cause) = error else { return false };
    let kind = DatabaseErrorKind::ForeignKeyViolation;
    matches!(cause.downcast_ref(), Some(DieselError::DatabaseError(its, _)) if *its == kind)
}
