//! Taking back what rows did, as long as nothing was built on it.

use std::collections::HashMap;

use diesel::prelude::*;

use super::applying::as_it_is;
use crate::access::Viewer;
use crate::activity::{Action, Change};
use crate::customers::model::Customer;
use crate::db::Connection;
use crate::db::schema::customer_users;
use crate::error::Result;
use crate::licenses::model::{License, Steps};
use crate::licenses::store::{held_by, take_steps};
use crate::people::model::Standing;
use crate::people::store::change::Wanted;
use crate::people::store::company;
use crate::users::model::User;
use crate::users::model::upload::{Built, Shape, Undo};
use crate::users::store::deletion::undo_addition;
use crate::users::store::list::of_ids;
use crate::users::store::{Told, record_with};
use crate::values::id::{CustomerUserId, OfferId};
use crate::values::moment::Moment;

/// What a row made or changed, and how to undo it.
pub type Done<'a> = (CustomerUserId, &'a Undo);

/// What came of taking a row back.
pub type Returned = std::result::Result<(), Built>;

/// What was built on what these rows did, each in its place.
///
/// # Errors
/// Database errors.
pub fn built(conn: &mut Connection, customer: &Customer, rows: &[Done<'_>]) -> Result<Vec<Option<Built>>> {
    let users = users(conn, customer, rows)?;
    let of = |(id, undo): &Done<'_>| match users.get(id) {
        None => Some(Built::Deleted),
        Some((user, held)) => built_on(user, held, undo),
    };
    Ok(rows.iter().map(of).collect())
}

/// Takes rows back; what something was built on by now stays.
///
/// # Errors
/// Database errors.
pub fn take_back(
    conn: &mut Connection,
    by: &Viewer,
    customer: &Customer,
    (file_name, rows): (&str, &[Done<'_>]),
    now: Moment,
) -> Result<Vec<Returned>> {
    let users = users(conn, customer, rows)?;
    let mut all = Vec::with_capacity(rows.len());
    for (id, undo) in rows {
        let returned = match users.get(id) {
            None => Err(Built::Deleted),
            Some((user, held)) => match built_on(user, held, undo) {
                Some(built) => Err(built),
                None => undo_row(conn, by, customer, (user, held), (file_name, undo), now)?,
            },
        };
        all.push(returned);
    }
    Ok(all)
}

type Users = HashMap<CustomerUserId, (User, Vec<License>)>;

fn users(conn: &mut Connection, customer: &Customer, rows: &[Done<'_>]) -> Result<Users> {
    let ids: Vec<CustomerUserId> = rows.iter().map(|(id, _)| *id).collect();
    let mut held = held_by(conn, &customer.id, &ids)?;
    let with = |user: User| {
        let held = held.remove(&user.id).unwrap_or_default();
        (user.id, (user, held))
    };
    Ok(of_ids(conn, customer, &ids)?.into_iter().map(with).collect())
}

fn built_on(user: &User, held: &[License], undo: &Undo) -> Option<Built> {
    let is_new = undo.before.is_none();
    let has_own_password = user.member.standing == Standing::Active && !user.member.must_change_password;
    if is_new && has_own_password {
        return Some(Built::SignedIn);
    }
    let is_changed = as_it_is(user, held) != undo.after || (is_new && user.has_roles());
    is_changed.then_some(Built::Changed)
}

fn undo_row(
    conn: &mut Connection,
    by: &Viewer,
    customer: &Customer,
    (user, held): (&User, &[License]),
    (file_name, undo): (&str, &Undo),
    now: Moment,
) -> Result<Returned> {
    let Some(before) = &undo.before else {
        return undo_addition(conn, by, (customer, user), file_name, now)
            .map(|is_done| if is_done { Ok(()) } else { Err(Built::Changed) });
    };
    let wanted = Wanted { name: before.display_name.clone(), roles: user.member.roles.clone() };
    let member = (&user.member, user.member.version);
    let changed = match company::change(conn, &customer.company, member, &wanted)? {
        Ok(changed) => changed,
        Err(_) => return Ok(Err(Built::Changed)),
    };
    diesel::update(customer_users::table.find(&user.id))
        .set((
            customer_users::first_name.eq(&before.first_name),
            customer_users::last_name.eq(&before.last_name),
            customer_users::location.eq(before.location.map(|country| country.code()).unwrap_or_default()),
        ))
        .execute(conn)?;
    let given: Vec<OfferId> =
        held.iter().map(|license| license.offer).filter(|offer| !before.licenses.contains(offer)).collect();
    let steps = Steps { taken: given, ..Steps::default() };
    take_steps(conn, (&customer.id, &user.id), &steps, (&by.name, now))?;
    let mut changes = changed;
    changes.extend(own_changes(&undo.after, before));
    changes.push(Change::set("taken_back", file_name));
    let told = Told { action: Action::UpdateCustomerUser, changes, own: Vec::new(), is_refused: false };
    record_with(conn, by, (customer, (&user.id, user.member.email.as_str())), &told, now)?;
    Ok(Ok(()))
}

fn own_changes(now: &Shape, then: &Shape) -> Vec<Change> {
    let code = |shape: &Shape| shape.location.map(|country| country.code()).unwrap_or_default();
    let changes = [
        Change::new("first_name", &now.first_name, &then.first_name),
        Change::new("last_name", &now.last_name, &then.last_name),
        Change::new("usage_location", code(now), code(then)),
    ];
    changes.into_iter().filter(|change| change.old != change.new).collect()
}
