//! Which letters a person gets.

use std::collections::HashSet;

use diesel::prelude::*;

use crate::access::Viewer;
use crate::db::Connection;
use crate::db::schema::{digests, muted_notifications};
use crate::error::Result;
use crate::notifications::model::Kind;
use crate::values::id::PersonId;

/// Whether the viewer gets letters of a kind.
#[derive(Clone, Copy, Debug)]
pub struct Switch {
    pub kind: Kind,
    pub is_on: bool,
}

/// Everything that the viewer's roles bring letters about.
///
/// # Errors
/// Database errors.
pub fn of(conn: &mut Connection, viewer: &Viewer) -> Result<Vec<Switch>> {
    let muted = muted_by(conn, &[&viewer.person])?;
    let is_on = |kind: Kind| !muted.contains(&(viewer.person, kind));
    let kinds = Kind::all_for(viewer.organisation.kind, &viewer.roles);
    Ok(kinds.into_iter().map(|kind| Switch { kind, is_on: is_on(kind) }).collect())
}

/// Switches on what is wanted and off what else could be. What the viewer's roles say nothing about stays as it was.
/// Answers whether anything changed.
///
/// # Errors
/// Database errors.
pub fn set(conn: &mut Connection, viewer: &Viewer, wanted: &[Kind]) -> Result<bool> {
    let switches = of(conn, viewer)?;
    let mut has_changed = false;
    for Switch { kind, is_on } in switches {
        match (is_on, wanted.contains(&kind)) {
            (true, false) => {
                diesel::insert_into(muted_notifications::table)
                    .values((
                        muted_notifications::person_id.eq(&viewer.person),
                        muted_notifications::kind.eq(kind),
                    ))
                    .execute(conn)?;
            }
            (false, true) => {
                diesel::delete(muted_notifications::table.find((&viewer.person, kind))).execute(conn)?;
            }
            _ => continue,
        }
        has_changed = true;
    }
    Ok(has_changed)
}

/// What these people do not want to be told.
///
/// # Errors
/// Database errors.
pub(super) fn muted_by(conn: &mut Connection, people: &[&PersonId]) -> Result<HashSet<(PersonId, Kind)>> {
    // As text first: a kind that an older version knew is no reason to tell nothing.
    let rows: Vec<(PersonId, String)> = muted_notifications::table
        .filter(muted_notifications::person_id.eq_any(people.iter().copied()))
        .select((muted_notifications::person_id, muted_notifications::kind))
        .load(conn)?;
    let known = |(person, kind): (PersonId, String)| Some((person, Kind::from_text(&kind)?));
    Ok(rows.into_iter().filter_map(known).collect())
}

/// Forgets the switches of somebody who is purged, and what waited for that person.
///
/// # Errors
/// Database errors.
pub fn forget(conn: &mut Connection, person: &PersonId) -> Result<()> {
    let own = muted_notifications::table.filter(muted_notifications::person_id.eq(person));
    diesel::delete(own).execute(conn)?;
    diesel::delete(digests::table.find(person)).execute(conn)?;
    Ok(())
}
