//! Handovers as rows. What another provider began does not exist.

pub mod beginning;
pub mod carrying;
pub mod closing;
mod gathering;
pub mod list;
pub mod parting;
mod row;
pub mod sampling;
pub mod turn;

use diesel::prelude::*;

use super::model::Handover;
use crate::access::Allowed;
use crate::access::permission::HandCustomersOver;
use crate::db::Connection;
use crate::db::schema::handovers;
use crate::error::Result;
use crate::values::id::HandoverId;
use row::Row;

/// A handover of the viewer's organisation.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when there is none; database errors.
pub fn find(conn: &mut Connection, by: &Allowed<HandCustomersOver>, id: &HandoverId) -> Result<Handover> {
    let row: Row = handovers::table
        .filter(handovers::id.eq(id))
        .filter(handovers::provider_id.eq(&by.organisation.id))
        .select(Row::as_select())
        .first(conn)?;
    row.read(conn)
}
