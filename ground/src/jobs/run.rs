//! One run of a job, as what does it sees it.

use std::sync::Arc;

use anyhow::anyhow;
use futures_util::FutureExt as _;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::sync::watch;

use super::hold::{Hold, Lost};
use super::kind::{Outcome, Work};
use super::model::{Owner, Progress};
use super::store::lease::Taken;
use crate::db::{Connection, Db};
use crate::error::{Error, Result};
use crate::values::moment::Moment;
use crate::web::Site;

/// A small part of a job, in a transaction of its own: answers how much it found to do.
pub type Step = fn(&mut Connection, Moment) -> Result<usize>;

/// The same of one that writes letters.
pub type LetterStep = fn(&mut Connection, &Site, Moment) -> Result<usize>;

/// What a job works with; cheap to copy.
#[derive(Clone)]
pub struct Run {
    /// When it began, by the clock that all share: what is too old for one instance is so for all.
    pub now: Moment,
    /// What letters need to know of the installation.
    pub site: Arc<Site>,
    pub(super) hold: Hold,
    owner: Option<Owner>,
    pub(super) payload: String,
    progress: watch::Sender<Progress>,
    answer: watch::Sender<Option<String>>,
    stop: watch::Receiver<bool>,
}

impl Run {
    pub(super) fn new(site: Arc<Site>, hold: Hold, job: Taken, stop: watch::Receiver<bool>) -> Self {
        let (progress, answer) = (watch::Sender::default(), watch::Sender::default());
        Self { now: job.at, site, hold, owner: job.owner, payload: job.payload, progress, answer, stop }
    }

    /// Who asked for it.
    ///
    /// # Errors
    /// When nobody did, since the portal does it by itself.
    pub fn owner(&self) -> Result<&Owner> {
        self.owner.as_ref().ok_or_else(|| anyhow!("nobody asked for the job").into())
    }

    /// What the job was put with.
    ///
    /// # Errors
    /// When it is something else.
    pub fn payload<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_str(&self.payload).map_err(|error| Error::Internal(error.into()))
    }

    /// Where it reads; what it writes goes through [`Run::write`] alone.
    pub fn db(&self) -> &Db {
        &self.hold.db
    }

    /// Reads as of one moment.
    ///
    /// # Errors
    /// As for [`crate::db::Db::read`].
    pub async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Connection) -> Result<T> + Send + 'static,
    {
        self.hold.db.read(work).await
    }

    /// Runs one step as one transaction, which is kept only if the job is still this worker's. What was told of the
    /// progress is kept with it.
    ///
    /// # Errors
    /// As for [`crate::db::Db::write`]; when the job is another worker's by now, which a job hands on by `?`.
    pub async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Connection) -> Result<T> + Send + 'static,
    {
        self.hold.write(self.progress(), work).await
    }

    /// Whether a step came to nothing because the job is another worker's by now, and not because it failed.
    pub fn is_lost(error: &Error) -> bool {
        Lost::is_behind(error)
    }

    /// Says how much is done. It is kept with the next step, or after a few seconds.
    pub fn tell(&self, progress: Progress) {
        self.progress.send_replace(progress);
    }

    /// What was told last.
    pub fn progress(&self) -> Progress {
        *self.progress.borrow()
    }

    /// Says what came of it, for whoever asked. It is kept once the job is done.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn answer(&self, answer: &impl Serialize) -> Result<()> {
        let written = serde_json::to_string(answer).map_err(|error| Error::Internal(error.into()))?;
        self.answer.send_replace(Some(written));
        Ok(())
    }

    pub(super) fn answered(&self) -> Option<String> {
        self.answer.borrow().clone()
    }

    /// Whether the portal stops, so that a job does best to end where it can go on later.
    pub fn is_stopping(&self) -> bool {
        *self.stop.borrow()
    }

    /// Takes step after step until one finds nothing to do. Nobody waits for longer than one takes, and what is done
    /// stays done, whatever happens.
    pub fn in_steps(self, step: Step) -> Work {
        let now = self.now;
        self.stepwise(move |conn| step(conn, now)).boxed()
    }

    /// The same with letters.
    pub fn in_letter_steps(self, step: LetterStep) -> Work {
        let (site, now) = (self.site.clone(), self.now);
        self.stepwise(move |conn| step(conn, &site, now)).boxed()
    }

    async fn stepwise<F>(self, step: F) -> Result<Outcome>
    where
        F: Fn(&mut Connection) -> Result<usize> + Clone + Send + 'static,
    {
        let mut done: i64 = 0;
        while !self.is_stopping() {
            let found = self.write(step.clone()).await?;
            if found == 0 {
                return Ok(Outcome::Done);
            }
            done = done.saturating_add(i64::try_from(found).unwrap_or(i64::MAX));
            self.tell(Progress { done, total: None });
        }
        Ok(Outcome::Interrupted)
    }
}
