//! Files of usage between their upload and their use.

use anyhow::anyhow;
use diesel::prelude::*;

use super::importing;
use crate::access::Allowed;
use crate::access::permission::UploadUsage;
use crate::activity::{self, Action, Change, Entry};
use crate::azure::model::column::Sheet;
use crate::azure::model::plan::{Counts, Plan};
use crate::db::Connection;
use crate::db::schema::usage_files;
use crate::error::{Error, Result};
use crate::values::id::{OrganisationId, PersonId, UsageFileId};
use crate::values::moment::Moment;

/// For so long a file waits to be applied.
const HOURS: i64 = 24;
/// So many files of an organisation are kept; the oldest go.
const MOST: i64 = 10;

/// A file that was uploaded.
#[derive(Queryable, Selectable, Insertable, Clone, Debug)]
#[diesel(table_name = usage_files, treat_none_as_default_value = false)]
pub struct UsageFile {
    pub id: UsageFileId,
    organisation_id: OrganisationId,
    person_id: PersonId,
    pub file_name: String,
    body: String,
    pub uploaded_at: Moment,
    pub expires_at: Moment,
    pub applied_at: Option<Moment>,
    added: i32,
    changed: i32,
    refused: i32,
}

/// What came of applying a file.
#[derive(Debug)]
pub enum Applied {
    Now,
    Before,
    /// What is known changed after the preview, so that the file would do something else.
    Overtaken,
}

impl UsageFile {
    /// The file in rows.
    ///
    /// # Errors
    /// None: what was kept could be read.
    pub fn sheet(&self) -> Result<Sheet> {
        let sheet = Sheet::of_kept(&self.body);
        sheet.ok_or_else(|| Error::Internal(anyhow!("a file of usage that was kept cannot be read")))
    }

    /// What applying did.
    pub fn done(&self) -> Counts {
        let count = |number: i32| usize::try_from(number).unwrap_or(0);
        Counts { new: count(self.added), changed: count(self.changed), same: 0, refused: count(self.refused) }
    }
}

/// Keeps a file until it is applied or a day is over, and lets go of what is too much.
///
/// # Errors
/// Database errors.
pub fn keep(
    conn: &mut Connection,
    by: &Allowed<UploadUsage>,
    id: &UsageFileId,
    (file_name, body): (&str, &str),
    now: Moment,
) -> Result<()> {
    let own = || usage_files::table.filter(usage_files::organisation_id.eq(by.organisation.id));
    let newest: Vec<UsageFileId> = own()
        .order((usage_files::uploaded_at.desc(), usage_files::id.desc()))
        .select(usage_files::id)
        .limit(MOST - 1)
        .load(conn)?;
    diesel::delete(own().filter(usage_files::id.ne_all(newest))).execute(conn)?;
    let file = UsageFile {
        id: *id,
        organisation_id: by.organisation.id,
        person_id: by.person,
        file_name: file_name.to_owned(),
        body: body.to_owned(),
        uploaded_at: now,
        expires_at: now.plus_seconds(HOURS * 3600),
        applied_at: None,
        added: 0,
        changed: 0,
        refused: 0,
    };
    diesel::insert_into(usage_files::table).values(&file).execute(conn)?;
    Ok(())
}

/// Lets go of files that nobody applied in time; answers how many.
///
/// # Errors
/// Database errors.
pub fn forget_expired(conn: &mut Connection, now: Moment) -> Result<usize> {
    let expired = usage_files::table.filter(usage_files::expires_at.le(now));
    Ok(diesel::delete(expired).execute(conn)?)
}

/// A file of the viewer's own, as long as it is kept.
///
/// # Errors
/// [`Error::NotFound`]; database errors.
pub fn find(
    conn: &mut Connection,
    by: &Allowed<UploadUsage>,
    id: &UsageFileId,
    now: Moment,
) -> Result<UsageFile> {
    Ok(usage_files::table
        .find(id)
        .filter(usage_files::organisation_id.eq(by.organisation.id))
        .filter(usage_files::person_id.eq(by.person))
        .filter(usage_files::expires_at.gt(now))
        .select(UsageFile::as_select())
        .first(conn)?)
}

/// Applies a file once, if it would do what the preview showed.
///
/// # Errors
/// [`Error::NotFound`]; database errors.
pub fn apply(
    conn: &mut Connection,
    by: &Allowed<UploadUsage>,
    (id, mark): (&UsageFileId, &str),
    now: Moment,
) -> Result<Applied> {
    let file = find(conn, by, id, now)?;
    if file.applied_at.is_some() {
        return Ok(Applied::Before);
    }
    let plan = importing::plan(conn, by, &file.sheet()?, now)?;
    if plan.mark() != mark {
        return Ok(Applied::Overtaken);
    }
    importing::carry_out(conn, &plan, now)?;
    record(conn, by, (&file, &plan), now)?;
    let counts = plan.counts();
    let kept = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
    diesel::update(usage_files::table.find(id))
        .set((
            usage_files::applied_at.eq(now),
            usage_files::added.eq(kept(counts.new)),
            usage_files::changed.eq(kept(counts.changed)),
            usage_files::refused.eq(kept(counts.refused)),
        ))
        .execute(conn)?;
    Ok(Applied::Now)
}

/// A file that changes nothing leaves no trace.
fn record(
    conn: &mut Connection,
    by: &Allowed<UploadUsage>,
    (file, plan): (&UsageFile, &Plan),
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
