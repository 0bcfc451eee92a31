//! Files between their upload and their use.

use diesel::prelude::*;

use super::model::{Counts, Purpose};
use crate::access::Viewer;
use crate::db::Connection;
use crate::db::schema::previewed_files;
use crate::error::Result;
use crate::values::id::{OrganisationId, PersonId, UploadId};
use crate::values::moment::Moment;

/// For so long a file waits to be applied.
const HOURS: i64 = 24;
/// So many files of an organisation are kept of each purpose; the oldest go.
const MOST: i64 = 10;

/// A file that was uploaded.
#[derive(Queryable, Selectable, Insertable, Clone, Debug)]
#[diesel(table_name = previewed_files, treat_none_as_default_value = false)]
pub struct Upload {
    pub id: UploadId,
    purpose: Purpose,
    organisation_id: OrganisationId,
    person_id: PersonId,
    pub file_name: String,
    /// As [`crate::sheets::Sheet::kept`] writes it.
    pub body: String,
    pub uploaded_at: Moment,
    pub expires_at: Moment,
    pub applied_at: Option<Moment>,
    added: i32,
    changed: i32,
    refused: i32,
}

impl Upload {
    /// What applying did.
    pub fn done(&self) -> Counts {
        let count = |number: i32| usize::try_from(number).unwrap_or(0);
        Counts { new: count(self.added), changed: count(self.changed), same: 0, refused: count(self.refused) }
    }
}

/// Keeps a file until it is applied or a day is over, and lets go of what is too much. Whoever calls has decided that the
/// viewer may.
///
/// # Errors
/// Database errors.
pub fn keep(
    conn: &mut Connection,
    by: &Viewer,
    (purpose, id): (Purpose, &UploadId),
    (file_name, body): (&str, &str),
    now: Moment,
) -> Result<()> {
    let own = || {
        previewed_files::table
            .filter(previewed_files::organisation_id.eq(by.organisation.id))
            .filter(previewed_files::purpose.eq(purpose))
    };
    let newest: Vec<UploadId> = own()
        .order((previewed_files::uploaded_at.desc(), previewed_files::id.desc()))
        .select(previewed_files::id)
        .limit(MOST - 1)
        .load(conn)?;
    diesel::delete(own().filter(previewed_files::id.ne_all(newest))).execute(conn)?;
    let upload = Upload {
        id: *id,
        purpose,
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
    diesel::insert_into(previewed_files::table).values(&upload).execute(conn)?;
    Ok(())
}

/// Lets go of files that nobody applied in time; answers how many.
///
/// # Errors
/// Database errors.
pub fn forget_expired(conn: &mut Connection, now: Moment) -> Result<usize> {
    let expired = previewed_files::table.filter(previewed_files::expires_at.le(now));
    Ok(diesel::delete(expired).execute(conn)?)
}

/// A file of the viewer's own, as long as it is kept.
///
/// # Errors
/// [`crate::error::Error::NotFound`], also where it is of another purpose; database errors.
pub fn find(
    conn: &mut Connection,
    by: &Viewer,
    (purpose, id): (Purpose, &UploadId),
    now: Moment,
) -> Result<Upload> {
    Ok(previewed_files::table
        .find(id)
        .filter(previewed_files::purpose.eq(purpose))
        .filter(previewed_files::organisation_id.eq(&by.organisation.id))
        .filter(previewed_files::person_id.eq(&by.person))
        .filter(previewed_files::expires_at.gt(now))
        .select(Upload::as_select())
        .first(conn)?)
}

/// It is applied, and did this.
///
/// # Errors
/// Database errors.
pub fn set_applied(conn: &mut Connection, id: &UploadId, did: Counts, now: Moment) -> Result<()> {
    let kept = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
    diesel::update(previewed_files::table.find(id))
        .set((
            previewed_files::applied_at.eq(now),
            previewed_files::added.eq(kept(did.new)),
            previewed_files::changed.eq(kept(did.changed)),
            previewed_files::refused.eq(kept(did.refused)),
        ))
        .execute(conn)?;
    Ok(())
}
