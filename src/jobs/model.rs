//! What is known of a job.

use crate::text_enum;
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
