//! The tallies of wrong passwords.

use diesel::prelude::*;

use crate::db::schema::sign_in_throttles;
use crate::db::{Connection, unless_taken};
use crate::error::Result;
use crate::session::model::throttle::{Subject, Tally};
use crate::values::moment::Moment;

/// Counts one more wrong password by all subjects and answers 0; or, if one of them has to wait, counts nothing and
/// answers the seconds until then.
///
/// # Errors
/// Database errors.
pub fn count_one_more(conn: &mut Connection, subjects: &[Subject], now: Moment) -> Result<i64> {
    let mut tallies = Vec::new();
    let mut wait = 0;
    for subject in subjects {
        let tally = tally_of(conn, subject)?.filter(|tally| subject.can_have(*tally, now));
        wait = wait.max(tally.map_or(0, |tally| subject.wait(tally, now)));
        tallies.push((subject, subject.one_more(tally, now)));
    }
    if wait == 0 {
        for (subject, tally) in tallies {
            keep(conn, subject, tally)?;
        }
    }
    Ok(wait)
}

/// Whether there were so many wrong ones before this try that somebody is to be told now.
///
/// # Errors
/// Database errors.
pub fn alarms(conn: &mut Connection, subjects: &[Subject]) -> Result<bool> {
    for subject in subjects {
        let tally = tally_of(conn, subject)?;
        if tally.is_some_and(|tally| subject.alarms(tally)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Takes one wrong password back: it was right.
///
/// # Errors
/// Database errors.
pub fn count_one_less(conn: &mut Connection, subjects: &[Subject]) -> Result<()> {
    for subject in subjects {
        let Some(tally) = tally_of(conn, subject)? else { continue };
        match subject.one_less(tally) {
            Some(tally) => keep(conn, subject, tally)?,
            None => {
                diesel::delete(sign_in_throttles::table.find(&subject.key)).execute(conn)?;
            }
        }
    }
    Ok(())
}

/// Forgets all that was counted by these subjects.
///
/// # Errors
/// Database errors.
pub fn forget(conn: &mut Connection, subjects: &[Subject]) -> Result<()> {
    let keys: Vec<&str> = subjects.iter().map(|subject| subject.key.as_str()).collect();
    diesel::delete(sign_in_throttles::table.filter(sign_in_throttles::subject.eq_any(keys))).execute(conn)?;
    Ok(())
}

fn tally_of(conn: &mut Connection, subject: &Subject) -> Result<Option<Tally>> {
    let found: Option<TallyRow> =
        sign_in_throttles::table.find(&subject.key).select(TallyRow::as_select()).first(conn).optional()?;
    Ok(found.map(Tally::from))
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = sign_in_throttles)]
struct TallyRow {
    failures: i32,
    closed_until: Moment,
    forgotten_at: Moment,
}

impl From<TallyRow> for Tally {
    fn from(row: TallyRow) -> Self {
        Self { failures: row.failures, closed_until: row.closed_until, forgotten_at: row.forgotten_at }
    }
}

fn keep(conn: &mut Connection, subject: &Subject, tally: Tally) -> Result<()> {
    let values = (
        sign_in_throttles::failures.eq(tally.failures),
        sign_in_throttles::closed_until.eq(tally.closed_until),
        sign_in_throttles::forgotten_at.eq(tally.forgotten_at),
    );
    let updated = diesel::update(sign_in_throttles::table.find(&subject.key)).set(values).execute(conn)?;
    if updated == 0 {
        unless_taken(
            conn,
            diesel::insert_into(sign_in_throttles::table)
                .values((sign_in_throttles::subject.eq(&subject.key), values)),
        )?;
    }
    Ok(())
}
