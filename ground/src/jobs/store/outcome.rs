//! What became of a job that was taken in hand. One that another worker has taken meanwhile is theirs.

use diesel::prelude::*;

use crate::db::Connection;
use crate::db::lease::Lease;
use crate::db::schema::jobs;
use crate::error::Result;
use crate::jobs::model::{Progress, State};
use crate::values::id::JobId;
use crate::values::moment::Moment;

/// A job in the hands of whom.
pub type Held<'a> = (&'a JobId, &'a Lease);

/// How a job ended that was done.
#[derive(Clone, Debug, Default)]
pub struct Ending {
    pub progress: Progress,
    /// What came of it, as JSON.
    pub answer: Option<String>,
    /// When it runs again, if it does.
    pub next: Option<Moment>,
}

/// How a job ended that failed.
#[derive(Clone, Debug)]
pub struct Failure {
    pub why: String,
    /// How often in a row.
    pub attempts: i32,
    /// When it is tried again; never if it is given up.
    pub next: Option<Moment>,
}

/// It is done. What it was put with is dropped with its last run: it may be about people who are purged meanwhile.
///
/// # Errors
/// Database errors.
pub fn mark_done(conn: &mut Connection, (id, holder): Held<'_>, ending: &Ending, now: Moment) -> Result<()> {
    let Ending { progress, answer, next } = ending;
    diesel::update(jobs::table.find(id))
        .filter(jobs::lease.eq(holder.as_str()))
        .set((
            jobs::state.eq(if next.is_some() { State::Waiting } else { State::Done }),
            next.is_none().then(|| jobs::payload.eq("")),
            jobs::due_at.eq(next.unwrap_or(now)),
            jobs::lease.eq(None::<String>),
            jobs::leased_until.eq(None::<Moment>),
            jobs::attempts.eq(0),
            jobs::progress_done.eq(progress.done),
            jobs::progress_total.eq(progress.total),
            jobs::answer.eq(answer),
            jobs::last_error.eq(None::<String>),
            jobs::failed_at.eq(None::<Moment>),
            jobs::ended_at.eq(Some(now)),
        ))
        .execute(conn)?;
    Ok(())
}

/// It failed, and is tried again at the next moment, or given up if there is none, and what it was put with dropped.
/// Answers `false` when the job is another worker's.
///
/// # Errors
/// Database errors.
pub fn mark_failed(
    conn: &mut Connection,
    (id, holder): Held<'_>,
    failure: &Failure,
    now: Moment,
) -> Result<bool> {
    let Failure { why, attempts, next } = failure;
    let met = diesel::update(jobs::table.find(id))
        .filter(jobs::lease.eq(holder.as_str()))
        .set((
            jobs::state.eq(if next.is_some() { State::Waiting } else { State::Failed }),
            next.is_none().then(|| jobs::payload.eq("")),
            jobs::due_at.eq(next.unwrap_or(now)),
            jobs::lease.eq(None::<String>),
            jobs::leased_until.eq(None::<Moment>),
            jobs::attempts.eq(attempts),
            jobs::last_error.eq(Some(why.as_str())),
            jobs::failed_at.eq(Some(now)),
            jobs::ended_at.eq(Some(now)),
        ))
        .execute(conn)?;
    Ok(met == 1)
}

/// It could not be done yet, and is tried again at the next moment. The try counts, or nobody would see that a time was
/// kept by a clock that was ahead.
///
/// # Errors
/// Database errors.
pub fn put_off(conn: &mut Connection, (id, holder): Held<'_>, next: Moment) -> Result<()> {
    diesel::update(jobs::table.find(id))
        .filter(jobs::lease.eq(holder.as_str()))
        .set((jobs::due_at.eq(next), jobs::lease.eq(None::<String>), jobs::leased_until.eq(None::<Moment>)))
        .execute(conn)?;
    Ok(())
}

/// It was interrupted: others may go on with it at once, and the try does not count.
///
/// # Errors
/// Database errors.
pub fn let_go(conn: &mut Connection, (id, holder): Held<'_>) -> Result<()> {
    diesel::update(jobs::table.find(id))
        .filter(jobs::lease.eq(holder.as_str()))
        .set((
            jobs::lease.eq(None::<String>),
            jobs::leased_until.eq(None::<Moment>),
            jobs::attempts.eq(jobs::attempts - 1),
        ))
        .execute(conn)?;
    Ok(())
}
