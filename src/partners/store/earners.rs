//! Who earns by which MPN ID, and where: the names that pages put beside the number.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::db::Connection;
use crate::db::among::is_among;
use crate::db::schema::{locations, organisations};
use crate::error::Result;
use crate::partners::model::Holder;
use crate::values::id::OrganisationId;

/// The holders of MPN IDs, by MPN ID.
pub type Holders = HashMap<String, Holder>;

/// Who has these MPN IDs.
///
/// # Errors
/// Database errors.
pub fn holders_of<'a>(conn: &mut Connection, mpn_ids: impl IntoIterator<Item = &'a str>) -> Result<Holders> {
    let mut wanted: Vec<&str> = mpn_ids.into_iter().filter(|mpn_id| !mpn_id.is_empty()).collect();
    wanted.sort_unstable();
    wanted.dedup();
    if wanted.is_empty() {
        return Ok(Holders::new());
    }
    let rows: Vec<Row> = locations::table
        .inner_join(organisations::table)
        .filter(is_among(locations::mpn_id, wanted))
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(|row| (row.mpn_id.clone(), Holder::from(row))).collect())
}

/// A location as its columns are, with whose it is.
#[derive(Queryable, Selectable)]
#[diesel(table_name = locations)]
struct Row {
    mpn_id: String,
    organisation_id: OrganisationId,
    #[diesel(select_expression = organisations::name)]
    organisation_name: String,
    city: String,
}

impl From<Row> for Holder {
    fn from(row: Row) -> Self {
        Self { organisation: row.organisation_id, name: row.organisation_name, city: row.city }
    }
}
