//! Who administers whom, as a part of bigger queries.

use diesel::dsl::{And, Eq, Filter, IsNotNull, Select};
use diesel::expression::{ValidGrouping, is_aggregate};
use diesel::prelude::*;
use diesel::query_dsl::methods::SingleValueDsl;
use diesel::sql_types::Text;

use crate::db::schema::delegations;
pub use crate::db::schema::delegations::customer_id as administered_customer;
use crate::values::id::{CustomerId, OrganisationId};

/// The delegations that count: those that have not ended.
#[diesel::dsl::auto_type]
pub(in super::super) fn lasting() -> _ {
    delegations::table.filter(delegations::ended_at.is_null())
}

/// The delegations to a reseller. What is joined to them goes by [`administered_customer`].
#[diesel::dsl::auto_type]
pub fn delegations_to<'a>(reseller: &'a OrganisationId) -> _ {
    lasting().filter(delegations::reseller_id.eq(reseller))
}

/// The customers that a reseller administers.
#[diesel::dsl::auto_type]
pub fn customers_of<'a>(reseller: &'a OrganisationId) -> _ {
    lasting().filter(delegations::reseller_id.eq(reseller)).select(delegations::customer_id)
}

/// The customers of a provider that a reseller administers.
#[diesel::dsl::auto_type]
pub fn of_pair<'a>(provider: &'a OrganisationId, reseller: &'a OrganisationId) -> _ {
    lasting()
        .filter(delegations::provider_id.eq(provider))
        .filter(delegations::reseller_id.eq(reseller))
        .select(delegations::customer_id)
}

/// The resellers that administer a customer.
#[diesel::dsl::auto_type]
pub fn administering<'a>(customer: &'a CustomerId) -> _ {
    lasting().filter(delegations::customer_id.eq(customer)).select(delegations::reseller_id)
}

/// A column of the query around this one.
pub trait Outer: Expression<SqlType = Text> + ValidGrouping<(), IsAggregate = is_aggregate::No> {}

impl<C> Outer for C where C: Expression<SqlType = Text> + ValidGrouping<(), IsAggregate = is_aggregate::No> {}

/// Whether there is a delegation that lasts, of which both hold. It is looked up, not asked for by EXISTS: of that SQLite
/// makes a join, and reads all delegations before the first row of what is asked about.
type Lasts<P, Q> = IsNotNull<First<Filter<lasting, And<P, Q>>>>;
type First<Q> = <Select<Q, delegations::customer_id> as SingleValueDsl>::Output;

/// [`is_administered`]
pub type IsAdministered<'a, C> =
    Lasts<Eq<delegations::customer_id, C>, Eq<delegations::reseller_id, &'a OrganisationId>>;

/// Whether a reseller administers the customer whose id stands in a column.
pub fn is_administered<C: Outer>(customer: C, reseller: &OrganisationId) -> IsAdministered<'_, C> {
    let pair = delegations::customer_id.eq(customer).and(delegations::reseller_id.eq(reseller));
    SingleValueDsl::single_value(lasting().filter(pair).select(delegations::customer_id)).is_not_null()
}

/// [`administers_any`]
pub type AdministersAny<P, R> = Lasts<Eq<delegations::provider_id, P>, Eq<delegations::reseller_id, R>>;

/// Whether the reseller whose id stands in one column administers customers of the provider in the other.
pub fn administers_any<P: Outer, R: Outer>(provider: P, reseller: R) -> AdministersAny<P, R> {
    let pair = delegations::provider_id.eq(provider).and(delegations::reseller_id.eq(reseller));
    SingleValueDsl::single_value(lasting().filter(pair).select(delegations::customer_id)).is_not_null()
}
