//! Addresses at which there is nobody left to ask.

use diesel::prelude::*;

use crate::access::{Allowed, Permission};
use crate::db::Connection;
use crate::db::schema::{partnership_requests, partnerships};
use crate::error::Result;
use crate::links::model::RequestState;
use crate::partners::facts::{organisation, organisation_name};
use crate::partnerships::model::PartnershipState;
use crate::people::facts::{people_of, person_email};
use crate::values::email::Email;

/// Which of these addresses are those of active partners, with their names: somebody there signs in with
/// the address, or a request to it was accepted.
///
/// # Errors
/// Database errors.
pub fn partners_at<P: Permission>(
    conn: &mut Connection,
    by: &Allowed<P>,
    addresses: &[&Email],
) -> Result<Vec<(Email, String)>> {
    let partners = partnerships::table
        .inner_join(organisation(partnerships::reseller_id))
        .filter(partnerships::provider_id.eq(&by.organisation.id))
        .filter(partnerships::state.eq(PartnershipState::Active));
    let mut found: Vec<(Email, String)> = partners
        .inner_join(people_of(partnerships::reseller_id))
        .filter(person_email.eq_any(addresses.iter().copied()))
        .select((person_email, organisation_name))
        .load(conn)?;
    let accepted: Vec<(Email, String)> = partners
        .inner_join(
            partnership_requests::table
                .on(partnership_requests::reseller_id.eq(partnerships::reseller_id.nullable())),
        )
        .filter(partnership_requests::provider_id.eq(&by.organisation.id))
        .filter(partnership_requests::state.eq(RequestState::Accepted))
        .filter(partnership_requests::to_email.eq_any(addresses.iter().copied()))
        .select((partnership_requests::to_email, organisation_name))
        .load(conn)?;
    found.extend(accepted);
    Ok(found)
}

/// The active partner at one address.
///
/// # Errors
/// Database errors.
pub fn partner_at<P: Permission>(
    conn: &mut Connection,
    by: &Allowed<P>,
    address: &Email,
) -> Result<Option<String>> {
    Ok(partners_at(conn, by, &[address])?.into_iter().next().map(|(_, name)| name))
}
