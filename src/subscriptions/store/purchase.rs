//! What a customer can be sold in place of what it has.

use chrono::NaiveDate;

use super::super::model::rules::Refusal;
use super::holdings::holdings_of;
use crate::access::{Allowed, Permission};
use crate::catalog::model::{Buyer, Listed};
use crate::catalog::store::catalogue;
use crate::customers::model::Customer;
use crate::db::Connection;
use crate::error::Result;
use crate::values::id::OfferId;

/// An offer as the provider's catalogue has it today, if this customer of the provider can buy it: by the rules by which
/// it is ordered, too.
///
/// # Errors
/// Database errors.
pub fn offered<P: Permission>(
    conn: &mut Connection,
    by: &Allowed<P>,
    (customer, offer): (&Customer, &OfferId),
    today: NaiveDate,
) -> Result<Result<Listed, Refusal>> {
    let buyer = Buyer {
        country: customer.account.country,
        provider_country: by.organisation.country,
        qualification: customer.account.qualification,
        holdings: holdings_of(conn, &by.reach(), &customer.id, today)?,
    };
    let catalogue = catalogue(conn, by.organisation.currency, today)?;
    let Some(listed) = catalogue.find(offer) else { return Ok(Err(Refusal::NoPaidOffer)) };
    Ok(match listed.refusal(&buyer, &[]) {
        Some(refusal) => Err(Refusal::NotSold(refusal)),
        None => Ok(listed.clone()),
    })
}
