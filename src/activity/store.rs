//! Writes and reads records.

pub mod about;

use diesel::prelude::*;

use super::model::{Action, Change, Entry, Outcome, Query, Record};
use crate::access::permission::SeeActivity;
use crate::access::{Allowed, Viewer};
use crate::db::Connection;
use crate::db::like::any_part;
use crate::db::row_values::{Than, are};
use crate::db::schema::activity_records;
use crate::error::{Error, Result};
use crate::partners::facts::name_of;
use crate::values::id::{ActivityId, CustomerId, OrganisationId, PersonId};
use crate::values::moment::Moment;
use crate::values::name::sort_name;
use crate::web::pager::{Key, PAGE_SIZE, Page, Start};

/// Records what the viewer did, in the log of the viewer's own organisation. Call it inside the
/// command's `write`, so that there is no fact without its record.
///
/// # Errors
/// Database errors.
pub fn record(conn: &mut Connection, by: &Viewer, entry: &Entry, now: Moment) -> Result<()> {
    record_for(conn, &by.organisation.id, by, entry, now)
}

/// Records what somebody did who is not signed in, but known by a link.
///
/// # Errors
/// Database errors.
pub fn record_own(
    conn: &mut Connection,
    organisation: &OrganisationId,
    (person, name): (&PersonId, &str),
    action: Action,
    now: Moment,
) -> Result<()> {
    record_own_with(conn, organisation, (person, name), (action, Vec::new()), now)
}

/// The same with what changed.
///
/// # Errors
/// Database errors.
pub fn record_own_with(
    conn: &mut Connection,
    organisation: &OrganisationId,
    (person, name): (&PersonId, &str),
    (action, changes): (Action, Vec<Change>),
    now: Moment,
) -> Result<()> {
    let of = name_of(conn, organisation)?;
    let entry = Entry::new(action, "person", person, name).with(changes);
    insert(conn, organisation, (person.as_str(), name, &of), &entry, now)
}

/// Records what the portal did by itself.
///
/// # Errors
/// Database errors.
pub fn record_by_portal(
    conn: &mut Connection,
    organisation: &OrganisationId,
    entry: &Entry,
    now: Moment,
) -> Result<()> {
    insert(conn, organisation, ("", "", ""), entry, now)
}

/// Records what somebody did who has no account here, but holds a link: under the name they typed.
///
/// # Errors
/// Database errors.
pub fn record_by_visitor(
    conn: &mut Connection,
    organisation: &OrganisationId,
    (name, company): (&str, &str),
    entry: &Entry,
    now: Moment,
) -> Result<()> {
    insert(conn, organisation, ("", name, company), entry, now)
}

/// Records what a command did on the machine, where nobody is signed in: the command's name stands for the person.
///
/// # Errors
/// Database errors.
pub fn record_by_command(
    conn: &mut Connection,
    organisation: &OrganisationId,
    command: &str,
    entry: &Entry,
    now: Moment,
) -> Result<()> {
    insert(conn, organisation, ("", command, ""), entry, now)
}

/// Records what the viewer did in the log of another organisation that it concerns.
///
/// # Errors
/// Database errors.
pub fn record_for(
    conn: &mut Connection,
    organisation: &OrganisationId,
    by: &Viewer,
    entry: &Entry,
    now: Moment,
) -> Result<()> {
    insert(conn, organisation, (by.person.as_str(), &by.name, &by.organisation.name), entry, now)
}

