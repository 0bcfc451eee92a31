//! The two databases as one type. It stands alone, since the derived code does not suffer another `Connection` beside it.

use diesel::{PgConnection, SqliteConnection};

/// A connection to the one or to the other.
#[derive(diesel::MultiConnection)]
pub enum EitherConnection {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl From<SqliteConnection> for EitherConnection {
    fn from(connection: SqliteConnection) -> Self {
        Self::Sqlite(connection)
    }
}

impl From<PgConnection> for EitherConnection {
    fn from(connection: PgConnection) -> Self {
        Self::Postgres(connection)
    }
}
