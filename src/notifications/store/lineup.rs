//! Lining events up, and calling those who are to be told.

use std::collections::HashMap;

use diesel::prelude::*;

use super::switches::muted_by;
use crate::access::Role;
use crate::db::Connection;
use crate::db::schema::{digests, notifications};
use crate::error::Result;
use crate::notifications::model::Kind;
use crate::partners;
use crate::people::facts::members;
use crate::values::id::{NotificationId, OrganisationId, PersonId};
use crate::values::moment::Moment;

/// Nobody gets more than one letter in so many seconds.
pub(super) const PAUSE_SECONDS: i64 = 3600;

/// Whether anything waits to be lined up.
///
/// # Errors
/// Database errors.
pub fn is_needed(conn: &mut Connection) -> Result<bool> {
    let one = notifications::table.filter(notifications::position.is_null()).select(notifications::id);
    Ok(one.first::<NotificationId>(conn).optional()?.is_some())
}

/// Gives the next events their positions, and calls whom they concern. Answers how many there were.
///
/// # Errors
/// Database errors.
pub fn line_up(conn: &mut Connection, now: Moment, most: i64) -> Result<usize> {
    let waiting: Vec<WaitingRow> = notifications::table
        .filter(notifications::position.is_null())
        .order(notifications::id)
        .select(WaitingRow::as_select())
        .limit(most)
        .load(conn)?;
    let mut firsts: HashMap<OrganisationId, Firsts> = HashMap::new();
    let last = last_position(conn)?;
    for (position, row) in (last + 1..).zip(&waiting) {
        diesel::update(notifications::table.find(&row.id))
            .set(notifications::position.eq(Some(position)))
            .execute(conn)?;
        // A kind that only a newer version knows is told to nobody, and holds up nothing.
        if let Some(kind) = Kind::from_text(&row.kind) {
            firsts.entry(row.organisation_id).or_default().entry(kind).or_insert(position);
        }
    }
    for (organisation, firsts) in &firsts {
        call_people_of(conn, organisation, firsts, now)?;
    }
    Ok(waiting.len())
}

/// An event without a position.
#[derive(Queryable, Selectable)]
#[diesel(table_name = notifications)]
struct WaitingRow {
    id: NotificationId,
    organisation_id: OrganisationId,
    kind: String,
}

/// The first position of each kind.
type Firsts = HashMap<Kind, i64>;

fn last_position(conn: &mut Connection) -> Result<i64> {
    let last: Option<Option<i64>> = notifications::table
        .filter(notifications::position.is_not_null())
        .order(notifications::position.desc())
        .select(notifications::position)
        .first(conn)
        .optional()?;
    Ok(last.flatten().unwrap_or_default())
}

fn call_people_of(
    conn: &mut Connection,
    organisation: &OrganisationId,
    firsts: &Firsts,
    now: Moment,
) -> Result<()> {
    let kind = partners::store::find(conn, organisation)?.kind;
    let members: Vec<(PersonId, Vec<Role>)> = members(conn, organisation)?;
    let people: Vec<&PersonId> = members.iter().map(|(person, _)| person).collect();
    let muted = muted_by(conn, &people)?;
    for (person, roles) in &members {
        let is_told = |told: Kind| told.concerns(kind, roles) && !muted.contains(&(*person, told));
        let first = firsts.iter().filter(|(told, _)| is_told(**told)).map(|(_, first)| *first).min();
        if let Some(first) = first {
            call(conn, person, first, now)?;
        }
    }
    Ok(())
}

/// Who waits for a letter already finds it there.
fn call(conn: &mut Connection, person: &PersonId, first: i64, now: Moment) -> Result<()> {
    let known: Option<DigestRow> =
        digests::table.find(person).select(DigestRow::as_select()).first(conn).optional()?;
    match known {
        None => {
            diesel::insert_into(digests::table)
                .values((
                    digests::person_id.eq(person),
                    digests::from_position.eq(Some(first)),
                    digests::due_at.eq(Some(now)),
                ))
                .execute(conn)?;
        }
        Some(DigestRow { due_at: Some(_), .. }) => {}
        Some(DigestRow { due_at: None, sent_at }) => {
            // A letter that seems to have been sent later than now was sent while the clock was ahead.
            let sent_at = sent_at.filter(|sent_at| sent_at.can_have_been(now));
            let due_at = sent_at.map_or(now, |sent_at| sent_at.plus_seconds(PAUSE_SECONDS).max(now));
            diesel::update(digests::table.find(person))
                .set((digests::from_position.eq(Some(first)), digests::due_at.eq(Some(due_at))))
                .execute(conn)?;
        }
    }
    Ok(())
}

/// When somebody's next letter is due, and when the last one was sent.
#[derive(Queryable, Selectable)]
#[diesel(table_name = digests)]
struct DigestRow {
    due_at: Option<Moment>,
    sent_at: Option<Moment>,
}
