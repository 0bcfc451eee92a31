//! Asking for a file: its row and its job, once.

use diesel::prelude::*;

use crate::access::Viewer;
use crate::activity::{self, Action, Change, Entry};
use crate::db::Connection;
use crate::db::schema::exports;
use crate::error::{Error, Result};
use crate::exports::jobs::MAKE;
use crate::exports::model::{MOST_WAITING, State};
use crate::jobs;
use crate::jobs::model::Owner;
use crate::language::Language;
use crate::values::id::{ExportId, JobId, OrganisationId, PersonId};
use crate::values::moment::Moment;
use crate::web::Site;
use crate::web::export::{Format, Kind, Place, Sheet, Wish};

/// What is asked for.
#[derive(Clone)]
pub struct Order {
    /// Chosen by the page, so that sending it twice makes one file.
    pub id: ExportId,
    pub kind: Kind,
    pub place: Place,
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
}

/// Asks for a file.
///
/// # Errors
/// [`Error::Forbidden`] for a list that the viewer may not have; [`Error::NotFound`] for an id of somebody else's;
/// database errors.
pub fn ask(conn: &mut Connection, by: &Viewer, site: &Site, order: &Order, now: Moment) -> Result<Asked> {
    let sheet = (order.kind.sheet)(conn, &Wish { by, site, place: &order.place, now })?;
    if is_there(conn, by, &order.id)? {
        return Ok(Asked::Before);
    }
    let waiting: i64 = exports::table
        .filter(exports::organisation_id.eq(&by.organisation.id))
        .filter(exports::state.eq(State::Waiting))
        .count()
        .get_result(conn)?;
    if waiting >= MOST_WAITING {
        return Ok(Asked::TooMany);
    }
    put(conn, by, (order, &sheet), now)?;
    let entry = Entry::new(Action::PrepareExport, "export", order.id, &sheet.name)
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

fn put(conn: &mut Connection, by: &Viewer, (order, sheet): (&Order, &Sheet), now: Moment) -> Result<()> {
    let job = JobId::new();
    let filter = serde_json::to_string(&sheet.filter).map_err(|error| Error::Internal(error.into()))?;
    diesel::insert_into(exports::table)
        .values((
            (
                exports::id.eq(&order.id),
                exports::organisation_id.eq(&by.organisation.id),
                exports::person_id.eq(&by.person),
                exports::person_name.eq(&by.name),
            ),
            (
                exports::route.eq(order.kind.route),
                exports::path.eq(order.place.path()),
                exports::query.eq(order.place.query()),
                exports::filter.eq(filter),
                exports::format.eq(order.format),
                exports::language.eq(order.language.tag()),
                exports::name.eq(&sheet.name),
            ),
            (exports::row_count.eq(0_i64), exports::byte_count.eq(0_i64), exports::downloads.eq(0_i64)),
            (exports::state.eq(State::Waiting), exports::asked_at.eq(now), exports::job_id.eq(&job)),
        ))
        .execute(conn)?;
    let owner = Owner { organisation: by.organisation.id, person: by.person };
    jobs::store::put(conn, (&job, &owner), (&MAKE, &order.id), (now, now))
}
