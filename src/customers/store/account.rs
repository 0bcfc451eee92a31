//! What a customer's Account page shows, and the password of its first admin user.

use diesel::prelude::*;

use super::{acceptances, delegations, find as find_customer};
use crate::access::permission::ResetCustomerPasswords;
use crate::access::{Allowed, Reach, Viewer};
use crate::activity::{self, Action, Entry};
use crate::customers::facts::demand_lasting;
use crate::customers::model::{Acceptance, Customer, CustomerUser, Delegation};
use crate::db::Connection;
use crate::db::schema::customer_users;
use crate::error::{Error, Result};
use crate::mail::letter::Letter;
use crate::partners::facts::name_of;
use crate::people::facts::{Credentials, person};
use crate::people::store::temporary;
use crate::session::postage;
use crate::session::store::second_factor;
use crate::values::id::{CustomerId, CustomerUserId, LetterId};
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
    /// Who accepted the customer agreement, the one that was recorded last first.
    pub acceptances: Vec<Acceptance>,
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
    let provider_name = name_of(conn, &customer.provider)?;
    let mut delegations = delegations::of_customer(conn, id)?;
    if let Reach::Reseller(reseller) = reach {
        delegations.retain(|delegation| delegation.reseller == *reseller && delegation.ended_at.is_none());
    }
    let (admin, acceptances) = (admin_of(conn, id)?, acceptances::all_of(conn, id)?);
    Ok(CustomerAccount { admin, customer, provider_name, delegations, acceptances })
}

/// A customer within reach and its first admin user.
///
/// # Errors
/// [`Error::NotFound`] when the customer is beyond or has no such user; [`Error::Ended`]; database errors.
pub fn first_admin(
    conn: &mut Connection,
    reach: &Reach,
    id: &CustomerId,
) -> Result<(Customer, CustomerUser)> {
    let customer = find_customer(conn, reach, id)?;
    demand_lasting(conn, id)?;
    let admin = admin_of(conn, id)?.ok_or(Error::NotFound)?;
    Ok((customer, admin))
}

/// What is replaced of how somebody signs in.
#[derive(Clone, Copy, Debug)]
pub struct Replaced {
    /// When the password was set.
    pub set_at: Moment,
    /// Whether the second factor is lost, too.
    pub has_lost_factor: bool,
}

/// Gives the first admin user a temporary password, by its hash, in place of the one that is meant. Its owner is told by
/// letter. Answers `false` when somebody has set another one since, or the customer lets the viewer's organisation
/// administer its account no more.
///
/// # Errors
/// [`Error::NotFound`] when the customer is beyond reach or has no such user; database errors.
pub fn reset_admin_password(
    conn: &mut Connection,
    by: &Allowed<ResetCustomerPasswords>,
    (id, replaced): (&CustomerId, Replaced),
    (hash, notice): (&PasswordHash, &(LetterId, Letter)),
    now: Moment,
) -> Result<bool> {
    let (customer, admin) = first_admin(conn, &by.reach(), id)?;
    if !customer.is_administered_within(&by.reach())
        || !temporary::give(conn, &admin.person, replaced.set_at, hash, now)?
    {
        return Ok(false);
    }
    postage::put_news(conn, &notice.0, &notice.1, now)?;
    record(conn, by, (&customer, &admin), Action::ResetCustomerPassword, now)?;
    if replaced.has_lost_factor && second_factor::drop_all(conn, &admin.person)? {
        record(conn, by, (&customer, &admin), Action::ResetSecondFactor, now)?;
    }
    Ok(true)
}

/// In the viewer's log, and in that of the provider: it is its customer, and its log is not to miss what a reseller did.
fn record(
    conn: &mut Connection,
    by: &Viewer,
    (customer, admin): (&Customer, &CustomerUser),
    action: Action,
    now: Moment,
) -> Result<()> {
    let entry = Entry::new(action, "customer_user", admin.id, &admin.user_name)
        .for_customer(&customer.id, &customer.account.company_name);
    activity::store::record(conn, by, &entry, now)?;
    if customer.provider == by.organisation.id {
        return Ok(());
    }
    activity::store::record_for(conn, &customer.provider, by, &entry, now)
}

fn admin_of(conn: &mut Connection, id: &CustomerId) -> Result<Option<CustomerUser>> {
    let row: Option<UserRow> = customer_users::table
        .inner_join(person(customer_users::person_id.assume_not_null()))
        .filter(customer_users::customer_id.eq(id))
        .filter(customer_users::is_first_admin.eq(true))
        .order(customer_users::created_at)
        .select(UserRow::as_select())
        .first(conn)
        .optional()?;
    let Some(user) = row.map(CustomerUser::from) else { return Ok(None) };
    let has_second_factor = second_factor::find(conn, &user.person)?.is_some();
    Ok(Some(CustomerUser { has_second_factor, ..user }))
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = customer_users)]
struct UserRow {
    id: CustomerUserId,
    created_at: Moment,
    #[diesel(embed)]
    credentials: Credentials,
}

impl From<UserRow> for CustomerUser {
    fn from(row: UserRow) -> Self {
        Self {
            id: row.id,
            person: row.credentials.person,
            user_name: row.credentials.email.as_str().to_owned(),
            password_hash: row.credentials.password_hash,
            password_set_at: row.credentials.password_set_at.unwrap_or(row.created_at),
            must_change_password: row.credentials.must_change_password,
            has_second_factor: false,
        }
    }
}
