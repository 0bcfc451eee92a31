//! What is known of a job.

use serde::de::DeserializeOwned;

use crate::error::{Error, Result};
use crate::text_enum;
use crate::values::id::{OrganisationId, PersonId};
use crate::values::moment::Moment;

text_enum! {
    /// How far a job is.
    pub enum State {
        /// It waits for its time, also while somebody works at it.
        Waiting = "waiting",
        Done = "done",
        /// It was tried too often.
        Failed = "failed",
    }
}

/// Who asked for a job. Nobody beyond the organisation learns of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    pub organisation: OrganisationId,
    pub person: PersonId,
}

/// How much of a job is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    pub done: i64,
    /// Of how much, if that is known.
    pub total: Option<i64>,
}

/// How a job stands, for whoever asked for it.
#[derive(Clone, Debug)]
pub struct Standing {
    pub state: State,
    pub progress: Progress,
    pub attempts: i32,
    /// When it runs, or is tried again.
    pub due_at: Moment,
    /// When it last came to an end, well or not.
    pub ended_at: Option<Moment>,
    /// What came of it, as JSON; see [`Standing::answer`].
    pub(super) answer: Option<String>,
}

impl Standing {
    /// Whether it failed so far, and is tried again by itself.
    pub fn is_tried_again(&self) -> bool {
        self.state == State::Waiting && self.ended_at.is_some()
    }

    /// What came of it, once it is done and if it said so.
    ///
    /// # Errors
    /// When it is something else.
    pub fn answer<T: DeserializeOwned>(&self) -> Result<Option<T>> {
        let read = |written: &String| serde_json::from_str(written);
        self.answer.as_ref().map(read).transpose().map_err(|error| Error::Internal(error.into()))
    }
}

/// A job that could not be done, so far or for good.
#[derive(Clone, Debug)]
pub struct Failing {
    pub kind: String,
    /// How often in a row.
    pub attempts: i32,
    pub failed_at: Moment,
    pub why: String,
    /// None when it was given up.
    pub next_try: Option<Moment>,
}
