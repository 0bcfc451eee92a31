//! Kinds of jobs: what each is called, when it runs, and what it does.

use futures_util::future::BoxFuture;

use super::run::Run;
use super::schedule::Rhythm;
use crate::db::Connection;
use crate::error::Result;
use crate::values::moment::Moment;
use crate::web::Site;

/// A job at work.
pub type Work = BoxFuture<'static, Result<Outcome>>;

/// What becomes of what a job was put with, its payload as JSON, once the portal has given the job up. It may be left out
/// where the portal dies right then: a chore of the area finds what is left by [`super::store::ended_among`].
pub type GivenUp = fn(&mut Connection, &str, &Site, Moment) -> Result<()>;

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
    pub given_up: Option<GivenUp>,
}

impl Kind {
    /// A job that the portal does by itself every hour.
    pub const fn hourly(name: &'static str, work: fn(Run) -> Work) -> Self {
        Self { name, rhythm: Rhythm::Hourly, work, given_up: None }
    }

    /// A job that the portal does by itself every day.
    pub const fn daily(name: &'static str, work: fn(Run) -> Work) -> Self {
        Self { name, rhythm: Rhythm::Daily, work, given_up: None }
    }

    /// A job that is done once for each time that it is [put](super::store::put).
    pub const fn once(name: &'static str, work: fn(Run) -> Work) -> Self {
        Self { name, rhythm: Rhythm::Once, work, given_up: None }
    }

    /// The same, and what is done when the portal has failed at it too often.
    #[must_use]
    pub const fn or(self, given_up: GivenUp) -> Self {
        Self { given_up: Some(given_up), ..self }
    }

    /// Whether the portal does it by itself again and again.
    pub fn recurs(&self) -> bool {
        self.rhythm != Rhythm::Once
    }
}
