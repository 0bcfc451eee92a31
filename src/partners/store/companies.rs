//! The companies of customers. What is kept of one stands in the account that a provider has of it; the organisation
//! repeats what it is called, and whom to write to.

use diesel::prelude::*;

use super::rows::{ContactColumns, NewOrganisation};
use crate::access::OrganisationKind;
use crate::db::Connection;
use crate::db::schema::organisations;
use crate::error::Result;
use crate::partners::model::profile::Contact;
use crate::partners::model::{Organisation, OrganisationState};
use crate::values::country::Country;
use crate::values::currency::Currency;
use crate::values::id::OrganisationId;
use crate::values::moment::Moment;
use crate::values::name::{name_key, sort_name};

/// What the organisation of a customer's company repeats of its account.
#[derive(Clone, Debug)]
pub struct Company {
    pub id: OrganisationId,
    pub name: String,
    pub country: Country,
    pub contact: Contact,
}

/// Adds the organisation of a customer's company, which is billed in this currency.
///
/// # Errors
/// Database errors.
pub fn add(conn: &mut Connection, company: &Company, currency: Currency, now: Moment) -> Result<()> {
    let organisation = Organisation {
        id: company.id,
        kind: OrganisationKind::Customer,
        name: company.name.clone(),
        country: company.country,
        currency,
        state: OrganisationState::Enrolled,
    };
    diesel::insert_into(organisations::table)
        .values((NewOrganisation::of(&organisation, now), ContactColumns::from(&company.contact)))
        .execute(conn)?;
    Ok(())
}

/// Repeats what an account is called by now. Whom to write to stays as the company was added: links to new passwords go
/// there, and whoever may correct a contact must not get hold of them. The company's people choose another mailbox by
/// proving it.
///
/// # Errors
/// Database errors.
pub fn follow(conn: &mut Connection, company: &Company) -> Result<()> {
    let own =
        organisations::table.find(&company.id).filter(organisations::kind.eq(OrganisationKind::Customer));
    diesel::update(own)
        .set((
            organisations::name.eq(&company.name),
            organisations::sort_name.eq(sort_name(&company.name)),
            organisations::name_key.eq(name_key(&company.name)),
        ))
        .execute(conn)?;
    Ok(())
}

/// Forgets the organisation of a customer's company, which has nobody and nothing any more.
///
/// # Errors
/// Database errors, where something refers to it.
pub fn forget(conn: &mut Connection, id: &OrganisationId) -> Result<()> {
    let own = organisations::table.find(id).filter(organisations::kind.eq(OrganisationKind::Customer));
    diesel::delete(own).execute(conn)?;
    Ok(())
}
