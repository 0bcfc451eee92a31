//! The little of a customer that goes with one of its subscriptions.

use diesel::prelude::*;

use crate::access::Reach;
use crate::customers::facts::{administering, has_ended};
use crate::customers::model::{AgreementState, Demanded, Glimpse, Readiness};
use crate::db::Connection;
use crate::db::schema::{customers, delegations};
use crate::error::{Error, Result};
use crate::subscriptions::facts::names_on_any;
use crate::values::country::Country;
use crate::values::id::{CustomerId, OrganisationId};
use crate::values::moment::Moment;

#[derive(Queryable, Selectable)]
#[diesel(table_name = customers)]
struct Row {
    id: CustomerId,
    provider_id: OrganisationId,
    tenant_id: OrganisationId,
    company_name: String,
    domain: String,
    country: Country,
}

/// Name, domain and country of a customer of which at least one subscription is within reach.
///
/// # Errors
/// [`Error::NotFound`] when there is none; database errors.
pub fn glimpse(conn: &mut Connection, reach: &Reach, id: &CustomerId) -> Result<Glimpse> {
    let row: Row = customers::table.filter(customers::id.eq(id)).select(Row::as_select()).first(conn)?;
    let (is_held, is_seen) = match reach {
        Reach::Provider(own) => (*own == row.provider_id, false),
        Reach::Reseller(own) => (
            !holders_among(conn, id, std::slice::from_ref(own))?.is_empty(),
            !has_ended(conn, id)? && names_on_any(conn, id, own)?,
        ),
        Reach::Customer(own) => (*own == row.tenant_id, false),
        Reach::Nothing => (false, false),
    };
    if is_held || is_seen {
        Ok(Glimpse {
            id: row.id,
            company_name: row.company_name,
            domain: row.domain,
            country: row.country,
            is_held,
        })
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
    Ok(administering(customer).filter(delegations::reseller_id.eq_any(resellers)).load(conn)?)
}

/// Whether more can be bought for a customer, whoever asks.
///
/// # Errors
/// [`Error::NotFound`]; database errors.
pub fn readiness(conn: &mut Connection, id: &CustomerId) -> Result<Readiness> {
    let row: ReadinessRow =
        customers::table.filter(customers::id.eq(id)).select(ReadinessRow::as_select()).first(conn)?;
    Ok(Readiness {
        is_accepted: row.agreement == AgreementState::Accepted && row.agreement_on.is_some(),
        is_complete: Demanded::lacking(row.country, &row.registration_id, &row.phone).is_empty(),
        is_lasting: row.ended_at.is_none(),
    })
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = customers)]
struct ReadinessRow {
    country: Country,
    registration_id: String,
    phone: String,
    agreement: AgreementState,
    agreement_on: Option<chrono::NaiveDate>,
    ended_at: Option<Moment>,
}
