//! Whose the domains of customers are.

use diesel::prelude::*;

use crate::db::Connection;
use crate::db::among::is_among;
use crate::db::schema::customers;
use crate::error::Result;
use crate::values::id::{CustomerId, OrganisationId};
use crate::values::moment::Moment;

/// A customer with one of some domains.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = customers)]
pub struct OfDomain {
    pub domain: String,
    pub id: CustomerId,
    #[diesel(column_name = provider_id)]
    pub provider: OrganisationId,
    pub company_name: String,
    pub ended_at: Option<Moment>,
}

/// The customers with these domains, whoever's they are.
///
/// # Errors
/// Database errors.
pub fn of_domains(conn: &mut Connection, domains: &[&str]) -> Result<Vec<OfDomain>> {
    Ok(customers::table
        .filter(is_among(customers::domain, domains))
        .select(OfDomain::as_select())
        .load(conn)?)
}
