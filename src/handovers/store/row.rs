//! A handover as its columns are.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::db::Connection;
use crate::db::schema::handovers;
use crate::error::{Error, Result};
use crate::handovers::model::{Handover, State, Tally};
use crate::partners::facts::name_of;
use crate::values::id::{HandoverId, JobId, OrganisationId, PersonId};
use crate::values::moment::Moment;

#[derive(Queryable, Selectable)]
#[diesel(table_name = handovers)]
pub(super) struct Row {
    id: HandoverId,
    provider_id: OrganisationId,
    former_id: Option<OrganisationId>,
    reseller_id: Option<OrganisationId>,
    begins_on: Option<NaiveDate>,
    choices: String,
    state: State,
    gathered: String,
    total: i64,
    done: i64,
    unchanged: i64,
    refused: i64,
    subscriptions: i64,
    begun_by: PersonId,
    begun_by_name: String,
    begun_at: Moment,
    settled_at: Option<Moment>,
    settled_by_name: String,
    job_id: JobId,
}

impl Row {
    /// # Errors
    /// When what was chosen cannot be read; database errors.
    pub fn read(self, conn: &mut Connection) -> Result<Handover> {
        let mut party =
            |id: Option<OrganisationId>| id.map(|id| Ok::<_, Error>((id, name_of(conn, &id)?))).transpose();
        let (former, reseller) = (party(self.former_id)?, party(self.reseller_id)?);
        let choices = serde_json::from_str(&self.choices).map_err(|error| Error::Internal(error.into()))?;
        Ok(Handover {
            id: self.id,
            provider: self.provider_id,
            former,
            reseller,
            begins_on: self.begins_on,
            choices,
            state: self.state,
            gathered: self.gathered,
            tally: Tally {
                total: self.total,
                done: self.done,
                unchanged: self.unchanged,
                refused: self.refused,
                subscriptions: self.subscriptions,
            },
            begun_by: (self.begun_by, self.begun_by_name),
            begun_at: self.begun_at,
            settled_at: self.settled_at,
            settled_by: self.settled_by_name,
            job: self.job_id,
        })
    }
}

/// Any handover, for the portal's own work.
///
/// # Errors
/// [`Error::NotFound`] when there is none; database errors.
pub(super) fn read(conn: &mut Connection, id: &HandoverId) -> Result<Handover> {
    let row: Row = handovers::table.find(id).select(Row::as_select()).first(conn)?;
    row.read(conn)
}
