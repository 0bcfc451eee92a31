//! Kinds of jobs: what each is called, when it runs, and what it does.

use futures_util::future::BoxFuture;

use super::run::Run;
use super::schedule::Rhythm;
use crate::error::Result;

/// A job at work.
pub type Work = BoxFuture<'static, Result<Outcome>>;

/// How a job ended that did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Done,
    /// The portal stops: the rest is for another instance, or for the next start.
    Interrupted,
}

/// A kind of job.
#[derive(Clone, Copy)]
pub struct Kind {
    /// Under this name it is kept, and worded in the glossary of its area.
    pub name: &'static str,
    pub rhythm: Rhythm,
    pub work: fn(Run) -> Work,
}

impl Kind {
    /// A job that the portal does by itself every hour.
    pub const fn hourly(name: &'static str, work: fn(Run) -> Work) -> Self {
        Self { name, rhythm: Rhythm::Hourly, work }
    }

    /// A job that the portal does by itself every day.
    pub const fn daily(name: &'static str, work: fn(Run) -> Work) -> Self {
        Self { name, rhythm: Rhythm::Daily, work }
    }

    /// A job that is done once for each time that it is [put](super::store::put).
    pub const fn once(name: &'static str, work: fn(Run) -> Work) -> Self {
        Self { name, rhythm: Rhythm::Once, work }
    }

    /// Whether the portal does it by itself again and again.
    pub fn recurs(&self) -> bool {
        self.rhythm != Rhythm::Once
    }
}
