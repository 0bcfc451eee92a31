//! Asking for a file: its row and its job, once.

use diesel::prelude::*;

use crate::access::Viewer;
use crate::activity::{self, Action, Change, Entry};
use crate::customers::store::selection::keep_apart;
use crate::db::Connection;
use crate::db::schema::exports;
use crate::error::{Error, Result};
use crate::exports::jobs::MAKE;
use crate::exports::model::{MOST_BYTES_KEPT, MOST_KEPT, MOST_WAITING, State};
use crate::jobs;
use crate::jobs::model::Owner;
use crate::language::Language;
use crate::values::id::{ExportId, JobId, OrganisationId, PersonId, SelectionId};
use crate::values::moment::Moment;
use crate::web::export::{Format, Place, Sheet};

/// What is asked for.
#[derive(Clone)]
pub struct Order {
    /// Chosen by the page, so that sending it twice makes one file.
    pub id: ExportId,
    pub job: JobId,
    /// Under which what is ticked is kept apart, where the file has that alone.
    pub apart: SelectionId,
    pub route: &'static str,
    pub place: Place,
    /// The list, as whoever asks may have it.
    pub sheet: Sheet,
    pub format: Format,
    pub language: Language,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    Now,
    /// The same page was sent before.
    Before,
    /// Enough of the organisation are being made.
    TooMany,
    /// Enough are kept.
    Full,
    /// What was ticked is not any more.
    NothingSelected,
}

/// Asks for a file.
///
/// # Errors
/// [`Error::NotFound`] for an id of somebody else's; database errors.
pub fn ask(conn: &mut Connection, by: &Viewer, order: &Order, now: Moment) -> Result<Asked> {
    if is_there(conn, by, &order.id)? {
        return Ok(Asked::Before);
    }
    if let Some(why_not) = hindrance(conn, by, now)? {
        return Ok(why_not);
    }
    if let Some(selection) = &order.sheet.selection
        && !keep_apart(conn, &by.person, (selection, &order.apart), now)?
    {
        return Ok(Asked::NothingSelected);
    }
    put(conn, by, order, now)?;
    let entry = Entry::new(Action::PrepareExport, "export", order.id, &order.sheet.name)
        .with([Change::set("format", order.format.as_text())]);
    activity::store::record(conn, by, &entry, now)?;
    Ok(Asked::Now)
}

fn is_there(conn: &mut Connection, by: &Viewer, id: &ExportId) -> Result<bool> {
    let found: Option<(OrganisationId, PersonId)> = exports::table
        .find(id)
        .select((exports::organisation_id, exports::person_id))
        .first(conn)
        .optional()?;
    match found {
        Some(owner) if owner != (by.organisation.id, by.person) => Err(Error::NotFound),
        found => Ok(found.is_some()),
    }
}

fn hindrance(conn: &mut Connection, by: &Viewer, now: Moment) -> Result<Option<Asked>> {
    let own = || exports::table.filter(exports::organisation_id.eq(&by.organisation.id));
    let waiting: i64 = own().filter(exports::state.eq(State::Waiting)).count().get_result(conn)?;
    if waiting >= MOST_WAITING {
        return Ok(Some(Asked::TooMany));
    }
    let kept: Vec<i64> = own()
        .filter(exports::state.eq(State::Ready))
        .filter(exports::expires_at.gt(now))
        .select(exports::byte_count)
        .load(conn)?;
    let is_full = kept.len() >= MOST_KEPT || kept.iter().sum::<i64>() >= MOST_BYTES_KEPT;
    Ok(is_full.then_some(Asked::Full))
}

fn put(conn: &mut Connection, by: &Viewer, order: &Order, now: Moment) -> Result<()> {
    let filter = serde_json::to_string(&order.sheet.filter).map_err(|error| Error::Internal(error.into()))?;
    diesel::insert_into(exports::table)
        .values((
            (
                exports::id.eq(&order.id),
                exports::organisation_id.eq(&by.organisation.id),
                exports::person_id.eq(&by.person),
                exports::person_name.eq(&by.name),
            ),
            (
                exports::route.eq(order.route),
                exports::path.eq(order.place.path()),
                exports::query.eq(order.place.query()),
                exports::filter.eq(filter),
                exports::selection_id.eq(order.sheet.selection.map(|_| order.apart)),
                exports::format.eq(order.format),
                exports::language.eq(order.language.tag()),
                exports::name.eq(&order.sheet.name),
            ),
            (exports::row_count.eq(0_i64), exports::byte_count.eq(0_i64), exports::downloads.eq(0_i64)),
            (exports::state.eq(State::Waiting), exports::asked_at.eq(now), exports::job_id.eq(&order.job)),
        ))
        .execute(conn)?;
    let owner = Owner { organisation: by.organisation.id, person: by.person };
    jobs::store::put(conn, (&order.job, &owner), (&MAKE, &order.id), (now, now))
}
