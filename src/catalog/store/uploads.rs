//! Files between their upload and their use.

use anyhow::anyhow;
use diesel::prelude::*;

use super::import;
use super::keeping::Author;
use crate::access::Allowed;
use crate::access::permission::ManageCatalog;
use crate::catalog::model::plan::Counts;
use crate::catalog::model::sheet::{self, Sheet};
use crate::db::Connection;
use crate::db::schema::catalogue_uploads;
use crate::error::{Error, Result};
use crate::values::id::{OrganisationId, PersonId, UploadId};
use crate::values::moment::Moment;

/// For so long a file waits to be applied.
const HOURS: i64 = 24;
/// So many files of an organisation are kept; the oldest go.
const MOST: i64 = 10;

/// A file that was uploaded.
#[derive(Queryable, Selectable, Insertable, Clone, Debug)]
#[diesel(table_name = catalogue_uploads, treat_none_as_default_value = false)]
pub struct Upload {
    pub id: UploadId,
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
    Now(Counts),
    Before,
    /// The catalogue changed after the preview, so that the file would do something else.
    Overtaken,
}

impl Upload {
    /// The file in rows. What the portal kept before it read workbooks is the text as it was sent.
    ///
    /// # Errors
    /// None: what was kept could be read.
    pub fn sheet(&self) -> Result<Sheet> {
        let sheet = Sheet::of_kept(&self.body).or_else(|| sheet::read(self.body.as_bytes()).ok());
        sheet.ok_or_else(|| Error::Internal(anyhow!("an upload that was kept cannot be read")))
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
    by: &Allowed<ManageCatalog>,
    id: &UploadId,
    (file_name, body): (&str, &str),
    now: Moment,
) -> Result<()> {
    let own = &by.organisation.id;
    let newest: Vec<UploadId> = catalogue_uploads::table
        .filter(catalogue_uploads::organisation_id.eq(own))
        .order((catalogue_uploads::uploaded_at.desc(), catalogue_uploads::id.desc()))
        .select(catalogue_uploads::id)
        .limit(MOST - 1)
        .load(conn)?;
    let others = catalogue_uploads::table.filter(catalogue_uploads::organisation_id.eq(own));
    diesel::delete(others.filter(catalogue_uploads::id.ne_all(newest))).execute(conn)?;
    let upload = Upload {
        id: *id,
        organisation_id: *own,
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
    diesel::insert_into(catalogue_uploads::table).values(&upload).execute(conn)?;
    Ok(())
}

/// Lets go of files that nobody applied in time; answers how many.
///
/// # Errors
/// Database errors.
pub fn forget_expired(conn: &mut Connection, now: Moment) -> Result<usize> {
    let expired = catalogue_uploads::table.filter(catalogue_uploads::expires_at.le(now));
    Ok(diesel::delete(expired).execute(conn)?)
}

/// A file of the viewer's own, as long as it is kept.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; database errors.
pub fn find(
    conn: &mut Connection,
    by: &Allowed<ManageCatalog>,
    id: &UploadId,
    now: Moment,
) -> Result<Upload> {
    Ok(catalogue_uploads::table
        .find(id)
        .filter(catalogue_uploads::organisation_id.eq(&by.organisation.id))
        .filter(catalogue_uploads::person_id.eq(&by.person))
        .filter(catalogue_uploads::expires_at.gt(now))
        .select(Upload::as_select())
        .first(conn)?)
}

/// Applies a file once, if it would do what the preview showed.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; database errors.
pub fn apply(
    conn: &mut Connection,
    by: &Allowed<ManageCatalog>,
    id: &UploadId,
    mark: &str,
    now: Moment,
) -> Result<Applied> {
    let upload = find(conn, by, id, now)?;
    if upload.applied_at.is_some() {
        return Ok(Applied::Before);
    }
    let file = (upload.file_name.as_str(), &upload.sheet()?);
    let Some(plan) = import::apply(conn, &Author::of(by), file, Some(mark), now)? else {
        return Ok(Applied::Overtaken);
    };
    let counts = plan.counts();
    let kept = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
    diesel::update(catalogue_uploads::table.find(id))
        .set((
            catalogue_uploads::applied_at.eq(now),
            catalogue_uploads::added.eq(kept(counts.new)),
            catalogue_uploads::changed.eq(kept(counts.changed)),
            catalogue_uploads::refused.eq(kept(counts.refused)),
        ))
        .execute(conn)?;
    Ok(Applied::Now(counts))
}
