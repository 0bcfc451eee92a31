//! How many customers resellers administer: of a whole page of resellers by one question.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Text};

use crate::db::Connection;
use crate::error::Result;
use crate::values::id::OrganisationId;
use crate::web::Count;

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = Text)]
    reseller: OrganisationId,
    #[diesel(sql_type = BigInt)]
    customers: i64,
}

/// How many customers of a provider each of these resellers administers, as far as counting is cheap.
///
/// # Errors
/// Database errors.
pub fn counts<'a>(
    conn: &mut Connection,
    provider: &OrganisationId,
    resellers: impl IntoIterator<Item = &'a OrganisationId>,
) -> Result<HashMap<OrganisationId, Count>> {
    let (own, resellers_of) = match conn.is_sqlite() {
        true => ("?", "json_each(?) AS wanted"),
        false => ("$1", "json_array_elements_text($2::json) AS wanted (value)"),
    };
    let asked = sql_query(format!(
        "SELECT wanted.value AS reseller, (SELECT count(*) FROM (SELECT 1 FROM delegations
            WHERE provider_id = {own} AND reseller_id = wanted.value AND ended_at IS NULL LIMIT {}) AS few) AS customers
         FROM {resellers_of}",
        Count::LIMIT
    ));
    let list: Vec<&str> = resellers.into_iter().map(OrganisationId::as_str).collect();
    let list = serde_json::Value::from(list).to_string();
    let counted: Vec<Counted> = asked.bind::<Text, _>(provider).bind::<Text, _>(list).load(conn)?;
    let count = |found: i64| Count::of(usize::try_from(found).unwrap_or_default());
    Ok(counted.into_iter().map(|row| (row.reseller, count(row.customers))).collect())
}
