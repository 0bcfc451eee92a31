//! Files of usage between their upload and their use.

use anyhow::anyhow;

use super::importing;
use crate::access::Allowed;
use crate::access::permission::UploadUsage;
use crate::activity::{self, Action, Change, Entry};
use crate::azure::model::column::Sheet;
use crate::azure::model::plan::Plan;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::previews::model::Purpose;
use crate::previews::store::{self as previews, Upload};
use crate::values::id::UploadId;
use crate::values::moment::Moment;

/// What came of applying a file.
#[derive(Debug)]
pub enum Applied {
    Now,
    Before,
    /// What is known changed after the preview, so that the file would do something else.
    Overtaken,
}

/// Keeps a file until it is applied or a day is over.
///
/// # Errors
/// Database errors.
pub fn keep(
    conn: &mut Connection,
    by: &Allowed<UploadUsage>,
    id: &UploadId,
    file: (&str, &str),
    now: Moment,
) -> Result<()> {
    previews::keep(conn, by, (Purpose::Usage, id), file, now)
}

/// A file of the viewer's own in rows, as long as it is kept.
///
/// # Errors
/// [`Error::NotFound`]; database errors.
pub fn find(
    conn: &mut Connection,
    by: &Allowed<UploadUsage>,
    id: &UploadId,
    now: Moment,
) -> Result<(Upload, Sheet)> {
    let upload = previews::find(conn, by, (Purpose::Usage, id), now)?;
    let sheet = Sheet::of_kept(&upload.body);
    let sheet =
        sheet.ok_or_else(|| Error::Internal(anyhow!("a file of usage that was kept cannot be read")))?;
    Ok((upload, sheet))
}

/// Applies a file once, if it would do what the preview showed.
///
/// # Errors
/// [`Error::NotFound`]; database errors.
pub fn apply(
    conn: &mut Connection,
    by: &Allowed<UploadUsage>,
    (id, mark): (&UploadId, &str),
    now: Moment,
) -> Result<Applied> {
    let (file, sheet) = find(conn, by, id, now)?;
    if file.applied_at.is_some() {
        return Ok(Applied::Before);
    }
    let plan = importing::plan(conn, by, &sheet, now)?;
    if plan.mark() != mark {
        return Ok(Applied::Overtaken);
    }
    importing::carry_out(conn, &plan, now)?;
    record(conn, by, (&file, &plan), now)?;
    previews::set_applied(conn, id, plan.counts(), now)?;
    Ok(Applied::Now)
}

/// A file that changes nothing leaves no trace.
fn record(
    conn: &mut Connection,
    by: &Allowed<UploadUsage>,
    (file, plan): (&Upload, &Plan),
    now: Moment,
) -> Result<()> {
    let counts = plan.counts();
    if !counts.has_good() {
        return Ok(());
    }
    let entry = Entry::new(Action::UploadUsage, "usage_file", file.id, &file.file_name).with([
        Change::set("added", counts.new),
        Change::set("changed", counts.changed),
        Change::set("refused_rows", counts.refused),
        Change::set("spending", plan.difference().money(by.organisation.currency)),
    ]);
    activity::store::record(conn, by, &entry, now)
}
