//! One command as one transaction, tried again when another one got in between; and what is read as one, too.

use std::time::{Duration, Instant};

use diesel::connection::{AnsiTransactionManager, TransactionManager};
use diesel::result::{DatabaseErrorKind, Error as DieselError};

use super::job::Lent;
use super::limits::Limits;
use super::{Connection, EitherConnection};
use crate::error::{Cause, Error, Outage, Result};

/// How often a command is tried again when others changed what it read. Each try waits a little longer.
const TRIES: u32 = 60;

type Manager = <Connection as diesel::Connection>::TransactionManager;

pub(super) fn run<T>(
    lent: &mut Lent,
    work: &dyn Fn(&mut Connection) -> Result<T>,
    limits: Limits,
) -> Result<T> {
    let begun = Instant::now();
    let mut tries = 0;
    loop {
        tries += 1;
        match once(lent, work) {
            Err(error) if !is_conflict(&error) => return Err(error),
            Err(_) if tries >= TRIES || begun.elapsed() >= limits.retries => return Err(Outage::BUSY.into()),
            Err(_) => pause(tries),
            Ok(value) => return Ok(value),
        }
    }
}

/// Reads within one transaction: one moment of the database, and locks that are taken once instead of for each query.
pub(super) fn snapshot<T>(lent: &mut Lent, work: impl FnOnce(&mut Connection) -> Result<T>) -> Result<T> {
    begin(lent, Purpose::Read)?;
    let answer = work(lent.connection());
    // There is nothing to keep, and a connection that cannot even end this is not used again.
    let _ = Manager::rollback_transaction(lent.connection());
    answer
}

fn once<T>(lent: &mut Lent, work: &dyn Fn(&mut Connection) -> Result<T>) -> Result<T> {
    begin(lent, Purpose::Write)?;
    match std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| work(lent.connection()))) {
        Ok(Ok(value)) => {
            commit(lent)?;
            lent.was_kept();
            Ok(value)
        }
        Ok(Err(error)) => {
            // Some failures have undone it already, and then this fails. The first failure tells more, and whether the
            // connection can serve on is asked when it is given back.
            let _ = Manager::rollback_transaction(lent.connection());
            Err(error)
        }
        Err(panic) => {
            // Give the connection back clean before the panic goes on.
            let _ = Manager::rollback_transaction(lent.connection());
            std::panic::resume_unwind(panic)
        }
    }
}

/// Begins a transaction. A connection that turns out to have ended is replaced: nothing has been asked of it yet.
fn begin(lent: &mut Lent, purpose: Purpose) -> Result<()> {
    let Err(error) = begin_on(lent.connection(), purpose) else { return Ok(()) };
    let is_gone = lent.outage_behind(&error).is_some_and(|outage| outage.cause == Cause::Away);
    if !is_gone {
        return Err(error);
    }
    lent.replace()?;
    begin_on(lent.connection(), purpose)
}

#[derive(Clone, Copy)]
enum Purpose {
    Read,
    Write,
}

fn begin_on(connection: &mut Connection, purpose: Purpose) -> Result<()> {
    match connection.either() {
        EitherConnection::Sqlite(sqlite) => {
            let begin = match purpose {
                Purpose::Read => "BEGIN",
                // Takes the write lock at once; a plain BEGIN fails later, when reading has turned into writing.
                Purpose::Write => "BEGIN IMMEDIATE",
            };
            AnsiTransactionManager::begin_transaction_sql(sqlite, begin)?;
        }
        EitherConnection::Postgres(postgres) => {
            let begin = match purpose {
                Purpose::Read => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
                Purpose::Write => "BEGIN ISOLATION LEVEL SERIALIZABLE",
            };
            AnsiTransactionManager::begin_transaction_sql(postgres, begin)?;
        }
    }
    Ok(())
}

