//! Customers as others show them, as a part of bigger queries.

use diesel::dsl::{Eq, Escape, IsNull, Like, Nullable, On, Or};
use diesel::expression::AsExpression;
use diesel::prelude::*;
use diesel::sql_types::{self, Text};

use crate::db::schema::customers;
use crate::values::country::Country;
use crate::values::id::{CustomerId, OrganisationId};

/// A customer as others name it.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = customers)]
pub struct Named {
    pub id: CustomerId,
    pub company_name: String,
    pub domain: String,
    pub country: Country,
}

/// The customer whose id stands in a column, for a join.
pub fn customer<C: AsExpression<Text>>(id: C) -> On<customers::table, Eq<customers::id, C>> {
    customers::table.on(customers::id.eq(id))
}

/// The customer whose id may stand in a column, for a left join.
pub fn customer_if_any<C: AsExpression<sql_types::Nullable<Text>>>(
    id: C,
) -> On<customers::table, Eq<Nullable<customers::id>, C>> {
    customers::table.on(customers::id.nullable().eq(id))
}

type FoundIn<C> = Escape<Like<C, String>>;

/// Whether name or domain of the customer that was joined have what this pattern finds.
pub fn is_called_like(pattern: &str) -> Or<FoundIn<customers::sort_name>, FoundIn<customers::domain>> {
    let of_name = customers::sort_name.like(pattern.to_owned()).escape('\\');
    of_name.or(customers::domain.like(pattern.to_owned()).escape('\\'))
}

/// Whether the customer that was joined is an account of a company.
pub fn is_account_of(company: &OrganisationId) -> Eq<customers::tenant_id, OrganisationId> {
    customers::tenant_id.eq(*company)
}

/// Whether the provider's relationship lasts with the customer that was joined.
pub fn is_going_on() -> IsNull<customers::ended_at> {
    customers::ended_at.is_null()
}
