//! Writes and reads events. What is the same within an hour is one row, and an account fills only so many rows an hour:
//! nobody can flood the log.

use diesel::prelude::*;

use super::{Event, EventKind, KEPT_DAYS};
use crate::access::permission::SeeSecurity;
use crate::access::{Allowed, OrganisationKind};
use crate::db::Connection;
use crate::db::schema::security_events;
use crate::error::Result;
use crate::partners::facts::{organisation, organisation_name};
use crate::values::id::ActivityId;
use crate::values::moment::Moment;
use crate::web::pager::{Page, Portion, descending, keyset};

/// So many different ones of a kind are told apart for a person in an hour; the rest is one row without address, or
/// one for each list.
const MOST_AN_HOUR: i64 = 20;
/// So many old rows go at once.
const STEP: i64 = 500;

/// Records an event.
///
/// # Errors
/// Database errors.
pub fn record(conn: &mut Connection, event: &Event, now: Moment) -> Result<()> {
    if seen_again(conn, event, now)? {
        return Ok(());
    }
    let of_hour: i64 = security_events::table
        .filter(security_events::person_id.eq(event.person.0))
        .filter(security_events::kind.eq(event.kind))
        .filter(security_events::hour.eq(now.start_of_hour()))
        .count()
        .get_result(conn)?;
    if of_hour < MOST_AN_HOUR {
        return insert(conn, event, now);
    }
    // There are only so many lists, so that which one was exported stays, however much else was.
    let detail = if event.kind == EventKind::Export { event.detail } else { "" };
    let rest = Event { detail, address: "", ..*event };
    if seen_again(conn, &rest, now)? { Ok(()) } else { insert(conn, &rest, now) }
}

/// Counts an event that was seen in this hour. Answers `false` when it was not.
fn seen_again(conn: &mut Connection, event: &Event, now: Moment) -> Result<bool> {
    let same = security_events::table
        .filter(security_events::person_id.eq(event.person.0))
        .filter(security_events::kind.eq(event.kind))
        .filter(security_events::hour.eq(now.start_of_hour()))
        .filter(security_events::detail.eq(event.detail))
        .filter(security_events::address.eq(event.address));
    let counted = diesel::update(same)
        .set((security_events::times.eq(security_events::times + 1), security_events::last_at.eq(now)))
        .execute(conn)?;
    Ok(counted > 0)
}

fn insert(conn: &mut Connection, event: &Event, now: Moment) -> Result<()> {
    let (person, name) = event.person;
    diesel::insert_into(security_events::table)
        .values((
            security_events::id.eq(ActivityId::new()),
            security_events::organisation_id.eq(event.organisation),
            security_events::person_id.eq(person),
            security_events::person_name.eq(name),
            security_events::kind.eq(event.kind),
            security_events::detail.eq(event.detail),
            security_events::address.eq(event.address),
            security_events::hour.eq(now.start_of_hour()),
            security_events::times.eq(1),
            security_events::first_at.eq(now),
            security_events::last_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Deletes some of what is older than it is kept; answers how much.
///
/// # Errors
/// Database errors.
pub fn forget_old(conn: &mut Connection, now: Moment) -> Result<usize> {
    let old: Vec<String> = security_events::table
        .filter(security_events::first_at.lt(now.plus_days(-KEPT_DAYS)))
        .order(security_events::first_at)
        .select(security_events::id)
        .limit(STEP)
        .load(conn)?;
    if old.is_empty() {
        return Ok(0);
    }
    Ok(diesel::delete(security_events::table.filter(security_events::id.eq_any(old))).execute(conn)?)
}

/// Whether somebody sees the events of all organisations.
pub fn sees_all(by: &Allowed<SeeSecurity>) -> bool {
    by.organisation.kind == OrganisationKind::Operator
}

/// What was the same within an hour, as it is read.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = security_events)]
pub struct Seen {
    pub id: String,
    /// The name of the person's organisation.
    #[diesel(select_expression = organisation_name)]
    pub organisation: String,
    #[diesel(column_name = person_name)]
    pub person: String,
    pub kind: EventKind,
    pub detail: String,
    /// Empty for what came from more addresses than are told apart.
    pub address: String,
    pub times: i32,
    pub first_at: Moment,
    pub last_at: Moment,
}

/// A page of events, newest first, of one kind or of all.
///
/// # Errors
/// Database errors.
pub fn page_of(
    conn: &mut Connection,
    by: &Allowed<SeeSecurity>,
    kind: Option<EventKind>,
    portion: &Portion,
) -> Result<Page<Seen>> {
    let mut query =
        security_events::table.inner_join(organisation(security_events::organisation_id)).into_boxed();
    if !sees_all(by) {
        query = query.filter(security_events::organisation_id.eq(&by.organisation.id));
    }
    if let Some(kind) = kind {
        query = query.filter(security_events::kind.eq(kind));
    }
    keyset(conn, query, descending(security_events::first_at, security_events::id), portion)
}

#[cfg(test)]
mod tests;
