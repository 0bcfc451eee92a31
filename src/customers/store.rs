//! Queries about customers. Each takes the viewer's reach: a customer beyond it does not exist.

pub mod acceptances;
pub mod account;
mod add;
pub mod agreement;
pub mod association;
pub mod company;
pub mod delegated_admin;
pub mod delegations;
pub mod edit;
pub mod ending;
pub mod invited;
mod glimpse;
mod keys;
pub mod likeness;
pub mod list;
pub mod qualification;
pub mod relationship;
pub mod selection;
pub mod soon;
pub mod speaking;
pub mod words;

use diesel::prelude::*;

pub use add::{NewAccount, add, forget_untouched, found, insert, is_domain_free};
pub use glimpse::{glimpse, holders_among, readiness};

use super::model::{Account, Agreement, AgreementState, Customer, Proof};
use crate::access::Reach;
use crate::catalog::model::Qualification;
use crate::customers::facts::is_administered;
use crate::db::Connection;
use crate::db::schema::customers;
use crate::error::{Error, Result};
use crate::values::country::Country;
use crate::values::email::Email;
use crate::values::id::{CustomerId, OrganisationId};
use crate::values::moment::Moment;

/// A customer as its columns are.
#[derive(Queryable, Selectable)]
#[diesel(table_name = customers)]
pub(crate) struct Row {
    id: CustomerId,
    provider_id: OrganisationId,
    company_name: String,
    domain: String,
    country: Country,
    address_line1: String,
    address_line2: String,
    city: String,
    state: String,
    postal_code: String,
    first_name: String,
    middle_name: String,
    last_name: String,
    email: Email,
    phone: String,
    registration_id: String,
    culture: String,
    qualification: Qualification,
    agreement: AgreementState,
    agreement_first_name: String,
    agreement_last_name: String,
    agreement_email: Email,
    agreement_phone: String,
    agreement_on: Option<chrono::NaiveDate>,
    created_at: Moment,
    version: i32,
    validation_code: String,
    agreement_attested_by: Option<String>,
    agreement_version: Option<i32>,
    ended_at: Option<Moment>,
    tenant_id: OrganisationId,
    is_delegated: bool,
    undelegated_at: Option<Moment>,
    ended_by_name: String,
}

/// The customer of this id within reach.
///
/// # Errors
/// [`Error::NotFound`] when there is none or it is somebody else's; database errors.
pub fn find(conn: &mut Connection, reach: &Reach, id: &CustomerId) -> Result<Customer> {
    let all = customers::table.filter(customers::id.eq(id)).select(Row::as_select()).into_boxed();
    let within = match reach {
        Reach::Provider(provider) => all.filter(customers::provider_id.eq(provider)),
        Reach::Reseller(reseller) => all.filter(is_administered(customers::id, reseller)),
        Reach::Customer(company) => all.filter(customers::tenant_id.eq(company)),
        Reach::Nothing => return Err(Error::NotFound),
    };
    let row: Row = within.first(conn)?;
    Ok(row.into())
}

impl From<Row> for Customer {
    fn from(row: Row) -> Self {
        let agreement = match (row.agreement, row.agreement_on) {
            (AgreementState::Accepted, Some(on)) => Agreement::Accepted {
                first_name: row.agreement_first_name,
                last_name: row.agreement_last_name,
                email: row.agreement_email,
                phone: row.agreement_phone,
                on,
                // What nobody of the provider attested, the customer accepted by itself.
                proof: match row.agreement_attested_by.is_none() {
                    // Which text it was, the history knows.
                    true => Proof::Itself { version: row.agreement_version, text: None },
                    false => Proof::Attested,
                },
            },
            _ => Agreement::Awaited,
        };
        let account = Account {
            company_name: row.company_name,
            domain: row.domain,
            country: row.country,
            address_line1: row.address_line1,
            address_line2: row.address_line2,
            city: row.city,
            state: row.state,
            postal_code: row.postal_code,
            first_name: row.first_name,
            middle_name: row.middle_name,
            last_name: row.last_name,
            email: row.email,
            phone: row.phone,
            registration_id: row.registration_id,
            culture: row.culture,
            qualification: row.qualification,
            validation_code: row.validation_code,
            agreement,
        };
        Self {
            id: row.id,
            provider: row.provider_id,
            account,
            created_at: row.created_at,
            version: row.version,
            ended_at: row.ended_at,
            ended_by: row.ended_by_name,
            company: row.tenant_id,
            is_delegated: row.is_delegated,
            undelegated_at: row.undelegated_at,
        }
    }
}
