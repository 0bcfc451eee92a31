//! Bringing a file into the catalogue, all good rows in one transaction.

use std::collections::HashMap;

use super::keeping::{Author, all, put_changed, put_new};
use super::rows::set_belongings;
use crate::activity::{Action, Change, Entry};
use crate::catalog::model::definition::{Definition, Kept};
use crate::catalog::model::plan::{Plan, Verdict};
use crate::catalog::model::sheet::Sheet;
use crate::db::Connection;
use crate::error::Result;
use crate::previews::model::Counts;
use crate::values::id::OfferId;
use crate::values::moment::Moment;

/// What a file would do now.
///
/// # Errors
/// Database errors.
pub fn plan(conn: &mut Connection, sheet: &Sheet, now: Moment) -> Result<Plan> {
    let today = now.day();
    Ok(Plan::of(sheet, &all(conn, today)?, today))
}

/// Takes the good rows of a file and answers what was done. Where `mark` is another one than that of the plan as it
/// would be now, nothing is done: `None`.
///
/// # Errors
/// Database errors.
pub fn apply(
    conn: &mut Connection,
    by: &Author,
    (file_name, sheet): (&str, &Sheet),
    mark: Option<&str>,
    now: Moment,
) -> Result<Option<Plan>> {
    let kept = all(conn, now.day())?;
    let plan = Plan::of(sheet, &kept, now.day());
    if mark.is_some_and(|mark| mark != plan.mark()) {
        return Ok(None);
    }
    let kept: HashMap<&OfferId, &Kept> = kept.iter().map(|kept| (&kept.id, kept)).collect();
    // All rows first: they refer to each other in any order.
    let mut written: Vec<(OfferId, &Definition)> = Vec::new();
    for row in &plan.rows {
        match &row.verdict {
            Verdict::New(new) => {
                let id = OfferId::new();
                put_new(conn, by, &id, (&new.definition, &new.prices), now)?;
                written.push((id, &new.definition));
            }
            Verdict::Changed(change) => {
                let Some(before) = kept.get(&change.id) else { continue };
                put_changed(conn, by, before, (&change.definition, &change.changes), now)?;
                written.push((change.id, &change.definition));
            }
            Verdict::Same | Verdict::Refused(_) => {}
        }
    }
    for (id, said) in written {
        set_belongings(conn, &id, said)?;
    }
    record(conn, by, file_name, plan.counts(), now)?;
    Ok(Some(plan))
}

/// An import that changes nothing leaves no trace.
fn record(conn: &mut Connection, by: &Author, file_name: &str, counts: Counts, now: Moment) -> Result<()> {
    if !counts.has_good() {
        return Ok(());
    }
    let entry = Entry::new(Action::ImportCatalogue, "catalog", "", file_name).with([
        Change::set("added", counts.new),
        Change::set("changed", counts.changed),
        Change::set("refused_rows", counts.refused),
    ]);
    by.record(conn, &entry, now)
}
