//! What users have of what was bought for them, and what was bought.

use std::collections::HashMap;

use super::list::{of_ids, picked_users};
use super::{find, looked_after, open};
use crate::access::permission::ManageUsers;
use crate::access::{Allowed, Reach};
use crate::catalog;
use crate::catalog::facts::Licensed;
use crate::customers::model::Customer;
use crate::db::Connection;
use crate::error::Result;
use crate::licenses;
use crate::licenses::model::{License, Product};
use crate::licenses::store::held_by;
use crate::subscriptions;
use crate::subscriptions::facts::Seats;
use crate::users::model::User;
use crate::values::id::{CustomerId, CustomerUserId, OfferId};
use crate::values::mark;
use crate::values::moment::Moment;

/// A user with what the user has.
pub type Held = (User, Vec<License>);

/// Everything that a customer bought for users or that users have, by name, with how much of it is assigned.
///
/// # Errors
/// Database errors.
pub fn products(conn: &mut Connection, customer: &CustomerId, now: Moment) -> Result<Vec<Product>> {
    let seats = subscriptions::facts::seats(conn, customer, now.day())?;
    let assigned = licenses::facts::assigned(conn, customer)?;
    let offers = known(conn, seats.keys().chain(assigned.keys()))?;
    let product = |offer: Licensed| {
        let assigned = assigned.get(&offer.id).copied().unwrap_or_default();
        product(seats.get(&offer.id), assigned, offer)
    };
    Ok(offers.into_iter().map(product).collect())
}

/// The same for a deed, which counts only what it may give: counting is what takes time where there are many users. Of
/// what it does not give nothing is said to be assigned.
///
/// # Errors
/// Database errors.
pub(super) fn products_to_give(
    conn: &mut Connection,
    customer: &CustomerId,
    (given, held): (&[OfferId], &[OfferId]),
    now: Moment,
) -> Result<Vec<Product>> {
    let seats = subscriptions::facts::seats(conn, customer, now.day())?;
    let assigned = licenses::facts::assigned_among(conn, customer, given)?;
    let is_there =
        |offer: &&OfferId| seats.contains_key(*offer) || assigned.get(*offer).is_some_and(|n| *n > 0);
    let offers = known(conn, given.iter().filter(is_there).chain(held).chain(seats.keys()))?;
    let product = |offer: Licensed| {
        let assigned = assigned.get(&offer.id).copied().unwrap_or_default();
        product(seats.get(&offer.id), assigned, offer)
    };
    Ok(offers.into_iter().map(product).collect())
}

/// What a customer bought for users, by name, and what of it these users have: without counting.
///
/// # Errors
/// Database errors.
pub fn known_of(
    conn: &mut Connection,
    customer: &CustomerId,
    held: &HashMap<CustomerUserId, Vec<License>>,
    now: Moment,
) -> Result<Vec<Licensed>> {
    let seats = subscriptions::facts::seats(conn, customer, now.day())?;
    known(conn, seats.keys().chain(held.values().flatten().map(|license| &license.offer)))
}

fn known<'a>(conn: &mut Connection, ids: impl Iterator<Item = &'a OfferId>) -> Result<Vec<Licensed>> {
    let mut ids: Vec<OfferId> = ids.copied().collect();
    ids.sort_unstable();
    ids.dedup();
    catalog::facts::licensed(conn, &ids)
}

fn product(seats: Option<&Seats>, assigned: i64, offer: Licensed) -> Product {
    let seats = seats.copied().unwrap_or_default();
    Product { offer, bought: seats.active, trial: seats.trial, suspended: seats.suspended, assigned }
}

/// A customer within reach with its products.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when it is beyond; [`crate::error::Error::Undelegated`]; database errors.
pub fn products_of(
    conn: &mut Connection,
    reach: &Reach,
    id: &CustomerId,
    now: Moment,
) -> Result<(Customer, Vec<Product>)> {
    let customer = looked_after(conn, reach, id)?;
    let products = products(conn, &customer.id, now)?;
    Ok((customer, products))
}

