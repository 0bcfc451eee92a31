//! Which users of a customer somebody has ticked: for that person alone, until something is done with them.

use std::collections::HashSet;

use diesel::prelude::*;

use super::list::{Narrowed, ids_found};
use super::looked_after;
use crate::access::permission::ManageUsers;
use crate::access::{Allowed, Viewer};
use crate::customers::model::Customer;
use crate::db::Connection;
use crate::db::among::is_among;
use crate::db::schema::{customer_users, user_picks};
use crate::error::Result;
use crate::values::id::{CustomerId, CustomerUserId, PersonId};
use crate::values::moment::Moment;

/// So many at most are dealt with at once: each gets a line of its own in the result and in the log.
pub const MOST: usize = 500;
/// For so many hours ticks are kept.
const HOURS: i64 = 24;
/// So many go at once.
const STEP: i64 = 500;

/// What somebody does with the ticks of a list.
#[derive(Clone, Debug)]
pub enum Marking {
    /// Keeps which of the users on a page are ticked. What was ticked on other pages stays.
    Keep { shown: Vec<CustomerUserId>, ticked: HashSet<CustomerUserId> },
    /// Ticks all that the list finds, and nobody else.
    All(Narrowed),
    /// Ticks all off again.
    Clear,
}

/// Does with the ticks what somebody wants done. `false`, and nothing is written, when that would be too many.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when the customer is beyond reach; [`crate::error::Error::Undelegated`]; database
/// errors.
pub fn mark(
    conn: &mut Connection,
    by: &Allowed<ManageUsers>,
    id: &CustomerId,
    marking: &Marking,
    now: Moment,
) -> Result<bool> {
    let customer = looked_after(conn, &by.reach(), id)?;
    let before: HashSet<CustomerUserId> = picked(conn, by, &customer.id)?.into_iter().collect();
    let picked: HashSet<CustomerUserId> = match marking {
        Marking::Clear => HashSet::new(),
        Marking::All(narrowed) => ids_found(conn, &customer, narrowed, MOST)?.into_iter().collect(),
        Marking::Keep { shown, ticked } => {
            let shown = of_company(conn, &customer, shown)?;
            let stay = before.iter().filter(|user| !shown.contains(user));
            stay.chain(shown.iter().filter(|user| ticked.contains(user))).copied().collect()
        }
    };
    if picked.len() > MOST {
        return Ok(false);
    }
    take_back(conn, by, &customer.id, before.difference(&picked))?;
    for user in picked.difference(&before) {
        diesel::insert_into(user_picks::table)
            .values((
                user_picks::person_id.eq(&by.person),
                user_picks::customer_id.eq(&customer.id),
                user_picks::user_id.eq(user),
                user_picks::picked_at.eq(now),
            ))
            .execute(conn)?;
    }
    Ok(true)
}

/// Who of these is a user of a customer's company and not deleted.
fn of_company(
    conn: &mut Connection,
    customer: &Customer,
    users: &[CustomerUserId],
) -> Result<HashSet<CustomerUserId>> {
    let there = customer_users::table
        .filter(is_among(customer_users::id, users))
        .filter(customer_users::customer_id.eq(customer.company.first_account()))
        .filter(customer_users::deleted_at.is_null());
    let there: Vec<CustomerUserId> = there.select(customer_users::id).load(conn)?;
    Ok(there.into_iter().collect())
}

/// Who is ticked and not deleted by now, in the order of their ids.
///
/// # Errors
/// Database errors.
pub fn picked(conn: &mut Connection, by: &Viewer, customer: &CustomerId) -> Result<Vec<CustomerUserId>> {
    Ok(user_picks::table
        .inner_join(customer_users::table.on(customer_users::id.eq(user_picks::user_id)))
        .filter(user_picks::person_id.eq(&by.person))
        .filter(user_picks::customer_id.eq(customer))
        .filter(customer_users::deleted_at.is_null())
        .order(user_picks::user_id)
        .select(user_picks::user_id)
        .load(conn)?)
}

/// Ticks some off again.
///
/// # Errors
/// Database errors.
pub(super) fn take_back<'a>(
    conn: &mut Connection,
    by: &Viewer,
    customer: &CustomerId,
    users: impl IntoIterator<Item = &'a CustomerUserId>,
) -> Result<()> {
    let ticked = of(&by.person, customer).filter(is_among(user_picks::user_id, users));
    diesel::delete(ticked).execute(conn)?;
    Ok(())
}

#[diesel::dsl::auto_type]
fn of<'a>(person: &'a PersonId, customer: &'a CustomerId) -> _ {
    user_picks::table.filter(user_picks::person_id.eq(person)).filter(user_picks::customer_id.eq(customer))
}

/// Forgets a user who is purged.
///
/// # Errors
/// Database errors.
pub(super) fn forget(conn: &mut Connection, user: &CustomerUserId) -> Result<()> {
    diesel::delete(user_picks::table.filter(user_picks::user_id.eq(user))).execute(conn)?;
    Ok(())
}

/// Forgets ticks that nobody used; answers how many.
///
/// # Errors
/// Database errors.
pub fn forget_old(conn: &mut Connection, now: Moment) -> Result<usize> {
    let old: Vec<Pick> = user_picks::table
        .filter(user_picks::picked_at.le(now.plus_seconds(-HOURS * 3600)))
        .order(user_picks::picked_at)
        .limit(STEP)
        .select(Pick::as_select())
        .load(conn)?;
    for pick in &old {
        let key = (&pick.person_id, &pick.customer_id, &pick.user_id);
        diesel::delete(user_picks::table.find(key)).execute(conn)?;
    }
    Ok(old.len())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = user_picks)]
struct Pick {
    person_id: PersonId,
    customer_id: CustomerId,
    user_id: CustomerUserId,
}
