//! One run of a job, as what does it sees it.

use futures_util::FutureExt as _;
use serde::de::DeserializeOwned;
use tokio::sync::watch;

use super::kind::{Outcome, Work};
use super::model::Progress;
use crate::db::{Connection, Db};
use crate::error::{Error, Result};
use crate::values::moment::Moment;

/// A small part of a job, in a transaction of its own: answers how much it found to do.
pub type Step = fn(&mut Connection, Moment) -> Result<usize>;

/// What a job works with; cheap to copy.
#[derive(Clone)]
pub struct Run {
    pub db: Db,
    /// When it began, by the worker's clock.
    pub now: Moment,
    payload: String,
    progress: watch::Sender<Progress>,
    stop: watch::Receiver<bool>,
}

impl Run {
    pub(super) fn new(db: Db, now: Moment, payload: String, stop: watch::Receiver<bool>) -> Self {
        Self { db, now, payload, progress: watch::Sender::default(), stop }
    }

    /// What the job was put with.
    ///
    /// # Errors
    /// When it is something else.
    pub fn payload<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_str(&self.payload).map_err(|error| Error::Internal(error.into()))
    }

    /// Says how much is done. It is kept every few seconds, with the lease.
    pub fn tell(&self, progress: Progress) {
        self.progress.send_replace(progress);
    }

    /// What was told last.
    pub fn progress(&self) -> Progress {
        *self.progress.borrow()
    }

    /// Whether the portal stops, so that a job does best to end where it can go on later.
    pub fn is_stopping(&self) -> bool {
        *self.stop.borrow()
    }

    /// Takes step after step until one finds nothing to do. Nobody waits for longer than one takes, and what is done
    /// stays done, whatever happens.
    pub fn in_steps(self, step: Step) -> Work {
        let work = async move {
            let mut done: i64 = 0;
            while !self.is_stopping() {
                let now = self.now;
                let found = self.db.write(move |conn| step(conn, now)).await?;
                if found == 0 {
                    return Ok(Outcome::Done);
                }
                done = done.saturating_add(i64::try_from(found).unwrap_or(i64::MAX));
                self.tell(Progress { done, total: None });
            }
            Ok(Outcome::Interrupted)
        };
        work.boxed()
    }
}
