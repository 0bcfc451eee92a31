//! Writes and reads records.

pub mod about;

use diesel::prelude::*;

use super::model::{Action, Author, Change, Entry, Outcome, Query, Record};
use crate::access::permission::SeeActivity;
use crate::access::{Allowed, Viewer};
use crate::db::Connection;
use crate::db::among::is_among;
use crate::db::like::any_part;
use crate::db::schema::activity_records;
use crate::error::{Error, Result};
use crate::partners::facts::name_of;
use crate::values::id::{ActivityId, CustomerId, OrganisationId, PersonId};
use crate::values::moment::Moment;
use crate::values::name::sort_name;
use crate::web::pager::{Page, Portion, Start, descending, keyset};

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

/// The same for whoever is on record for it, in the log of an organisation that it concerns.
///
/// # Errors
/// Database errors.
pub fn record_as(
    conn: &mut Connection,
    organisation: &OrganisationId,
    by: &Author,
    entry: &Entry,
    now: Moment,
) -> Result<()> {
    insert(conn, organisation, (by.person.as_str(), &by.name, &by.organisation_name), entry, now)
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

/// A portion of the log of the viewer's organisation, newest first.
///
/// # Errors
/// Database errors.
pub fn page_of(
    conn: &mut Connection,
    by: &Allowed<SeeActivity>,
    query: &Query,
    portion: &Portion,
) -> Result<Page<Record>> {
    read(conn, &by.organisation.id, query, portion)
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

/// First which records, through an index alone, then what they say: a search for a rare name
/// would otherwise fetch every row of the period.
fn read(
    conn: &mut Connection,
    organisation: &OrganisationId,
    query: &Query,
    portion: &Portion,
) -> Result<Page<Record>> {
    // A key outside the period makes no sense, so reading begins at the newest.
    let portion = &portion.if_sensible(|key| {
        Moment::parse_exact(&key.sort).is_some_and(|at| (query.from..query.until).contains(&at))
    });
    let mut wanted =
        activity_records::table.filter(activity_records::organisation_id.eq(organisation)).into_boxed();
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
    wanted = match portion.start() {
        Start::First => wanted.filter(occurred_at.ge(query.from).and(occurred_at.lt(query.until))),
        Start::After(_) => wanted.filter(occurred_at.ge(query.from)),
        Start::Before(_) => wanted.filter(occurred_at.lt(query.until)),
    };
    let page: Page<IdRow> = keyset(conn, wanted, descending(occurred_at, id), portion)?;
    page.read(|found| {
        let rows: Vec<Row> = activity_records::table
            .filter(is_among(id, found.into_iter().map(|row| row.id)))
            .order((occurred_at.desc(), id.desc()))
            .select(Row::as_select())
            .load(conn)?;
        Ok(rows.into_iter().map(Record::from).collect())
    })
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = activity_records)]
struct IdRow {
    id: ActivityId,
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
