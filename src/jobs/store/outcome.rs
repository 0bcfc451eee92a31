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

/// It is done.
///
/// # Errors
/// Database errors.
pub fn mark_done(conn: &mut Connection, (id, holder): Held<'_>, ending: &Ending, now: Moment) -> Result<()> {
    let Ending { progress, answer, next } = ending;
    diesel::update(jobs::table.find(id))
        .filter(jobs::lease.eq(holder.as_str()))
        .set((
            jobs::state.eq(if next.is_some() { State::Waiting } else { State::Done }),
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

/// It failed, and is tried again at the next moment, or given up if there is none.
///
/// # Errors
/// Database errors.
pub fn mark_failed(
    conn: &mut Connection,
    (id, holder): Held<'_>,
    (why, next): (&str, Option<Moment>),
    now: Moment,
) -> Result<()> {
    diesel::update(jobs::table.find(id))
        .filter(jobs::lease.eq(holder.as_str()))
        .set((
            jobs::state.eq(if next.is_some() { State::Waiting } else { State::Failed }),
            jobs::due_at.eq(next.unwrap_or(now)),
            jobs::lease.eq(None::<String>),
            jobs::leased_until.eq(None::<Moment>),
            jobs::last_error.eq(Some(why)),
            jobs::failed_at.eq(Some(now)),
            jobs::ended_at.eq(Some(now)),
        ))
        .execute(conn)?;
    Ok(())
}

/// It was interrupted: others may go on with it at once, or at the next moment, and the try does not count.
///
/// # Errors
/// Database errors.
pub fn let_go(conn: &mut Connection, (id, holder): Held<'_>, next: Option<Moment>) -> Result<()> {
    diesel::update(jobs::table.find(id))
        .filter(jobs::lease.eq(holder.as_str()))
        .set((
            jobs::lease.eq(None::<String>),
            jobs::leased_until.eq(None::<Moment>),
            jobs::attempts.eq(jobs::attempts - 1),
            next.map(|next| jobs::due_at.eq(next)),
        ))
        .execute(conn)?;
    Ok(())
}
