//! What the organisation of a customer's company repeats of the account: its name, and its primary contact.

use super::find;
use crate::access::Reach;
use crate::customers::model::{Account, Customer};
use crate::db::Connection;
use crate::error::Result;
use crate::partners::model::profile::Contact;
use crate::partners::store::companies::{self, Company};
use crate::values::id::{CustomerId, OrganisationId};

/// Has the company's organisation be called what its first account is called by now. Whoever changes the name of a
/// customer calls it in the same transaction; of an account with another provider it takes nothing.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when there is no such customer within reach; database errors.
pub fn follow(conn: &mut Connection, reach: &Reach, id: &CustomerId) -> Result<()> {
    let Customer { company, account, .. } = find(conn, reach, id)?;
    if company == id.company() { companies::follow(conn, &company_of(company, &account)) } else { Ok(()) }
}

pub(super) fn company_of(id: OrganisationId, account: &Account) -> Company {
    let contact = Contact {
        first_name: account.first_name.clone(),
        last_name: account.last_name.clone(),
        email: account.email.as_str().to_owned(),
        phone: account.phone.clone(),
    };
    Company { id, name: account.company_name.clone(), country: account.country, contact }
}
