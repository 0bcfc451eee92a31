//! What a customer's Account page shows, and the password of its first admin user.

use diesel::prelude::*;

use super::find as find_customer;
use crate::access::permission::ResetCustomerPasswords;
use crate::access::{Allowed, Reach};
use crate::activity::{self, Action, Entry};
use crate::customers::facts::{demand_lasting, lasting};
use crate::customers::model::{Customer, CustomerUser, Delegation};
use crate::db::Connection;
use crate::db::schema::{customer_users, delegations};
use crate::endings::facts::demand_consent;
use crate::error::{Error, Result};
use crate::partners;
use crate::partners::facts::{organisation, organisation_name};
use crate::values::id::{CustomerId, CustomerUserId, DelegationId, OrganisationId};
use crate::values::moment::Moment;
use crate::values::password::PasswordHash;

/// A customer with its first admin user and those who administer it.
#[derive(Clone, Debug)]
pub struct CustomerAccount {
    pub customer: Customer,
    pub provider_name: String,
    pub admin: Option<CustomerUser>,
    /// For a provider's people all, the ended ones last; for a reseller's people their own.
    pub delegations: Vec<Delegation>,
}

impl CustomerAccount {
    /// The names of the resellers that administer the customer.
    pub fn resellers(&self) -> Vec<&str> {
        let lasting = self.delegations.iter().filter(|delegation| delegation.ended_at.is_none());
        lasting.map(|delegation| delegation.reseller_name.as_str()).collect()
    }
}

/// The account of a customer within reach.
///
/// # Errors
/// [`Error::NotFound`] when it is beyond; database errors.
pub fn find(conn: &mut Connection, reach: &Reach, id: &CustomerId) -> Result<CustomerAccount> {
    let customer = find_customer(conn, reach, id)?;
    let provider_name = partners::facts::name_of(conn, &customer.provider)?;
    let mut delegations = delegations_of(conn, id)?;
    if let Reach::Reseller(reseller) = reach {
        delegations.retain(|delegation| delegation.reseller == *reseller && delegation.ended_at.is_none());
    }
    Ok(CustomerAccount { admin: admin_of(conn, id)?, customer, provider_name, delegations })
}

/// A customer within reach and its first admin user.
///
/// # Errors
/// [`Error::NotFound`] when the customer is beyond or has no such user; database errors.
pub fn first_admin(
    conn: &mut Connection,
    reach: &Reach,
    id: &CustomerId,
) -> Result<(Customer, CustomerUser)> {
    let customer = find_customer(conn, reach, id)?;
    demand_lasting(conn, id)?;
    demand_consent(conn, id)?;
    let admin = admin_of(conn, id)?.ok_or(Error::NotFound)?;
    Ok((customer, admin))
}

/// Gives the first admin user a temporary password, by its hash, in place of the one that was set at that moment.
/// Answers `false` when somebody else has given another one since.
///
/// # Errors
/// [`Error::NotFound`] when the customer is beyond reach or has no such user; database errors.
pub fn reset_admin_password(
    conn: &mut Connection,
    by: &Allowed<ResetCustomerPasswords>,
    (id, replaced): (&CustomerId, Moment),
    hash: &PasswordHash,
    now: Moment,
) -> Result<bool> {
    let (customer, admin) = first_admin(conn, &by.reach(), id)?;
    let unchanged =
        customer_users::table.find(&admin.id).filter(customer_users::password_set_at.eq(replaced));
    let set = diesel::update(unchanged)
        .set((
            customer_users::password_hash.eq(hash),
            customer_users::must_change_password.eq(true),
            customer_users::password_set_at.eq(now),
        ))
        .execute(conn)?;
    if set == 0 {
        return Ok(false);
    }
    let entry = Entry::new(Action::ResetCustomerPassword, "customer_user", admin.id, &admin.user_name)
        .for_customer(id, &customer.account.company_name);
    activity::store::record(conn, by, &entry, now)?;
    if customer.provider != by.organisation.id {
        // It is the provider's customer: its log is not to miss what a reseller did.
        activity::store::record_for(conn, &customer.provider, by, &entry, now)?;
    }
    Ok(true)
}

/// The names of the resellers that administer a customer, the first one first.
///
/// # Errors
/// Database errors.
pub fn names_of_resellers(conn: &mut Connection, id: &CustomerId) -> Result<Vec<String>> {
    Ok(lasting()
        .inner_join(organisation(delegations::reseller_id))
        .filter(delegations::customer_id.eq(id))
        .order((delegations::since, delegations::id))
        .select(organisation_name)
        .load(conn)?)
}

fn admin_of(conn: &mut Connection, id: &CustomerId) -> Result<Option<CustomerUser>> {
    let row: Option<UserRow> = customer_users::table
        .filter(customer_users::customer_id.eq(id))
        .filter(customer_users::is_first_admin.eq(true))
        .order(customer_users::created_at)
        .select(UserRow::as_select())
        .first(conn)
        .optional()?;
    Ok(row.map(CustomerUser::from))
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = customer_users)]
struct UserRow {
    id: CustomerUserId,
    user_name: String,
    password_hash: PasswordHash,
    password_set_at: Moment,
    must_change_password: bool,
}

impl From<UserRow> for CustomerUser {
    fn from(row: UserRow) -> Self {
        Self {
            id: row.id,
            user_name: row.user_name,
            password_hash: row.password_hash,
            password_set_at: row.password_set_at,
            must_change_password: row.must_change_password,
        }
    }
}

fn delegations_of(conn: &mut Connection, id: &CustomerId) -> Result<Vec<Delegation>> {
    let rows: Vec<DelegationRow> = delegations::table
        .inner_join(organisation(delegations::reseller_id))
        .filter(delegations::customer_id.eq(id))
        .order((delegations::ended_at.is_not_null(), delegations::since.desc(), delegations::id))
        .select(DelegationRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Delegation::from).collect())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = delegations)]
struct DelegationRow {
    id: DelegationId,
    reseller_id: OrganisationId,
    #[diesel(select_expression = organisation_name)]
    reseller_name: String,
    since: Moment,
    ended_at: Option<Moment>,
}

impl From<DelegationRow> for Delegation {
    fn from(row: DelegationRow) -> Self {
        Self {
            id: row.id,
            reseller: row.reseller_id,
            reseller_name: row.reseller_name,
            since: row.since,
            ended_at: row.ended_at,
        }
    }
}