/// Makes it final, if somebody still waits for it. Where the connection ends meanwhile, nobody knows what came of it.
fn commit(lent: &mut Lent) -> Result<()> {
    let job = lent.job();
    if !job.may_commit() {
        let _ = Manager::rollback_transaction(lent.connection());
        return Err(Outage::AWAY.into());
    }
    let Err(error) = Manager::commit_transaction(lent.connection()) else { return Ok(()) };
    let error = match error {
        DieselError::RollbackErrorOnCommit { commit_error, .. } => *commit_error,
        error => error,
    };
    let error = Error::Internal(error.into());
    match lent.outage_behind(&error) {
        Some(outage) if outage.cause == Cause::Away => {
            tracing::warn!(cause = format!("{error:?}"), "a command was cut off while it was made final");
            Err(Outage { may_be_done: true, ..outage }.into())
        }
        _ => {
            job.is_settled();
            Err(error)
        }
    }
}

/// Whether somebody else got in between, so that another try may go through.
fn is_conflict(error: &Error) -> bool {
    let Error::Internal(cause) = error else { return false };
    match cause.downcast_ref::<DieselError>() {
        // PostgreSQL's 40001.
        Some(DieselError::DatabaseError(DatabaseErrorKind::SerializationFailure, _)) => true,
        Some(DieselError::DatabaseError(DatabaseErrorKind::Unknown, information)) => {
            is_busy(information.message()) || is_deadlock(information.details())
        }
        _ => false,
    }
}

/// Somebody got in between, unseen by this transaction: [`super::Db::write`] begins it anew, and then sees them.
pub fn try_again() -> Error {
    let reason: Box<String> = Box::new("changed by another transaction".to_owned());
    DieselError::DatabaseError(DatabaseErrorKind::SerializationFailure, reason).into()
}

/// SQLite's BUSY, when another process writes. SQLite speaks English only.
fn is_busy(message: &str) -> bool {
    message == "database is locked"
}

/// PostgreSQL's 40P01. diesel hides the code, and the server may speak any language, but its details always name
/// the locks of both sides, and these names are not translated.
fn is_deadlock(details: Option<&str>) -> bool {
    let locks = details
        .map_or(0, |details| details.matches("ShareLock").count() + details.matches("ExclusiveLock").count());
    locks >= 2
}

/// Waits up to 4 ms for each try so far, at random, so that those who met do not meet again.
fn pause(tries: u32) {
    let longest = u64::from(tries.min(25)) * 4000;
    std::thread::sleep(Duration::from_micros(rand::random::<u64>() % longest));
}

#[cfg(test)]
mod tests {
    use diesel::result::DatabaseErrorInformation;

    use super::*;

    #[test]
    fn what_another_try_may_mend_is_told_in_every_language() {
        let deadlock_in_german = "Prozess 71 wartet auf ShareLock-Sperre auf Transaktion 5; blockiert von Prozess 72.\n\
            Prozess 72 wartet auf ExclusiveLock-Sperre auf Tupel (0,1); blockiert von Prozess 71.";
        assert!(is_conflict(&failure(
            DatabaseErrorKind::Unknown,
            "Verklemmung entdeckt",
            Some(deadlock_in_german)
        )));
        assert!(is_conflict(&failure(DatabaseErrorKind::SerializationFailure, "…", None)));
        assert!(is_conflict(&failure(DatabaseErrorKind::Unknown, "database is locked", None)));
        assert!(!is_conflict(&failure(DatabaseErrorKind::Unknown, "syntax error", Some("near ShareLock"))));
        assert!(!is_conflict(&failure(DatabaseErrorKind::UniqueViolation, "…", Some(deadlock_in_german))));
        assert!(!is_conflict(&Error::NotFound));
    }

    fn failure(kind: DatabaseErrorKind, message: &'static str, details: Option<&'static str>) -> Error {
        DieselError::DatabaseError(kind, Box::new(Told { message, details })).into()
    }

    struct Told {
        message: &'static str,
        details: Option<&'static str>,
    }

    impl DatabaseErrorInformation for Told {
        fn message(&self) -> &str {
            self.message
        }
        fn details(&self) -> Option<&str> {
            self.details
        }
        fn hint(&self) -> Option<&str> {
            None
        }
        fn table_name(&self) -> Option<&str> {
            None
        }
        fn column_name(&self) -> Option<&str> {
            None
        }
        fn constraint_name(&self) -> Option<&str> {
            None
        }
        fn statement_position(&self) -> Option<i32> {
            None
        }
    }
}
