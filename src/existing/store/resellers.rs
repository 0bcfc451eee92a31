//! The resellers that rows name by MPN IDs. A file names the same few again and again.

use std::collections::HashMap;

use crate::access::Viewer;
use crate::db::Connection;
use crate::error::Result;
use crate::existing::model::Unnamed;
use crate::subscriptions::store::incentives::earner;
use crate::values::id::OrganisationId;
use crate::values::mpn_id::MpnId;

/// What is known by now of the MPN IDs of a portion of rows.
#[derive(Default)]
pub struct Resellers(HashMap<String, std::result::Result<OrganisationId, Unnamed>>);

impl Resellers {
    /// The reseller that this MPN ID names, or why it cannot be named.
    ///
    /// # Errors
    /// Database errors.
    pub fn named(
        &mut self,
        conn: &mut Connection,
        by: &Viewer,
        mpn_id: &MpnId,
    ) -> Result<std::result::Result<OrganisationId, Unnamed>> {
        if let Some(known) = self.0.get(mpn_id.as_str()) {
            return Ok(*known);
        }
        let found = earner(conn, &by.organisation.id, mpn_id)?.map_err(|problem| Unnamed::of(&problem));
        self.0.insert(mpn_id.as_str().to_owned(), found);
        Ok(found)
    }
}
