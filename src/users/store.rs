//! Queries about the users of a customer's company. Each takes the viewer's reach: a user beyond it does not exist.

pub mod add;
pub mod change;
pub mod dealing;
pub mod deletion;
pub mod first;
pub mod licenses;
pub mod list;
pub mod password;
pub mod picks;
pub mod sheets;
pub mod upload;

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

/// What is told of something that was done with a user.
struct Told {
    action: Action,
    changes: Vec<Change>,
    /// What is of the account alone, of which other providers of the company are told nothing.
    own: Vec<Change>,
    /// A rule refused it.
    is_refused: bool,
}

impl Told {
    /// Something about licenses, of which only the account's own provider is told.
    fn done(action: Action, own: Vec<Change>) -> Self {
        Self { action, changes: Vec::new(), own, is_refused: false }
    }

    fn refused(action: Action, own: Vec<Change>) -> Self {
        Self { is_refused: true, ..Self::done(action, own) }
    }

    fn entry(&self, (id, name): (&CustomerUserId, &str), with_own: bool) -> Entry {
        let own = self.own.iter().filter(|_| with_own);
        let entry = Entry::new(self.action, "customer_user", id, name);
        let entry = entry.with(self.changes.iter().chain(own).cloned());
        if self.is_refused { entry.failed() } else { entry }
    }
}

/// In the viewer's log, and in those of all providers that have an account of the company: it is one user for all.
fn record(
    conn: &mut Connection,
    by: &Viewer,
    (customer, user): (&Customer, (&CustomerUserId, &str)),
    (action, changes): (Action, Vec<Change>),
    now: Moment,
) -> Result<()> {
    let told = Told { action, changes, own: Vec::new(), is_refused: false };
    record_with(conn, by, (customer, user), &told, now)
}

/// The same, with what only the account's own provider is told.
fn record_with(
    conn: &mut Connection,
    by: &Viewer,
    (customer, user): (&Customer, (&CustomerUserId, &str)),
    told: &Told,
    now: Moment,
) -> Result<()> {
    record_own(conn, by, (customer, user), told, now)?;
    for held in accounts_held(conn, &customer.company)? {
        if held.id != customer.id && held.provider_id != by.organisation.id {
            let entry = told.entry(user, false).for_customer(&held.id, &held.company_name);
            activity::store::record_for(conn, &held.provider_id, by, &entry, now)?;
        }
    }
    Ok(())
}

/// In the viewer's log, and in that of the account's own provider: what was bought is nobody else's business.
fn record_own(
    conn: &mut Connection,
    by: &Viewer,
    (customer, user): (&Customer, (&CustomerUserId, &str)),
    told: &Told,
    now: Moment,
) -> Result<()> {
    let entry = told.entry(user, true).for_customer(&customer.id, &customer.account.company_name);
    activity::store::record(conn, by, &entry, now)?;
    if customer.provider != by.organisation.id {
        activity::store::record_for(conn, &customer.provider, by, &entry, now)?;
    }
    Ok(())
}
