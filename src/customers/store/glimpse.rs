//! The little of a customer that goes with one of its subscriptions.

use diesel::dsl::exists;
use diesel::prelude::*;

use crate::access::Reach;
use crate::customers::model::{AgreementState, Glimpse};
use crate::db::Connection;
use crate::db::schema::{customers, delegations, subscriptions};
use crate::error::{Error, Result};
use crate::values::country::Country;
use crate::values::id::{CustomerId, OrganisationId};

type Row = (CustomerId, OrganisationId, String, String, Country);

/// Name, domain and country of a customer of which at least one subscription is within reach.
///
/// # Errors
/// [`Error::NotFound`] when there is none; database errors.
pub fn glimpse(conn: &mut Connection, reach: &Reach, id: &CustomerId) -> Result<Glimpse> {
    let row: Row = customers::table
        .filter(customers::id.eq(id))
        .select((
            customers::id,
            customers::provider_id,
            customers::company_name,
            customers::domain,
            customers::country,
        ))
        .first(conn)?;
    let (id, provider, company_name, domain, country) = row;
    let (is_held, is_seen) = match reach {
        Reach::Provider(own) => (*own == provider, false),
        Reach::Reseller(own) => {
            (!holders_among(conn, &id, std::slice::from_ref(own))?.is_empty(), names_on_any(conn, &id, own)?)
        }
        Reach::Nothing => (false, false),
    };
    if is_held || is_seen {
        Ok(Glimpse { id, company_name, domain, country, is_held })
    } else {
        Err(Error::NotFound)
    }
}

/// Which of these resellers administer a customer.
///
/// # Errors
/// Database errors.
pub fn holders_among(
    conn: &mut Connection,
    customer: &CustomerId,
    resellers: &[OrganisationId],
) -> Result<Vec<OrganisationId>> {
    Ok(delegations::table
        .filter(delegations::customer_id.eq(customer))
        .filter(delegations::reseller_id.eq_any(resellers))
        .filter(delegations::ended_at.is_null())
        .select(delegations::reseller_id)
        .load(conn)?)
}

/// Whether a customer has accepted the customer agreement: the rules about its subscriptions ask for nothing else
/// of its account.
///
/// # Errors
/// [`Error::NotFound`]; database errors.
pub fn has_accepted(conn: &mut Connection, id: &CustomerId) -> Result<bool> {
    let (state, on): (AgreementState, Option<chrono::NaiveDate>) = customers::table
        .filter(customers::id.eq(id))
        .select((customers::agreement, customers::agreement_on))
        .first(conn)?;
    Ok(state == AgreementState::Accepted && on.is_some())
}

fn names_on_any(conn: &mut Connection, customer: &CustomerId, reseller: &OrganisationId) -> Result<bool> {
    let naming = subscriptions::table
        .filter(subscriptions::customer_id.eq(customer))
        .filter(subscriptions::mpn_reseller_id.eq(reseller));
    Ok(diesel::select(exists(naming)).get_result(conn)?)
}
