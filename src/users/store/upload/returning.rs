//! Taking back what rows did, as long as nothing was built on it.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use super::applying::as_it_is;
use crate::access::Viewer;
use crate::access::permission::ManageUserRoles;
use crate::activity::{Action, Change};
use crate::customers::model::Customer;
use crate::db::Connection;
use crate::db::schema::customer_users;
use crate::error::Result;
use crate::licenses::facts::who_has_others;
use crate::licenses::model::{License, Steps};
use crate::licenses::store::{held_by, take_steps};
use crate::people::facts::who_has_signed_in;
use crate::people::model::Standing;
use crate::people::store::change::Wanted;
use crate::people::store::company;
use crate::sheets::Built;
use crate::users::model::User;
use crate::users::model::upload::{Shape, Undo};
use crate::users::store::deletion::undo_addition;
use crate::users::store::licenses::names_of;
use crate::users::store::list::of_ids;
use crate::users::store::{Told, record_with};
use crate::values::country::Country;
use crate::values::id::{CustomerUserId, OfferId, PersonId};
use crate::values::moment::Moment;

/// What a row made or changed, and how to undo it.
pub type Done<'a> = (CustomerUserId, &'a Undo);

/// What came of taking a row back.
pub type Returned = std::result::Result<(), Built>;

/// What was built on what these rows did, each in its place.
///
/// # Errors
/// Database errors.
pub fn built(
    conn: &mut Connection,
    by: &Viewer,
    customer: &Customer,
    rows: &[Done<'_>],
) -> Result<Vec<Option<Built>>> {
    let users = Users::read(conn, customer, rows)?;
    Ok(rows.iter().map(|(id, undo)| users.built_on(by, id, undo)).collect())
}

/// Takes rows back; what something was built on by now stays. `name` is that of the file.
///
/// # Errors
/// Database errors.
pub fn take_back(
    conn: &mut Connection,
    by: &Viewer,
    customer: &Customer,
    (name, rows): (&str, &[Done<'_>]),
    now: Moment,
) -> Result<Vec<Returned>> {
    let users = Users::read(conn, customer, rows)?;
    let mut all = Vec::with_capacity(rows.len());
    for (id, undo) in rows {
        let returned = match (users.built_on(by, id, undo), users.all.get(id)) {
            (Some(built), _) => Err(built),
            (None, None) => Err(Built::Deleted),
            (None, Some(user)) => undo_row(conn, by, customer, user, (name, undo), now)?,
        };
        all.push(returned);
    }
    Ok(all)
}

type Held = (User, Vec<License>);

/// The users of some rows, as they are by now.
struct Users {
    all: HashMap<CustomerUserId, Held>,
    /// Who has licenses out of what another account of the company bought.
    with_others: HashSet<CustomerUserId>,
    signed_in: HashSet<PersonId>,
}

impl Users {
    fn read(conn: &mut Connection, customer: &Customer, rows: &[Done<'_>]) -> Result<Self> {
        let ids: Vec<CustomerUserId> = rows.iter().map(|(id, _)| *id).collect();
        let mut held = held_by(conn, &customer.id, &ids)?;
        let with = |user: User| {
            let held = held.remove(&user.id).unwrap_or_default();
            (user.id, (user, held))
        };
        let all: HashMap<CustomerUserId, Held> =
            of_ids(conn, customer, &ids)?.into_iter().map(with).collect();
        let people: Vec<PersonId> = all.values().map(|(user, _)| user.member.id).collect();
        let signed_in = who_has_signed_in(conn, &people)?;
        Ok(Self { all, with_others: who_has_others(conn, &customer.id, &ids)?, signed_in })
    }

    fn built_on(&self, by: &Viewer, id: &CustomerUserId, undo: &Undo) -> Option<Built> {
        let Some((user, held)) = self.all.get(id) else { return Some(Built::Deleted) };
        let is_new = undo.before.is_none();
        let has_own_password = user.member.standing == Standing::Active && !user.member.must_change_password;
        // A password that was reset since says nothing of what the user has done before.
        let was_here = has_own_password || self.signed_in.contains(&user.member.id);
        if is_new && was_here {
            return Some(Built::SignedIn);
        }
        let has_more = is_new && (user.has_roles() || self.with_others.contains(id));
        if as_it_is(user, held) != undo.after || has_more {
            return Some(Built::Changed);
        }
        (user.has_roles() && !by.may::<ManageUserRoles>()).then_some(Built::HasRoles)
    }
}

fn undo_row(
    conn: &mut Connection,
    by: &Viewer,
    customer: &Customer,
    (user, held): &Held,
    (name, undo): (&str, &Undo),
    now: Moment,
) -> Result<Returned> {
    let Some(before) = &undo.before else {
        let taken = licenses_taken(conn, held, &[])?;
        let is_done = undo_addition(conn, by, (customer, user), (name, taken), now)?;
        return Ok(if is_done { Ok(()) } else { Err(Built::Changed) });
    };
    let wanted = Wanted { name: before.display_name.clone(), roles: user.member.roles.clone() };
    let member = (&user.member, user.member.version);
    let mut changes = match company::change(conn, &customer.company, member, &wanted)? {
        Ok(changes) => changes,
        Err(_) => return Ok(Err(Built::Changed)),
    };
    diesel::update(customer_users::table.find(&user.id))
        .set((
            customer_users::first_name.eq(&before.first_name),
            customer_users::last_name.eq(&before.last_name),
            customer_users::location.eq(code(before)),
        ))
        .execute(conn)?;
    let own = licenses_taken(conn, held, &before.licenses)?;
    let had = |offer: &OfferId| before.licenses.iter().any(|license| license.offer == *offer);
    let taken = held.iter().map(|license| license.offer).filter(|offer| !had(offer)).collect();
    let steps = Steps { taken, ..Steps::default() };
    take_steps(conn, (&customer.id, &user.id), &steps, (&by.name, now))?;
    changes.extend(own_changes(&undo.after, before));
    changes.push(Change::set("taken_back", name));
    let told = Told { action: Action::UpdateCustomerUser, changes, own, is_refused: false };
    record_with(conn, by, (customer, (&user.id, user.member.email.as_str())), &told, now)?;
    Ok(Ok(()))
}

/// What of a user's own columns changes.
fn own_changes(now: &Shape, then: &Shape) -> Vec<Change> {
    let changes = [
        Change::new("first_name", &now.first_name, &then.first_name),
        Change::new("last_name", &now.last_name, &then.last_name),
        Change::new("usage_location", code(now), code(then)),
    ];
    changes.into_iter().filter(|change| change.old != change.new).collect()
}

fn code(shape: &Shape) -> &'static str {
    shape.location.map(Country::code).unwrap_or_default()
}

/// The record of licenses that a user loses.
fn licenses_taken(conn: &mut Connection, held: &[License], kept: &[License]) -> Result<Vec<Change>> {
    let mut names = |licenses: &[License]| {
        let offers: Vec<OfferId> = licenses.iter().map(|license| license.offer).collect();
        Ok::<_, crate::error::Error>(names_of(conn, &offers)?.join("; "))
    };
    let (before, after) = (names(held)?, names(kept)?);
    let change = (before != after).then(|| Change::new("licenses", before, after));
    Ok(change.into_iter().collect())
}
