//! Jobs as rows. Whoever causes one puts it here in its own transaction.

pub mod lease;
pub mod outcome;

use diesel::prelude::*;
use serde::Serialize;

use super::kind::Kind;
use super::model::{Failing, Owner, Progress, Standing, State};
use crate::db::among::is_among;
use crate::db::schema::jobs;
use crate::db::{Connection, unless_taken};
use crate::error::{Error, Result};
use crate::values::id::{JobId, OrganisationId};
use crate::values::moment::Moment;

/// For so many days it shows how jobs ended.
const KEPT_DAYS: i64 = 30;
/// So many old ones go at once.
const STEP: i64 = 500;

/// Has a job of a kind done once for whoever asks, at a moment or soon after it. Its payload is what the kind reads from
/// it. It is put in the transaction of the deed that causes it; ring [`crate::web::Portal::job_bell`] afterwards.
///
/// # Errors
/// When the payload cannot be written as JSON; database errors.
pub fn put(
    conn: &mut Connection,
    (id, owner): (&JobId, &Owner),
    (kind, payload): (&Kind, &impl Serialize),
    (due_at, now): (Moment, Moment),
) -> Result<()> {
    let payload = serde_json::to_string(payload).map_err(|error| Error::Internal(error.into()))?;
    let whose = (jobs::organisation_id.eq(&owner.organisation), jobs::asked_by.eq(&owner.person));
    let row = (Row::new(id, kind, &payload, (due_at, now)), whose);
    diesel::insert_into(jobs::table).values(row).execute(conn)?;
    Ok(())
}

/// Has every kind that recurs done from now on; those that are known already keep their times.
///
/// # Errors
/// Database errors.
pub fn sow(conn: &mut Connection, kinds: &[(JobId, Kind)], now: Moment) -> Result<()> {
    let known = recurring(conn)?;
    for (id, kind) in
        kinds.iter().filter(|(_, kind)| kind.recurs() && !known.iter().any(|it| it == kind.name))
    {
        let row = Row::new(id, kind, "null", (now, now));
        // Another instance may have been quicker.
        unless_taken(conn, diesel::insert_into(jobs::table).values(row))?;
    }
    Ok(())
}

/// Forgets what recurred and is not done any more, since this release knows no such kind.
///
/// # Errors
/// Database errors.
pub fn forget_unknown(conn: &mut Connection, known: &[&str]) -> Result<usize> {
    let unknown = jobs::table.filter(jobs::recurs.eq(true)).filter(jobs::kind.ne_all(known.iter().copied()));
    Ok(diesel::delete(unknown).execute(conn)?)
}

/// Whether every kind that recurs is known.
///
/// # Errors
/// Database errors.
pub fn is_sown(conn: &mut Connection, kinds: &[Kind]) -> Result<bool> {
    let known = recurring(conn)?;
    Ok(kinds.iter().filter(|kind| kind.recurs()).all(|kind| known.iter().any(|it| it == kind.name)))
}

fn recurring(conn: &mut Connection) -> Result<Vec<String>> {
    Ok(jobs::table.filter(jobs::recurs.eq(true)).select(jobs::kind).load(conn)?)
}

#[derive(Insertable)]
#[diesel(table_name = jobs)]
struct Row<'a> {
    id: &'a JobId,
    kind: &'a str,
    payload: &'a str,
    recurs: bool,
    state: State,
    due_at: Moment,
    attempts: i32,
    progress_done: i64,
    created_at: Moment,
}

impl<'a> Row<'a> {
    fn new(id: &'a JobId, kind: &Kind, payload: &'a str, (due_at, created_at): (Moment, Moment)) -> Self {
        let (name, recurs, state) = (kind.name, kind.recurs(), State::Waiting);
        Self { id, kind: name, payload, recurs, state, due_at, attempts: 0, progress_done: 0, created_at }
    }
}

/// How a job stands that somebody of an organisation asked for.
///
/// # Errors
/// [`Error::NotFound`] for what another organisation asked for, and once it is forgotten; database errors.
pub fn standing(conn: &mut Connection, organisation: &OrganisationId, id: &JobId) -> Result<Standing> {
    let own = jobs::table.find(id).filter(jobs::organisation_id.eq(organisation));
    Ok(own.select(StandingRow::as_select()).first(conn)?.into())
}

/// The same of a job that may be forgotten by now: none then.
///
/// # Errors
/// Database errors.
pub fn standing_if_known(
    conn: &mut Connection,
    organisation: &OrganisationId,
    id: &JobId,
) -> Result<Option<Standing>> {
    match standing(conn, organisation, id) {
        Ok(standing) => Ok(Some(standing)),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Which of some jobs have come to their end, well or not, or are forgotten.
///
/// # Errors
/// Database errors.
pub fn ended_among(conn: &mut Connection, ids: &[JobId]) -> Result<Vec<JobId>> {
    let waiting: Vec<JobId> = jobs::table
        .filter(is_among(jobs::id, ids))
        .filter(jobs::state.eq(State::Waiting))
        .select(jobs::id)
        .load(conn)?;
    Ok(ids.iter().copied().filter(|id| !waiting.contains(id)).collect())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = jobs)]
struct StandingRow {
    state: State,
    progress_done: i64,
    progress_total: Option<i64>,
    attempts: i32,
    due_at: Moment,
    ended_at: Option<Moment>,
    answer: Option<String>,
}

impl From<StandingRow> for Standing {
    fn from(row: StandingRow) -> Self {
        Self {
            state: row.state,
            progress: Progress { done: row.progress_done, total: row.progress_total },
            attempts: row.attempts,
            due_at: row.due_at,
            ended_at: row.ended_at,
            answer: row.answer,
        }
    }
}

/// Some jobs that could not be done, the latest first.
///
/// # Errors
/// Database errors.
pub fn failing(conn: &mut Connection, most: i64) -> Result<Vec<Failing>> {
    let rows: Vec<FailingRow> = jobs::table
        .filter(jobs::failed_at.is_not_null())
        .order((jobs::failed_at.desc(), jobs::id))
        .select(FailingRow::as_select())
        .limit(most)
        .load(conn)?;
    Ok(rows.into_iter().map(Failing::from).collect())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = jobs)]
struct FailingRow {
    kind: String,
    state: State,
    attempts: i32,
    due_at: Moment,
    #[diesel(select_expression = jobs::failed_at.assume_not_null())]
    failed_at: Moment,
    #[diesel(select_expression = jobs::last_error.assume_not_null())]
    last_error: String,
}

impl From<FailingRow> for Failing {
    fn from(row: FailingRow) -> Self {
        Self {
            kind: row.kind,
            attempts: row.attempts,
            failed_at: row.failed_at,
            why: row.last_error,
            next_try: (row.state == State::Waiting).then_some(row.due_at),
        }
    }
}

/// Forgets some of the jobs that ended long ago, well or not.
///
/// # Errors
/// Database errors.
pub fn forget_ended(conn: &mut Connection, now: Moment) -> Result<usize> {
    let old: Vec<JobId> = jobs::table
        .filter(jobs::state.eq_any([State::Done, State::Failed]))
        .filter(jobs::ended_at.le(now.plus_days(-KEPT_DAYS)))
        .select(jobs::id)
        .limit(STEP)
        .load(conn)?;
    if old.is_empty() {
        return Ok(0);
    }
    Ok(diesel::delete(jobs::table.filter(jobs::id.eq_any(old))).execute(conn)?)
}
