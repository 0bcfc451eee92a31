//! A new customer: its company, which is an organisation of its own, and the account with its provider.

use diesel::prelude::*;

use super::agreement::AgreementColumns;
use super::company::company_of;
use super::{acceptances, selection, words};
use crate::access::Allowed;
use crate::access::permission::AddCustomers;
use crate::customers::model::{Account, search_text};
use crate::db::schema::{customers, delegations};
use crate::db::{Connection, unless_taken};
use crate::error::{Error, Result};
use crate::partners::model::Organisation;
use crate::partners::store::companies;
use crate::people;
use crate::users::facts::first_user_name;
use crate::values::currency::Currency;
use crate::values::email::Email;
use crate::values::id::{CustomerId, DelegationId, OrganisationId};
use crate::values::moment::Moment;
use crate::values::name::{name_key, sort_name};

/// Whether no customer of anybody has this domain, and nobody signs in as its first user would.
///
/// # Errors
/// Database errors.
pub fn is_domain_free(conn: &mut Connection, domain: &str) -> Result<bool> {
    let holder: Option<CustomerId> =
        customers::table.filter(customers::domain.eq(domain)).select(customers::id).first(conn).optional()?;
    Ok(holder.is_none() && !people::facts::has_account(conn, &first_address(domain)?)?)
}

/// With which the first user of a customer signs in.
fn first_address(domain: &str) -> Result<Email> {
    let unreadable = |_| Error::Internal(anyhow::anyhow!("nobody can sign in at the domain {domain}"));
    Email::parse(&first_user_name(domain)).map_err(unreadable)
}

/// Adds a customer to the viewer's organisation, with an organisation of its own; answers `false` when its domain is
/// taken. Then the caller's transaction must not be kept.
///
/// # Errors
/// Database errors.
pub fn add(
    conn: &mut Connection,
    by: &Allowed<AddCustomers>,
    id: &CustomerId,
    account: &Account,
    now: Moment,
) -> Result<bool> {
    let whose = (by.organisation.id, by.organisation.currency, by.name.as_str());
    add_company(conn, id, whose, account, now)
}

fn add_company(
    conn: &mut Connection,
    id: &CustomerId,
    (provider, currency, added_by): (OrganisationId, Currency, &str),
    account: &Account,
    now: Moment,
) -> Result<bool> {
    companies::add(conn, &company_of(id.company(), account), currency, now)?;
    insert(conn, &NewAccount { id: *id, company: id.company(), provider, added_by }, account, now)
}

/// Adds a company that becomes a provider's customer by itself; answers `false` when its domain is taken. Then the caller's transaction must not be kept.
///
/// # Errors
/// Database errors.
pub fn found(
    conn: &mut Connection,
    (id, provider): (&CustomerId, &Organisation),
    account: &Account,
    now: Moment,
) -> Result<bool> {
    add_company(conn, id, (provider.id, provider.currency, ""), account, now)
}

/// An account that a provider gets of a company.
#[derive(Clone, Copy, Debug)]
pub struct NewAccount<'a> {
    pub id: CustomerId,
    /// The company's organisation, which may have accounts with other providers.
    pub company: OrganisationId,
    pub provider: OrganisationId,
    /// Who attests the customer agreement, if somebody does.
    pub added_by: &'a str,
}

/// Adds an account of a company that is there; answers `false` when its domain is another company's, or the provider
/// has an account of it already.
///
/// # Errors
/// Database errors.
pub fn insert(conn: &mut Connection, new: &NewAccount<'_>, account: &Account, now: Moment) -> Result<bool> {
    let (id, agreement) = (&new.id, AgreementColumns::of(&account.agreement, new.added_by));
    let is_free = unless_taken(
        conn,
        diesel::insert_into(customers::table).values((
            (
                customers::id.eq(id),
                customers::tenant_id.eq(&new.company),
                customers::provider_id.eq(&new.provider),
                customers::company_name.eq(&account.company_name),
                customers::sort_name.eq(sort_name(&account.company_name)),
                customers::name_key.eq(name_key(&account.company_name)),
                customers::domain.eq(&account.domain),
                customers::search_text.eq(search_text(&account.company_name, &account.domain, id)),
            ),
            (
                customers::country.eq(account.country),
                customers::address_line1.eq(&account.address_line1),
                customers::address_line2.eq(&account.address_line2),
                customers::city.eq(&account.city),
                customers::state.eq(&account.state),
                customers::postal_code.eq(&account.postal_code),
            ),
            (
                customers::first_name.eq(&account.first_name),
                customers::middle_name.eq(&account.middle_name),
                customers::last_name.eq(&account.last_name),
                customers::email.eq(&account.email),
                customers::phone.eq(&account.phone),
                customers::registration_id.eq(&account.registration_id),
                customers::culture.eq(&account.culture),
                customers::qualification.eq(account.qualification),
                customers::validation_code.eq(&account.validation_code),
            ),
            agreement,
            (customers::created_at.eq(now), customers::version.eq(1)),
        )),
    )?;
    if is_free {
        words::keep(conn, id, &account.company_name)?;
        acceptances::keep(conn, id, (&account.agreement, new.added_by), now)?;
    }
    Ok(is_free)
}

/// Forgets a customer whom a file added, with the reseller's relationship that began with it, as if it had never been.
/// Answers `false` where the account was changed since. Then the caller's transaction must not be kept.
///
/// # Errors
/// Database errors, where something refers to it.
pub fn forget_untouched(
    conn: &mut Connection,
    (id, provider): (&CustomerId, &OrganisationId),
    delegation: Option<&DelegationId>,
) -> Result<bool> {
    if let Some(delegation) = delegation {
        let own = delegations::table.find(delegation).filter(delegations::customer_id.eq(id));
        let own = own.filter(delegations::ended_at.is_null());
        if diesel::delete(own).execute(conn)? == 0 {
            return Ok(false);
        }
    }
    words::forget(conn, id)?;
    acceptances::forget(conn, id)?;
    selection::leave_out(conn, id)?;
    let own = customers::table.find(id).filter(customers::provider_id.eq(provider));
    let untouched = own.filter(customers::version.eq(1)).filter(customers::ended_at.is_null());
    Ok(diesel::delete(untouched).execute(conn)? == 1)
}
