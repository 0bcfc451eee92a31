//! Deleting users, restoring them for a while, and forgetting who they were.

use diesel::prelude::*;

use super::dealing::retake;
use super::{Told, find, open, picks, record, record_with, sheets};
use crate::access::permission::{AddUsers, ManageUserRoles, ManageUsers};
use crate::access::{Allowed, Viewer};
use crate::activity::{self, Action, Change, Entry};
use crate::customers::facts::accounts_held;
use crate::customers::model::Customer;
use crate::db::Connection;
use crate::db::schema::customer_users;
use crate::error::Result;
use crate::licenses;
use crate::mail::outbox;
use crate::people::model::{RESTORABLE_DAYS, Refusal};
use crate::people::store::company;
use crate::people::store::purge::purge_one;
use crate::session::postage;
use crate::users::letters::admin_news::News;
use crate::users::letters::sign_in_links;
use crate::users::model::User;
use crate::values::id::{CustomerId, CustomerUserId, PersonId};
use crate::values::moment::Moment;

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settled {
    /// The user of this name.
    Now(String),
    /// The same, who did not get these licenses back.
    Without(String, Vec<String>),
    /// The viewer neither gives nor takes admin roles, and this user has some.
    RolesNotGivable,
    Refused(Refusal),
}

/// Deletes a user, who is signed out everywhere and can be restored for a while.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when the user is beyond reach; [`crate::error::Error::Undelegated`];
/// [`crate::error::Error::Ended`]; database errors.
pub fn delete(
    conn: &mut Connection,
    by: &Allowed<ManageUsers>,
    (customer, id): (&CustomerId, &CustomerUserId),
    news: &News,
    now: Moment,
) -> Result<Settled> {
    let Some((customer, user)) = free(conn, by, (customer, id))? else { return Ok(Settled::RolesNotGivable) };
    if let Err(refusal) = company::close(conn, &customer.company, &user.member, now)? {
        return Ok(Settled::Refused(refusal));
    }
    sheets::take_from_all(conn, id)?;
    licenses::store::release(conn, id, now)?;
    mark(conn, id, Some(now))?;
    if user.member.is_global_admin() {
        postage::put_news(conn, &news.taken.0, &news.taken.1, now)?;
    }
    let whom = (&customer, (id, user.member.email.as_str()));
    record(conn, by, whom, (Action::DeleteCustomerUser, Vec::new()), now)?;
    Ok(Settled::Now(user.member.email.to_string()))
}

/// Brings a deleted user back, with the roles of before, and with the password where there was one.
///
/// # Errors
/// As for [`delete`].
pub fn restore(
    conn: &mut Connection,
    by: &Allowed<AddUsers>,
    (customer, id): (&CustomerId, &CustomerUserId),
    news: &News,
    now: Moment,
) -> Result<Settled> {
    let Some((customer, user)) = free(conn, by, (customer, id))? else { return Ok(Settled::RolesNotGivable) };
    if let Err(refusal) = company::restore(conn, &user.member, now)? {
        return Ok(Settled::Refused(refusal));
    }
    mark(conn, id, None)?;
    if user.member.is_global_admin() {
        postage::put_news(conn, &news.given.0, &news.given.1, now)?;
    }
    let lost = retake(conn, by, (&customer, &user), now)?;
    let whom = (&customer, (id, user.member.email.as_str()));
    let own = if lost.is_empty() { None } else { Some(Change::set("licenses_not_back", lost.join("; "))) };
    let told = Told {
        action: Action::RestoreCustomerUser,
        changes: Vec::new(),
        own: own.into_iter().collect(),
        is_refused: false,
    };
    record_with(conn, by, whom, &told, now)?;
    let name = user.member.email.to_string();
    Ok(if lost.is_empty() { Settled::Now(name) } else { Settled::Without(name, lost) })
}

/// A customer and a user, unless the user has admin roles and the viewer takes none away.
fn free(
    conn: &mut Connection,
    by: &Viewer,
    (customer, id): (&CustomerId, &CustomerUserId),
) -> Result<Option<(Customer, User)>> {
    let customer = open(conn, &by.reach(), customer)?;
    let user = find(conn, &customer, id)?;
    let is_free = !user.has_roles() || by.may::<ManageUserRoles>();
    Ok(is_free.then_some((customer, user)))
}

fn mark(conn: &mut Connection, id: &CustomerUserId, deleted_at: Option<Moment>) -> Result<()> {
    let user = customer_users::table.find(id);
    diesel::update(user).set(customer_users::deleted_at.eq(deleted_at)).execute(conn)?;
    Ok(())
}

/// Forgets the user who can be restored no more since longest, with the account; answers how many there were. The
/// company's partners read it in their logs.
///
/// # Errors
/// Database errors.
pub fn purge_next(conn: &mut Connection, now: Moment) -> Result<usize> {
    let next: Option<Row> = customer_users::table
        .filter(customer_users::deleted_at.le(now.plus_days(-RESTORABLE_DAYS)))
        .order(customer_users::deleted_at)
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    let Some(user) = next else { return Ok(0) };
    forget(conn, &user.id, user.person_id.as_ref(), now)?;
    for held in accounts_held(conn, &user.customer_id.company())? {
        let entry = Entry::new(Action::PurgeCustomerUser, "customer_user", user.id, &user.user_name)
            .for_customer(&held.id, &held.company_name);
        activity::store::record_by_portal(conn, &held.provider_id, &entry, now)?;
    }
    Ok(1)
}

/// Undoes the addition of a user with whom nothing has been done since: the user name is free at once, as if it had never
/// been. Answers `false` when the account cannot be closed any more. `name` is that of the file that is taken back.
///
/// # Errors
/// Database errors.
pub(super) fn undo_addition(
    conn: &mut Connection,
    by: &Viewer,
    (customer, user): (&Customer, &User),
    (name, own): (&str, Vec<Change>),
    now: Moment,
) -> Result<bool> {
    if company::close(conn, &customer.company, &user.member, now)?.is_err() {
        return Ok(false);
    }
    licenses::store::release(conn, &user.id, now)?;
    forget(conn, &user.id, Some(&user.member.id), now)?;
    // A link that waits to be mailed would open nothing.
    outbox::withdraw(conn, (&sign_in_links::KIND, user.member.id.as_str()))?;
    let whom = (customer, (&user.id, user.member.email.as_str()));
    let changes = vec![Change::set("taken_back", name)];
    let told = Told { action: Action::DeleteCustomerUser, changes, own, is_refused: false };
    record_with(conn, by, whom, &told, now)?;
    Ok(true)
}

/// Forgets a user who is deleted, with the account.
fn forget(
    conn: &mut Connection,
    user: &CustomerUserId,
    person: Option<&PersonId>,
    now: Moment,
) -> Result<()> {
    sheets::take_from_all(conn, user)?;
    picks::forget(conn, user)?;
    licenses::store::forget_released(conn, user)?;
    diesel::delete(customer_users::table.find(user)).execute(conn)?;
    match person {
        Some(person) => purge_one(conn, person, now),
        None => Ok(()),
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = customer_users)]
struct Row {
    id: CustomerUserId,
    customer_id: CustomerId,
    user_name: String,
    person_id: Option<PersonId>,
}
