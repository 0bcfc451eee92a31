//! Every query of the area, by what it is about.

pub mod answer;
pub mod letters;
pub mod link;
pub mod providers;
pub mod removal;
pub mod requests;
pub mod resellers;

use diesel::prelude::*;

use crate::db::Connection;
use crate::db::schema::delegations;
use crate::error::Result;
use crate::values::id::OrganisationId;

/// How many customers of a provider each of these resellers administers.
fn delegated_customers(
    conn: &mut Connection,
    provider: &OrganisationId,
    resellers: &[&OrganisationId],
) -> Result<Vec<(OrganisationId, i64)>> {
    Ok(delegations::table
        .filter(delegations::provider_id.eq(provider))
        .filter(delegations::reseller_id.eq_any(resellers.iter().copied()))
        .filter(delegations::ended_at.is_null())
        .group_by(delegations::reseller_id)
        .select((delegations::reseller_id, diesel::dsl::count_star()))
        .load(conn)?)
}

/// The pattern that finds any part of a text.
fn any_part(needle: &str) -> String {
    let mut pattern = String::from("%");
    for character in needle.chars() {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_with_a_meaning_are_searched_as_they_are() {
        assert_eq!(any_part("50%_a\\b"), "%50\\%\\_a\\\\b%");
    }
}
