//! Long lists that were made into files: one in each state. The one that waits is made, and ready, as soon as the portal
//! runs.

use super::cast::Person;
use super::log::{self, Actor};
use super::random::id;
use super::rows::{ActivityRow, ExportRow};
use super::world::World;
use crate::access::Role;
use crate::activity::{Action, Change, Entry};
use crate::db::Connection;
use crate::error::Result;
use crate::exports::jobs::MAKE;
use crate::exports::model::{KEPT_HOURS, State};
use crate::jobs;
use crate::jobs::model::Owner;
use crate::paths;
use crate::values::id::{ExportId, JobId};
use crate::values::moment::Moment;
use crate::web::export::Format;

/// One of them, before how many hours it was asked for.
struct Wanted {
    hours: i64,
    route: &'static str,
    query: &'static str,
    filter: &'static str,
    name: &'static str,
    format: Format,
    state: State,
    /// Rows, bytes, downloads.
    size: (i64, i64, i64),
}

const WANTED: [Wanted; 5] = [
    Wanted {
        hours: 0,
        route: paths::customers::export::ROUTE,
        query: "format=xlsx",
        filter: "[]",
        name: "customers",
        format: Format::Xlsx,
        state: State::Waiting,
        size: (0, 0, 0),
    },
    Wanted {
        hours: 74,
        route: paths::customers::export::ROUTE,
        query: "view=without-reseller&format=csv",
        filter: r#"[["view","without-reseller"]]"#,
        name: "customers",
        format: Format::Csv,
        state: State::Expired,
        size: (61_204, 8_431_770, 2),
    },
    Wanted {
        hours: 118,
        route: paths::orders::export::ROUTE,
        query: "format=xlsx",
        filter: "[]",
        name: "orders",
        format: Format::Xlsx,
        state: State::Stopped,
        size: (0, 0, 0),
    },
    Wanted {
        hours: 190,
        route: paths::activity::export::ROUTE,
        query: "action=create_order&format=xlsx",
        filter: r#"[["action","create_order"]]"#,
        name: "activity",
        format: Format::Xlsx,
        state: State::Failed,
        size: (0, 0, 0),
    },
    Wanted {
        hours: 330,
        route: paths::orders::export::ROUTE,
        query: "format=csv",
        filter: "[]",
        name: "orders",
        format: Format::Csv,
        state: State::Refused,
        size: (0, 0, 0),
    },
];

pub fn insert(conn: &mut Connection, world: &World<'_>) -> Result<()> {
    let mut people = world.cast.harbor.people.iter();
    let Some(agent) = people.find(|person| person.roles.contains(&Role::AdminAgent)) else { return Ok(()) };
    let mut log = Vec::new();
    let rows: Vec<ExportRow> = WANTED.iter().map(|wanted| row(world, agent, wanted, &mut log)).collect();
    ExportRow::insert(conn, &rows)?;
    ActivityRow::insert(conn, &log)?;
    let owner = Owner { organisation: world.cast.harbor.row.id, person: agent.id };
    for waiting in rows.iter().filter(|row| row.state == State::Waiting) {
        let now = (world.now, world.now);
        jobs::store::put(conn, (&waiting.job_id, &owner), (&MAKE, &waiting.id), now)?;
    }
    Ok(())
}

fn row(world: &World<'_>, agent: &Person, wanted: &Wanted, log: &mut Vec<ActivityRow>) -> ExportRow {
    let (asked_at, number) = (world.now.plus_seconds(-wanted.hours * 3_600), wanted.hours.unsigned_abs());
    let export = ExportId::from_number(id("export", number));
    let organisation = &world.cast.harbor.row;
    let by = Actor { person: &agent.id, name: &agent.name, organisation: &organisation.name };
    let entry = Entry::new(Action::PrepareExport, "export", export, wanted.name)
        .with([Change::set("format", wanted.format.as_text())]);
    log::put(log, (&organisation.id, world.now), by, &entry, asked_at);
    let stopped = Entry::new(Action::StopExport, "export", export, wanted.name);
    if wanted.state == State::Stopped {
        log::put(log, (&organisation.id, world.now), by, &stopped, asked_at);
    }
    let until = |at: Moment| at.plus_seconds(KEPT_HOURS * 3_600);
    ExportRow {
        id: export,
        organisation_id: organisation.id,
        person_id: agent.id,
        person_name: agent.name.clone(),
        route: wanted.route,
        path: wanted.route,
        query: wanted.query,
        filter: wanted.filter,
        format: wanted.format,
        language: "en",
        name: wanted.name,
        state: wanted.state,
        row_count: wanted.size.0,
        byte_count: wanted.size.1,
        downloads: wanted.size.2,
        asked_at,
        settled_at: (wanted.state != State::Waiting).then_some(asked_at),
        expires_at: (wanted.state == State::Expired).then(|| until(asked_at)),
        job_id: JobId::from_number(id("export job", number)),
        settled_by_name: (wanted.state == State::Stopped).then(|| agent.name.clone()),
    }
}
