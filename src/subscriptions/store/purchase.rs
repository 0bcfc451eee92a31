//! What a customer can be sold in place of what it has.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::super::model::rules::Refusal;
use super::holdings::holdings_of;
use crate::access::{Allowed, Permission};
use crate::audiences::facts::closed_to;
use crate::catalog::model::{Buyer, Listed};
use crate::catalog::store::catalogue;
use crate::customers::model::Customer;
use crate::db::Connection;
use crate::error::Result;
use crate::promotions::facts::running;
use crate::values::id::{OfferId, OrganisationId};

/// An offer as the provider's catalogue has it today, if this customer of the provider can buy it: by the rules by which
/// it is ordered, too, through the reseller that is to be named.
///
/// # Errors
/// Database errors.
pub fn offered<P: Permission>(
    conn: &mut Connection,
    by: &Allowed<P>,
    (customer, offer, through): (&Customer, &OfferId, Option<OrganisationId>),
    today: NaiveDate,
) -> Result<Result<Listed, Refusal>> {
    let buyer = Buyer {
        country: customer.account.country,
        provider_country: by.organisation.country,
        qualification: customer.account.qualification,
        holdings: holdings_of(conn, &by.reach(), &customer.id, today)?,
        closed: match &through {
            Some(reseller) => closed_to(conn, &by.organisation.id, reseller)?,
            None => HashSet::new(),
        },
        through,
    };
    let (promotions, is_new_customer) = (running(conn, today)?, buyer.has_bought_nothing());
    let catalogue = catalogue(conn, by.organisation.currency, today)?
        .promoted(|listed| promotions.lower(listed, is_new_customer));
    let Some(listed) = catalogue.find(offer) else { return Ok(Err(Refusal::NoPaidOffer)) };
    Ok(match listed.refusal(&buyer, &[]) {
        Some(refusal) => Err(Refusal::NotSold(refusal)),
        None => Ok(listed.clone()),
    })
}
