//! A worker's hold of a job: what it needs to keep it, and to write only while it does.

use super::model::Progress;
use super::store::lease::renew;
use crate::db::clock::Clock;
use crate::db::lease::Lease;
use crate::db::{Connection, Db};
use crate::error::{Error, Result};
use crate::values::id::JobId;

/// Whose job it is, and by which clock; cheap to copy.
#[derive(Clone)]
pub(super) struct Hold {
    pub db: Db,
    pub clock: Clock,
    pub job: JobId,
    pub lease: Lease,
}

/// The job is another worker's by now, and nothing of the step was done.
#[derive(Debug, thiserror::Error)]
#[error("the job is another worker's by now")]
pub(super) struct Lost;

impl Lost {
    pub fn is_behind(error: &Error) -> bool {
        matches!(error, Error::Internal(cause) if cause.is::<Self>())
    }
}

impl Hold {
    /// Holds the job for longer. Answers `false` when it is another worker's.
    pub async fn renew(&self, progress: Progress) -> Result<bool> {
        let hold = self.clone();
        self.db.write(move |conn| hold.renew_in(conn, progress)).await
    }

    /// Runs one command as one transaction, which begins by holding the job for longer: nobody else takes it before that
    /// ends, and where somebody has taken it already, nothing is done.
    pub async fn write<T, F>(&self, progress: Progress, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Connection) -> Result<T> + Send + 'static,
    {
        let hold = self.clone();
        let held = move |conn: &mut Connection| match hold.renew_in(conn, progress)? {
            true => work(conn),
            false => Err(anyhow::Error::from(Lost).into()),
        };
        self.db.write(held).await
    }

    fn renew_in(&self, conn: &mut Connection, progress: Progress) -> Result<bool> {
        renew(conn, (&self.job, &self.lease), progress, &self.clock)
    }
}
