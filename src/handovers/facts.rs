//! What other areas ask about handovers.

use diesel::prelude::*;

use crate::db::Connection;
use crate::db::schema::handovers;
use crate::error::Result;
use crate::values::id::{HandoverId, OrganisationId};

/// Whether a provider has any, so that there is something to link to.
///
/// # Errors
/// Database errors.
pub fn are_any(conn: &mut Connection, provider: &OrganisationId) -> Result<bool> {
    let one = handovers::table.filter(handovers::provider_id.eq(provider)).select(handovers::id);
    Ok(one.first::<HandoverId>(conn).optional()?.is_some())
}
