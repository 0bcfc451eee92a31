//! What other areas ask about audiences of offers.

use std::collections::HashSet;

use diesel::prelude::*;

pub use super::model::{Audience, Rule};
use crate::db::Connection;
use crate::db::schema::{listed_resellers, offer_audiences};
use crate::error::Result;
use crate::partners::facts::{organisation, organisation_name, organisation_sort_name};
use crate::values::id::{OfferId, OrganisationId};

/// The offers on which a provider does not let a reseller be named.
///
/// # Errors
/// Database errors.
pub fn closed_to(
    conn: &mut Connection,
    provider: &OrganisationId,
    reseller: &OrganisationId,
) -> Result<HashSet<OfferId>> {
    let is_listed = listed_resellers::table.on(listed_resellers::provider_id
        .eq(offer_audiences::provider_id)
        .and(listed_resellers::offer_id.eq(offer_audiences::offer_id))
        .and(listed_resellers::reseller_id.eq(reseller)));
    let is_left_out = listed_resellers::reseller_id.nullable().is_null();
    let but_it =
        offer_audiences::rule.eq(Rule::AllBut).and(listed_resellers::reseller_id.nullable().is_not_null());
    let others_only = offer_audiences::rule.eq(Rule::Only).and(is_left_out);
    let closed: Vec<OfferId> = offer_audiences::table
        .left_join(is_listed)
        .filter(offer_audiences::provider_id.eq(provider))
        .filter(but_it.or(others_only))
        .select(offer_audiences::offer_id)
        .load(conn)?;
    Ok(closed.into_iter().collect())
}

/// Whom a provider lets be named on an offer.
///
/// # Errors
/// Database errors.
pub fn audience_of(conn: &mut Connection, provider: &OrganisationId, offer: &OfferId) -> Result<Audience> {
    let Some(rule) = rule_of(conn, provider, offer)? else { return Ok(Audience::every()) };
    let listed: Vec<OrganisationId> = listed_resellers::table
        .filter(listed_resellers::provider_id.eq(provider))
        .filter(listed_resellers::offer_id.eq(offer))
        .select(listed_resellers::reseller_id)
        .load(conn)?;
    Ok(Audience { rule, listed: listed.into_iter().collect() })
}

fn rule_of(conn: &mut Connection, provider: &OrganisationId, offer: &OfferId) -> Result<Option<Rule>> {
    let decided = offer_audiences::table.find((provider, offer)).select(offer_audiences::rule);
    Ok(decided.first(conn).optional()?)
}

/// Whom an offer is open to, in short.
#[derive(Clone, Debug)]
pub struct Summary {
    pub rule: Rule,
    /// The first of those that it lists, by name.
    pub names: Vec<String>,
    /// How many more there are.
    pub more: usize,
}

/// So many are named in a summary.
const NAMED: usize = 20;

/// Whom a provider has opened an offer to, as far as it is not every reseller.
///
/// # Errors
/// Database errors.
pub fn of_offer(
    conn: &mut Connection,
    provider: &OrganisationId,
    offer: &OfferId,
) -> Result<Option<Summary>> {
    let rule = rule_of(conn, provider, offer)?.filter(|rule| *rule != Rule::Every);
    let Some(rule) = rule else { return Ok(None) };
    let mut names: Vec<String> = listed_resellers::table
        .inner_join(organisation(listed_resellers::reseller_id))
        .filter(listed_resellers::provider_id.eq(provider))
        .filter(listed_resellers::offer_id.eq(offer))
        .order((organisation_sort_name, listed_resellers::reseller_id))
        .select(organisation_name)
        .load(conn)?;
    let more = names.len().saturating_sub(NAMED);
    names.truncate(NAMED);
    Ok(Some(Summary { rule, names, more }))
}