fn insert(
    conn: &mut Connection,
    organisation: &OrganisationId,
    (person, person_name, person_organisation): (&str, &str, &str),
    entry: &Entry,
    now: Moment,
) -> Result<()> {
    let (kind, id, name) = &entry.subject;
    let customer = entry.customer.as_ref();
    let changes = serde_json::to_string(&entry.changes).map_err(|error| Error::Internal(error.into()))?;
    diesel::insert_into(activity_records::table)
        .values((
            activity_records::id.eq(ActivityId::new()),
            activity_records::organisation_id.eq(organisation),
            activity_records::person_id.eq(person),
            activity_records::person_name.eq(person_name),
            activity_records::person_organisation.eq(person_organisation),
            activity_records::action.eq(entry.action),
            activity_records::customer_id.eq(customer.map(|(id, _)| id)),
            activity_records::customer_name.eq(customer.map(|(_, name)| name)),
            activity_records::customer_sort_name.eq(customer.map(|(_, name)| sort_name(name))),
            activity_records::subject_kind.eq(*kind),
            activity_records::subject_id.eq(id),
            activity_records::subject_name.eq(name),
            activity_records::changes.eq(changes),
            activity_records::result.eq(entry.outcome),
            activity_records::occurred_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// One page of the log of the viewer's organisation, newest first.
///
/// # Errors
/// Database errors.
pub fn page_of(
    conn: &mut Connection,
    by: &Allowed<SeeActivity>,
    query: &Query,
    start: &Start,
) -> Result<Page<Record>> {
    let size = i64::try_from(PAGE_SIZE).unwrap_or(i64::MAX - 1);
    let mut records = read(conn, &by.organisation.id, query, start, size + 1)?;
    if matches!(start, Start::Before(_)) {
        records.reverse();
    }
    Ok(Page::new(records, start, key_of))
}

/// So many records after a place in the log, newest first, and the place after the last one.
///
/// # Errors
/// Database errors.
pub fn chunk(
    conn: &mut Connection,
    by: &Allowed<SeeActivity>,
    query: &Query,
    start: &Start,
    size: i64,
) -> Result<(Vec<Record>, Option<Key>)> {
    let records = read(conn, &by.organisation.id, query, start, size)?;
    let next = records.last().map(key_of);
    Ok((records, next))
}

/// The name by which the log last knew a customer.
///
/// # Errors
/// Database errors.
pub fn customer_name(
    conn: &mut Connection,
    by: &Allowed<SeeActivity>,
    customer: &CustomerId,
) -> Result<Option<String>> {
    let name: Option<Option<String>> = activity_records::table
        .filter(activity_records::organisation_id.eq(&by.organisation.id))
        .filter(activity_records::customer_id.eq(customer))
        .order((activity_records::occurred_at.desc(), activity_records::id.desc()))
        .select(activity_records::customer_name)
        .first(conn)
        .optional()?;
    Ok(name.flatten())
}

/// When an action was recorded in the viewer's log since a moment, the latest first.
///
/// # Errors
/// Database errors.
pub fn times_of(
    conn: &mut Connection,
    by: &Viewer,
    action: Action,
    since: Moment,
    most: usize,
) -> Result<Vec<Moment>> {
    Ok(activity_records::table
        .filter(activity_records::organisation_id.eq(&by.organisation.id))
        .filter(activity_records::action.eq(action))
        .filter(activity_records::occurred_at.gt(since))
        .order(activity_records::occurred_at.desc())
        .select(activity_records::occurred_at)
        .limit(i64::try_from(most).unwrap_or(i64::MAX))
        .load(conn)?)
}

fn key_of(record: &Record) -> Key {
    Key::new(record.occurred_at.exact(), &record.id)
}

/// First which records, through an index alone, then what they say: a search for a rare name
/// would otherwise fetch every row of the period.
fn read(
    conn: &mut Connection,
    organisation: &OrganisationId,
    query: &Query,
    start: &Start,
    limit: i64,
) -> Result<Vec<Record>> {
    let mut wanted = activity_records::table
        .filter(activity_records::organisation_id.eq(organisation))
        .select(activity_records::id)
        .limit(limit)
        .into_boxed();
    if let Some(customer) = &query.customer {
        wanted = wanted.filter(activity_records::customer_id.eq(customer));
    }
    if let Some(action) = query.action {
        wanted = wanted.filter(activity_records::action.eq(action));
    }
    if let Some(search) = &query.search {
        wanted = wanted.filter(activity_records::customer_sort_name.like(any_part(search)).escape('\\'));
    }
    let (occurred_at, id) = (activity_records::occurred_at, activity_records::id);
    // One lower and one upper bound each: SQLite looks an index up by one of two and reads the rest.
    let wanted = match Place::of(start, query) {
        Place::Newest => wanted
            .filter(occurred_at.ge(query.from).and(occurred_at.lt(query.until)))
            .order((occurred_at.desc(), id.desc())),
        Place::OlderThan(at, than) => wanted
            .filter(occurred_at.ge(query.from))
            .filter(are((occurred_at, id), Than::Less, (at, than.as_str())))
            .order((occurred_at.desc(), id.desc())),
        Place::NewerThan(at, than) => wanted
            .filter(are((occurred_at, id), Than::Greater, (at, than.as_str())))
            .filter(occurred_at.lt(query.until))
            .order((occurred_at.asc(), id.asc())),
    };
    let ids: Vec<ActivityId> = wanted.load(conn)?;
    let rows: Vec<Row> = activity_records::table
        .filter(activity_records::id.eq_any(ids))
        .order((activity_records::occurred_at.desc(), activity_records::id.desc()))
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Record::from).collect())
}

/// From where the log is read.
enum Place {
    Newest,
    OlderThan(Moment, ActivityId),
    NewerThan(Moment, ActivityId),
}

impl Place {
    /// A key outside the period makes no sense, so reading begins at the newest.
    fn of(start: &Start, query: &Query) -> Self {
        let read = |key: &Key| {
            let at = Moment::parse_exact(&key.sort).filter(|at| (query.from..query.until).contains(at));
            at.zip(ActivityId::parse(&key.id))
        };
        match start {
            Start::First => Self::Newest,
            Start::After(key) => read(key).map_or(Self::Newest, |(at, id)| Self::OlderThan(at, id)),
            Start::Before(key) => read(key).map_or(Self::Newest, |(at, id)| Self::NewerThan(at, id)),
        }
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = activity_records)]
struct Row {
    id: ActivityId,
    person_name: String,
    person_organisation: String,
    action: Action,
    customer_id: Option<CustomerId>,
    customer_name: Option<String>,
    subject_kind: String,
    subject_id: String,
    subject_name: String,
    changes: String,
    result: Outcome,
    occurred_at: Moment,
}

impl From<Row> for Record {
    fn from(row: Row) -> Self {
        // What an older version wrote and this one cannot read is left out, not the whole record.
        let changes: Vec<Change> = serde_json::from_str(&row.changes).unwrap_or_default();
        Self {
            id: row.id,
            occurred_at: row.occurred_at,
            action: row.action,
            customer: row.customer_id.zip(row.customer_name),
            person: (row.person_name, row.person_organisation),
            subject_kind: row.subject_kind,
            subject_id: row.subject_id,
            subject_name: row.subject_name,
            changes,
            outcome: row.result,
        }
    }
}
