//! What time it is. Tests have clocks of their own, and need not wait.

use std::sync::Arc;

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Timestamp;

use super::Connection;
use crate::error::Result;
use crate::values::moment::Moment;

/// Tells the time; cheap to copy.
#[derive(Clone)]
pub struct Clock(Look);

#[derive(Clone)]
enum Look {
    /// At the clock of this machine, which may be ahead of the right one by so many seconds.
    Machine { ahead: i64 },
    /// At one that is made up, which everybody shares.
    MadeUp(Arc<dyn Fn() -> Moment + Send + Sync>),
}

impl Clock {
    /// A clock that is looked at in this way, and that the database goes by, too.
    pub fn of(look: impl Fn() -> Moment + Send + Sync + 'static) -> Self {
        Self(Look::MadeUp(Arc::new(look)))
    }

    /// A clock that stands still.
    pub fn standing_at(moment: Moment) -> Self {
        Self::of(move || moment)
    }

    /// The clock of a machine that is so many seconds ahead of the database's, or behind where they are negative.
    pub fn ahead_by(seconds: i64) -> Self {
        Self(Look::Machine { ahead: seconds })
    }

    /// What time it is on this machine.
    pub fn now(&self) -> Moment {
        match &self.0 {
            Look::Machine { ahead } => Moment::now().plus_seconds(*ahead),
            Look::MadeUp(look) => look(),
        }
    }

    /// What time it is for all who share the database, however far the clocks of their machines are apart: PostgreSQL
    /// says it itself, and a SQLite file is used by one machine, whose clock it is.
    ///
    /// # Errors
    /// Database errors.
    pub fn shared(&self, conn: &mut Connection) -> Result<Moment> {
        match &self.0 {
            Look::MadeUp(look) => Ok(look()),
            Look::Machine { .. } if conn.is_sqlite() => Ok(Moment::now()),
            Look::Machine { .. } => {
                // Not the time at which the transaction began: it may have waited since.
                let now = sql::<Timestamp>("clock_timestamp() AT TIME ZONE 'UTC'");
                Ok(diesel::select(now).get_result(conn)?)
            }
        }
    }
}

impl Default for Clock {
    /// The clock of this machine.
    fn default() -> Self {
        Self::ahead_by(0)
    }
}
