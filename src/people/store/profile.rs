//! One's own account: name, time zone and language.

use diesel::prelude::*;

use crate::access::Viewer;
use crate::activity::{self, Action, Change, Entry};
use crate::db::Connection;
use crate::db::schema::people;
use crate::error::Result;
use crate::language::Language;
use crate::people::model::OwnDetails;
use crate::values::moment::Moment;
use crate::values::name::sort_name;

/// Renames the viewer and sets time zone and language. Answers whether anything changed.
///
/// # Errors
/// Database errors.
pub fn change(conn: &mut Connection, viewer: &Viewer, own: &OwnDetails, now: Moment) -> Result<bool> {
    let OwnDetails { name, zone, language } = own;
    if viewer.name == *name && viewer.zone == *zone && viewer.language == Some(*language) {
        return Ok(false);
    }
    diesel::update(people::table.find(&viewer.person))
        .set((
            people::name.eq(name),
            people::sort_name.eq(sort_name(name)),
            people::time_zone.eq(zone.name()),
            people::language.eq(language),
            people::version.eq(people::version + 1),
        ))
        .execute(conn)?;
    let changes = [
        Change::new("name", &viewer.name, name),
        Change::new("time_zone", viewer.zone.name(), zone.name()),
        Change::new("language", viewer.language.map_or("", Language::tag), language.tag()),
    ];
    let changes = changes.into_iter().filter(|change| change.old != change.new);
    let entry = Entry::new(Action::UpdatePerson, "person", viewer.person, name).with(changes);
    activity::store::record(conn, viewer, &entry, now)?;
    Ok(true)
}
