//! When the database cannot serve, for a while: which failures that is, in any language that a server speaks.

use diesel::result::{DatabaseErrorKind, Error as DieselError};

use super::{Connection, EitherConnection};
use crate::error::{Cause, Error, Outage};

impl Outage {
    /// It does not answer.
    pub(super) const AWAY: Self = Self { cause: Cause::Away, may_be_done: false };
    /// More is asked of it than it can do.
    pub(super) const BUSY: Self = Self { cause: Cause::Busy, may_be_done: false };
    /// It answers and keeps nothing.
    pub(super) const UNWRITABLE: Self = Self { cause: Cause::Unwritable, may_be_done: false };
}

/// What lies behind a failure, if the database only cannot serve now.
pub(super) fn behind(error: &Error, connection: &mut Connection) -> Option<Outage> {
    if let Error::Unavailable(outage) = error {
        return Some(*outage);
    }
    let Error::Internal(cause) = error else { return None };
    let cause = cause.downcast_ref::<DieselError>()?;
    match (connection.either(), cause) {
        (_, DieselError::DatabaseError(DatabaseErrorKind::ReadOnlyTransaction, _)) => {
            Some(Outage::UNWRITABLE)
        }
        (EitherConnection::Sqlite(_), DieselError::DatabaseError(_, told)) => in_sqlite(told.message()),
        (EitherConnection::Postgres(postgres), cause) => in_postgres(cause, is_open(postgres)),
        _ => None,
    }
}

/// SQLite speaks English only.
fn in_sqlite(message: &str) -> Option<Outage> {
    match message {
        "database or disk is full" | "attempt to write a readonly database" => Some(Outage::UNWRITABLE),
        // Also what a file that may not grow any more is answered with.
        "disk I/O error" => Some(Outage::UNWRITABLE),
        "unable to open database file" => Some(Outage::AWAY),
        "database is locked" => Some(Outage::BUSY),
        _ => None,
    }
}

/// The server may speak any language, and diesel hides its codes: what counts is whether the connection still stands.
fn in_postgres(cause: &DieselError, is_open: bool) -> Option<Outage> {
    match cause {
        DieselError::DatabaseError(DatabaseErrorKind::ClosedConnection, _) => Some(Outage::AWAY),
        _ if !is_open => Some(Outage::AWAY),
        // The words of the machine, which a server in another language may have translated: then it is a failure.
        DieselError::DatabaseError(_, told) if told.message().contains("No space left on device") => {
            Some(Outage::UNWRITABLE)
        }
        _ => None,
    }
}

/// Whether the other side has not ended the connection, as far as this side has heard. It asks nobody and waits for
/// nothing.
pub(super) fn is_open(postgres: &mut diesel::PgConnection) -> bool {
    // Reading what has arrived meets the end of the connection, if that has arrived.
    !postgres.notifications_iter().any(|arrived| arrived.is_err())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sqlite_says_what_it_lacks() {
        for (message, outage) in [
            ("database or disk is full", Some(Outage::UNWRITABLE)),
            ("disk I/O error", Some(Outage::UNWRITABLE)),
            ("attempt to write a readonly database", Some(Outage::UNWRITABLE)),
            ("unable to open database file", Some(Outage::AWAY)),
            ("database is locked", Some(Outage::BUSY)),
            ("no such table: customers", None),
            ("database disk image is malformed", None),
        ] {
            assert_eq!(in_sqlite(message), outage, "{message}");
        }
    }

    #[test]
    fn a_connection_that_ended_is_told_in_every_language() {
        let told = |kind, message: &str| DieselError::DatabaseError(kind, Box::new(message.to_owned()));
        let german = "Verbindung wird abgebrochen aufgrund von Anweisung des Administrators";
        assert_eq!(in_postgres(&told(DatabaseErrorKind::Unknown, german), false), Some(Outage::AWAY));
        assert_eq!(in_postgres(&told(DatabaseErrorKind::Unknown, "Syntaxfehler"), true), None);
        assert_eq!(in_postgres(&told(DatabaseErrorKind::ClosedConnection, ""), true), Some(Outage::AWAY));
        let full = "could not extend file \"base/5/2619\": No space left on device";
        assert_eq!(in_postgres(&told(DatabaseErrorKind::Unknown, full), true), Some(Outage::UNWRITABLE));
    }
}
