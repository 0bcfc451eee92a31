//! Taking jobs in hand: a worker holds a job by a lease.

use diesel::prelude::*;

use crate::db::Connection;
use crate::db::clock::Clock;
use crate::db::lease::{self, Lease};
use crate::db::schema::jobs;
use crate::error::Result;
use crate::jobs::model::{Owner, Progress, State};
use crate::jobs::schedule;
use crate::values::id::{JobId, OrganisationId, PersonId};
use crate::values::moment::Moment;

/// A job that a worker has taken.
#[derive(Clone, Debug)]
pub struct Taken {
    pub id: JobId,
    pub kind: String,
    pub payload: String,
    /// How often in a row, with this time.
    pub attempts: i32,
    /// Who asked for it; nobody for what the portal does by itself.
    pub owner: Option<Owner>,
    /// When it was taken, by the clock that all share.
    pub at: Moment,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = jobs)]
struct Row {
    id: JobId,
    kind: String,
    payload: String,
    attempts: i32,
    organisation_id: Option<OrganisationId>,
    asked_by: Option<PersonId>,
}

impl Row {
    fn taken(self, at: Moment) -> Taken {
        let owner = self.organisation_id.zip(self.asked_by);
        let owner = owner.map(|(organisation, person)| Owner { organisation, person });
        let Self { id, kind, payload, attempts, .. } = self;
        Taken { id, kind, payload, attempts: attempts + 1, owner, at }
    }
}

/// Takes the job of some kinds that has waited longest. Two workers never take the same one: the lease is the lock.
///
/// # Errors
/// Database errors.
pub fn take_due(
    conn: &mut Connection,
    kinds: &[&str],
    holder: &Lease,
    clock: &Clock,
) -> Result<Option<Taken>> {
    let (now, shared) = (clock.now(), clock.shared(conn)?);
    let free = || {
        jobs::leased_until
            .is_null()
            .or(jobs::leased_until.le(lease::ran_out(shared)))
            .or(jobs::leased_until.gt(lease::farthest(shared)))
    };
    // What is put for later may be put for any time, but neither the next run nor the next try is that far away.
    let is_repeated = jobs::recurs.eq(true).or(jobs::attempts.gt(0));
    let cannot_be = jobs::due_at.gt(schedule::farthest(now)).and(is_repeated);
    let due: Option<Row> = jobs::table
        .filter(jobs::state.eq(State::Waiting))
        .filter(jobs::kind.eq_any(kinds.iter().copied()))
        .filter(jobs::due_at.le(now).or(cannot_be))
        .filter(free())
        .order((jobs::due_at, jobs::id))
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    let Some(job) = due else { return Ok(None) };
    let taken = diesel::update(jobs::table.find(&job.id))
        .filter(jobs::state.eq(State::Waiting))
        .filter(free())
        .set((
            jobs::lease.eq(Some(holder.as_str())),
            jobs::leased_until.eq(Some(lease::until(shared))),
            jobs::attempts.eq(jobs::attempts + 1),
            jobs::progress_done.eq(0),
            jobs::progress_total.eq(None::<i64>),
        ))
        .execute(conn)?;
    Ok((taken == 1).then(|| job.taken(shared)))
}

/// Holds a job for longer, and keeps how much of it is done. Answers `false` when somebody else has it.
///
/// # Errors
/// Database errors.
pub fn renew(
    conn: &mut Connection,
    (id, holder): (&JobId, &Lease),
    progress: Progress,
    clock: &Clock,
) -> Result<bool> {
    let until = lease::until(clock.shared(conn)?);
    let held = diesel::update(jobs::table.find(id))
        .filter(jobs::lease.eq(holder.as_str()))
        .set((
            jobs::leased_until.eq(Some(until)),
            jobs::progress_done.eq(progress.done),
            jobs::progress_total.eq(progress.total),
        ))
        .execute(conn)?;
    Ok(held == 1)
}

/// In how many seconds the next job of some kinds can be taken, to know how long to sleep.
///
/// # Errors
/// Database errors.
pub fn next_due(conn: &mut Connection, kinds: &[&str], clock: &Clock) -> Result<Option<i64>> {
    let waiting = || {
        jobs::table.filter(jobs::state.eq(State::Waiting)).filter(jobs::kind.eq_any(kinds.iter().copied()))
    };
    let free: Option<Moment> = waiting()
        .filter(jobs::leased_until.is_null())
        .order(jobs::due_at)
        .select(jobs::due_at)
        .first(conn)
        .optional()?;
    let held: Option<Option<Moment>> = waiting()
        .filter(jobs::leased_until.is_not_null())
        .order(jobs::leased_until)
        .select(jobs::leased_until)
        .first(conn)
        .optional()?;
    let free = free.map(|due| due.seconds_since(clock.now()));
    let shared = clock.shared(conn)?;
    let held = held.flatten().map(|until| lease::let_go(until).seconds_since(shared));
    Ok(free.into_iter().chain(held).min())
}