/// A user of a customer within reach, with the products and what the user has of them.
///
/// # Errors
/// As for [`products_of`]; [`crate::error::Error::NotFound`] when there is no such user.
pub fn of_one(
    conn: &mut Connection,
    by: &Allowed<ManageUsers>,
    (customer, user): (&CustomerId, &CustomerUserId),
    now: Moment,
) -> Result<(Customer, Vec<Product>, Held)> {
    let customer = open(conn, &by.reach(), customer)?;
    let user = find(conn, &customer, user)?;
    let products = products(conn, &customer.id, now)?;
    let held = held_by(conn, &customer.id, [&user.id])?.remove(&user.id).unwrap_or_default();
    Ok((customer, products, (user, held)))
}

/// The products of a customer within reach, and who of its users the viewer has ticked, by name, with what they have.
///
/// # Errors
/// As for [`products_of`].
pub fn of_picked(
    conn: &mut Connection,
    by: &Allowed<ManageUsers>,
    customer: &CustomerId,
    now: Moment,
) -> Result<(Customer, Vec<Product>, Vec<Held>)> {
    let customer = open(conn, &by.reach(), customer)?;
    let users = picked_users(conn, by, &customer)?;
    let users = with_licenses(conn, &customer, users)?;
    let products = products(conn, &customer.id, now)?;
    Ok((customer, products, users))
}

/// Users of a customer who are not deleted, by name, with what they have.
///
/// # Errors
/// Database errors.
pub(super) fn held_of(
    conn: &mut Connection,
    customer: &Customer,
    users: &[CustomerUserId],
) -> Result<Vec<Held>> {
    let users = of_ids(conn, customer, users)?;
    with_licenses(conn, customer, users)
}

fn with_licenses(conn: &mut Connection, customer: &Customer, users: Vec<User>) -> Result<Vec<Held>> {
    let mut held = held_by(conn, &customer.id, users.iter().map(|user| &user.id))?;
    let with = |user: User| {
        let held = held.remove(&user.id).unwrap_or_default();
        (user, held)
    };
    Ok(users.into_iter().map(with).collect())
}

/// The licenses of a user by the names of products, each with the service plans that are turned off in it.
///
/// # Errors
/// Database errors.
pub fn named(
    conn: &mut Connection,
    customer: &Customer,
    user: &CustomerUserId,
) -> Result<Vec<(String, Vec<String>)>> {
    let held = held_by(conn, &customer.id, [user])?.remove(user).unwrap_or_default();
    let offers = known(conn, held.iter().map(|license| &license.offer))?;
    let off = |offer: &OfferId| {
        let license = held.iter().find(|license| license.offer == *offer);
        license.map(|license| license.plans_off.clone()).unwrap_or_default()
    };
    let named = |offer: Licensed| (off(&offer.id), offer.name);
    Ok(offers.into_iter().map(named).map(|(off, name)| (name, off)).collect())
}

/// Users with the names of the products of which each has a license.
///
/// # Errors
/// Database errors.
pub(super) fn with_names(
    conn: &mut Connection,
    customer: &Customer,
    users: Vec<User>,
) -> Result<Vec<(User, Vec<String>)>> {
    let users = with_licenses(conn, customer, users)?;
    let offers = known(conn, users.iter().flat_map(|(_, held)| held).map(|license| &license.offer))?;
    let names = |held: &[License]| {
        let has = |offer: &&Licensed| held.iter().any(|license| license.offer == offer.id);
        offers.iter().filter(has).map(|offer| offer.name.clone()).collect()
    };
    Ok(users.into_iter().map(|(user, held)| (user, names(&held))).collect())
}

/// The names of offers, for what was lost.
///
/// # Errors
/// Database errors.
pub(super) fn names_of(conn: &mut Connection, offers: &[OfferId]) -> Result<Vec<String>> {
    Ok(catalog::facts::licensed(conn, offers)?.into_iter().map(|offer| offer.name).collect())
}

/// Whom a page showed, in one word.
pub fn mark_of<'a>(users: impl Iterator<Item = &'a User>) -> String {
    let mut ids: Vec<&str> = users.map(|user| user.id.as_str()).collect();
    ids.sort_unstable();
    mark::mark_of(&ids.join(" "))
}
