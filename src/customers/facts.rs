//! What other areas ask about customers and who administers them. A delegation that has ended counts for nothing here, but
//! for what asks whether there was one.

mod administered;
mod counts;
mod domains;
mod ended;
mod lost;
mod named;
mod unaware;

use std::collections::HashMap;

use diesel::dsl::count_star;
use diesel::prelude::*;

pub use administered::{
    administered_customer, administering, administers_any, customers_of, delegations_to, is_administered,
    of_pair,
};
pub use counts::counts;
pub use domains::{OfDomain, of_domains};
pub use ended::{demand_lasting, has_ended, is_lasting};
pub use lost::has_lost_any;
pub use named::{Named, customer, customer_if_any, is_account_of, is_called_like, is_going_on};
pub use unaware::is_unaware_of;

pub(super) use administered::lasting;

use super::model::AgreementState;
use crate::access::Reach;
use crate::db::Connection;
use crate::db::among::is_among;
use crate::db::schema::{customers, delegations};
use crate::error::Result;
use crate::values::id::{CustomerId, OrganisationId};
use crate::web::Count;

/// What a customer is called, for whoever has found it already.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when there is none; database errors.
pub fn company_name(conn: &mut Connection, id: &CustomerId) -> Result<String> {
    Ok(customers::table.find(id).select(customers::company_name).first(conn)?)
}

/// With which provider a customer is, for whoever has found it already.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when there is none; database errors.
pub fn provider_of(conn: &mut Connection, id: &CustomerId) -> Result<OrganisationId> {
    Ok(customers::table.find(id).select(customers::provider_id).first(conn)?)
}

/// Whether there is such a customer, whoever's it is.
///
/// # Errors
/// Database errors.
pub fn is_there(conn: &mut Connection, id: &CustomerId) -> Result<bool> {
    let found: Option<CustomerId> = customers::table.find(id).select(customers::id).first(conn).optional()?;
    Ok(found.is_some())
}

/// Which of these customers have not accepted the customer agreement, as long as their relationship lasts.
///
/// # Errors
/// Database errors.
pub fn awaiting_agreement(conn: &mut Connection, ids: &[CustomerId]) -> Result<Vec<CustomerId>> {
    Ok(customers::table
        .filter(is_among(customers::id, ids))
        .filter(customers::agreement.eq(AgreementState::Awaited))
        .filter(customers::ended_at.is_null())
        .select(customers::id)
        .load(conn)?)
}

/// How many customers there are in the installation.
///
/// # Errors
/// Database errors.
pub fn count(conn: &mut Connection) -> Result<Count> {
    let some: Vec<CustomerId> = customers::table.select(customers::id).limit(Count::LIMIT).load(conn)?;
    Ok(Count::of(some.len()))
}

/// Which of these customers are within a reach.
///
/// # Errors
/// Database errors.
pub fn within(
    conn: &mut Connection,
    reach: &Reach,
    ids: impl IntoIterator<Item = CustomerId>,
) -> Result<Vec<CustomerId>> {
    let all = customers::table.filter(is_among(customers::id, ids)).select(customers::id);
    Ok(match reach {
        Reach::Provider(provider) => all.filter(customers::provider_id.eq(provider)).load(conn)?,
        Reach::Reseller(reseller) => all.filter(is_administered(customers::id, reseller)).load(conn)?,
        Reach::Customer(company) => all.filter(customers::tenant_id.eq(company)).load(conn)?,
        Reach::Nothing => Vec::new(),
    })
}

/// The accounts that a company has with its providers: what it is called there, and whose it is.
///
/// # Errors
/// Database errors.
pub fn accounts_held(conn: &mut Connection, company: &OrganisationId) -> Result<Vec<Held>> {
    let held = customers::table.filter(customers::tenant_id.eq(company));
    Ok(held.select(Held::as_select()).load(conn)?)
}

/// An account of a company with a provider.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = customers)]
pub struct Held {
    pub id: CustomerId,
    pub company_name: String,
    pub provider_id: OrganisationId,
}

/// The accounts that a company has with its providers.
#[diesel::dsl::auto_type]
pub fn accounts_of<'a>(company: &'a OrganisationId) -> _ {
    customers::table.filter(customers::tenant_id.eq(company)).select(customers::id)
}

/// Which of these customers a reseller administers.
///
/// # Errors
/// Database errors.
pub fn administered_among<'a>(
    conn: &mut Connection,
    reseller: &OrganisationId,
    customers: impl IntoIterator<Item = &'a CustomerId>,
) -> Result<Vec<CustomerId>> {
    Ok(customers_of(reseller).filter(is_among(delegations::customer_id, customers)).load(conn)?)
}

/// Whether a reseller administers more customers than these.
///
/// # Errors
/// Database errors.
pub fn administers_more_than(conn: &mut Connection, reseller: &OrganisationId, count: i64) -> Result<bool> {
    let next: Option<CustomerId> = customers_of(reseller).offset(count).first(conn).optional()?;
    Ok(next.is_some())
}

/// The resellers that administer a customer, the first one first: what happens to it concerns them.
///
/// # Errors
/// Database errors.
pub fn resellers_of(conn: &mut Connection, customer: &CustomerId) -> Result<Vec<OrganisationId>> {
    Ok(administering(customer).order((delegations::since, delegations::id)).load(conn)?)
}

/// How many customers of a provider a reseller administers, as far as counting is cheap.
///
/// # Errors
/// Database errors.
pub fn count_of_pair(
    conn: &mut Connection,
    provider: &OrganisationId,
    reseller: &OrganisationId,
) -> Result<Count> {
    // Counted where the index is: bringing here what is counted takes ten times as long.
    let next: Option<CustomerId> =
        of_pair(provider, reseller).offset(Count::LIMIT - 1).first(conn).optional()?;
    if next.is_some() {
        return Ok(Count::MoreThan(Count::MOST));
    }
    let all: i64 = of_pair(provider, reseller).count().get_result(conn)?;
    Ok(Count::Exactly(usize::try_from(all).unwrap_or_default()))
}

/// The same, all of them, where nobody waits for it.
///
/// # Errors
/// Database errors.
pub fn exact_count_of_pair(
    conn: &mut Connection,
    provider: &OrganisationId,
    reseller: &OrganisationId,
) -> Result<i64> {
    Ok(of_pair(provider, reseller).count().get_result(conn)?)
}

/// The same for many resellers at once. Those that administer none are missing.
///
/// # Errors
/// Database errors.
pub fn exact_counts<'a>(
    conn: &mut Connection,
    provider: &OrganisationId,
    resellers: impl IntoIterator<Item = &'a OrganisationId>,
) -> Result<HashMap<OrganisationId, i64>> {
    let counts: Vec<(OrganisationId, i64)> = lasting()
        .filter(delegations::provider_id.eq(provider))
        .filter(is_among(delegations::reseller_id, resellers))
        .group_by(delegations::reseller_id)
        .select((delegations::reseller_id, count_star()))
        .load(conn)?;
    Ok(counts.into_iter().collect())
}
