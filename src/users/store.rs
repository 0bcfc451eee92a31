//! Queries about the users of a customer's company. Each takes the viewer's reach: a user beyond it does not exist.

pub mod add;
pub mod change;
pub mod deletion;
pub mod first;
pub mod licenses;
pub mod list;
pub mod password;
pub mod picks;
pub mod sheets;

use diesel::prelude::*;

use super::model::User;
use crate::access::{Reach, Viewer};
use crate::activity::{self, Action, Change, Entry};
use crate::customers;
use crate::customers::facts::{accounts_held, demand_lasting};
use crate::customers::model::Customer;
use crate::db::Connection;
use crate::db::schema::customer_users;
use crate::error::{Error, Result};
use crate::people::model::Member;
use crate::people::store::list::find as find_member;
use crate::values::country::Country;
use crate::values::id::{CustomerId, CustomerUserId, PersonId};
use crate::values::moment::Moment;

/// A user as its own columns are.
#[derive(Queryable, Selectable)]
#[diesel(table_name = customer_users)]
struct Row {
    id: CustomerUserId,
    is_first_admin: bool,
    person_id: Option<PersonId>,
    first_name: String,
    last_name: String,
    location: String,
}

impl Row {
    fn user(self, member: Member) -> User {
        User {
            id: self.id,
            member,
            first_name: self.first_name,
            last_name: self.last_name,
            location: Country::from_text(&self.location),
            is_first_admin: self.is_first_admin,
        }
    }
}

/// A user to be added. The name that is shown, the password and the roles are the account's.
#[derive(Insertable)]
#[diesel(table_name = customer_users)]
struct NewRow<'a> {
    id: &'a CustomerUserId,
    /// The first account of the company.
    customer_id: CustomerId,
    user_name: &'a str,
    is_first_admin: bool,
    created_at: Moment,
    person_id: Option<&'a PersonId>,
    first_name: &'a str,
    last_name: &'a str,
    location: &'a str,
    added_by_name: &'a str,
}

/// A customer within reach whose users the viewer's organisation looks after.
///
/// # Errors
/// [`Error::NotFound`] when it is beyond; [`Error::Undelegated`]; database errors.
pub fn looked_after(conn: &mut Connection, reach: &Reach, id: &CustomerId) -> Result<Customer> {
    let customer = customers::store::find(conn, reach, id)?;
    if customer.is_administered_within(reach) { Ok(customer) } else { Err(Error::Undelegated(*id)) }
}

/// The same, where something is to be done: the relationship lasts.
///
/// # Errors
/// As for [`looked_after`]; [`Error::Ended`].
pub fn open(conn: &mut Connection, reach: &Reach, id: &CustomerId) -> Result<Customer> {
    let customer = looked_after(conn, reach, id)?;
    demand_lasting(conn, id)?;
    Ok(customer)
}

/// A user of a customer.
///
/// # Errors
/// [`Error::NotFound`] when there is none, or it has been purged; database errors.
pub fn find(conn: &mut Connection, customer: &Customer, id: &CustomerUserId) -> Result<User> {
    let row: Row = customer_users::table
        .find(id)
        .filter(customer_users::customer_id.eq(customer.company.first_account()))
        .select(Row::as_select())
        .first(conn)?;
    let person = row.person_id.ok_or(Error::NotFound)?;
    let member = find_member(conn, &customer.company, &person)?;
    Ok(row.user(member))
}

/// In the viewer's log, and in those of all providers that have an account of the company: it is one user for all.
fn record(
    conn: &mut Connection,
    by: &Viewer,
    (customer, user): (&Customer, (&CustomerUserId, &str)),
    (action, changes): (Action, Vec<Change>),
    now: Moment,
) -> Result<()> {
    let entry = Entry::new(action, "customer_user", user.0, user.1).with(changes);
    record_entry(conn, by, customer, &entry, now)
}

/// The same for what a rule refused.
fn record_failed(
    conn: &mut Connection,
    by: &Viewer,
    (customer, user): (&Customer, (&CustomerUserId, &str)),
    (action, changes): (Action, Vec<Change>),
    now: Moment,
) -> Result<()> {
    let entry = Entry::new(action, "customer_user", user.0, user.1).with(changes).failed();
    record_entry(conn, by, customer, &entry, now)
}

fn record_entry(
    conn: &mut Connection,
    by: &Viewer,
    customer: &Customer,
    entry: &Entry,
    now: Moment,
) -> Result<()> {
    let (id, name) = (&customer.id, &customer.account.company_name);
    activity::store::record(conn, by, &entry.clone().for_customer(id, name), now)?;
    for held in accounts_held(conn, &customer.company)? {
        if held.provider_id != by.organisation.id {
            let entry = entry.clone().for_customer(&held.id, &held.company_name);
            activity::store::record_for(conn, &held.provider_id, by, &entry, now)?;
        }
    }
    Ok(())
}
