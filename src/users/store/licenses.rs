//! Giving users licenses and taking them, for one or for many.

use std::collections::HashMap;

use super::{find, looked_after, open, picks, record, record_failed};
use crate::access::permission::{AddUsers, ManageUsers};
use crate::access::{Allowed, Reach, Viewer};
use crate::activity::{Action, Change};
use crate::catalog;
use crate::customers::model::Customer;
use crate::db::Connection;
use crate::error::Result;
use crate::licenses;
use crate::licenses::model::rules::{Holder, steps};
use crate::licenses::model::{Deal, License, Product, Refusal, Steps};
use crate::licenses::store::{held_by, take_steps};
use crate::people::model::Standing;
use crate::subscriptions;
use crate::users::model::User;
use crate::values::id::{CustomerId, CustomerUserId, OfferId};
use crate::values::moment::Moment;
use crate::values::name::sort_name;

/// What came of a deal for one user.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub user: User,
    pub result: Result<Steps, Refusal>,
}

/// Everything that a customer bought for users or that users have, by name.
///
/// # Errors
/// Database errors.
pub fn products(conn: &mut Connection, customer: &CustomerId, now: Moment) -> Result<Vec<Product>> {
    let seats = subscriptions::facts::seats(conn, customer, now.day())?;
    let assigned = licenses::facts::assigned(conn, customer)?;
    let mut ids: Vec<OfferId> = seats.keys().chain(assigned.keys()).copied().collect();
    ids.sort_unstable();
    ids.dedup();
    let product = |offer: catalog::facts::Licensed| {
        let of = seats.get(&offer.id).copied().unwrap_or_default();
        let assigned = assigned.get(&offer.id).copied().unwrap_or_default();
        Product { bought: of.active, suspended: of.suspended, assigned, offer }
    };
    Ok(catalog::facts::licensed(conn, &ids)?.into_iter().map(product).collect())
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
) -> Result<(Customer, Vec<Product>, User, Vec<License>)> {
    let customer = open(conn, &by.reach(), customer)?;
    let user = find(conn, &customer, user)?;
    let products = products(conn, &customer.id, now)?;
    let held = held_by(conn, &customer.id, [&user.id])?.remove(&user.id).unwrap_or_default();
    Ok((customer, products, user, held))
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
    let mut held = held_by(conn, &customer.id, [user])?.remove(user).unwrap_or_default();
    let ids: Vec<OfferId> = held.iter().map(|license| license.offer).collect();
    let mut off = |offer: &OfferId| {
        let license = held.iter_mut().find(|license| license.offer == *offer);
        license.map(|license| std::mem::take(&mut license.plans_off)).unwrap_or_default()
    };
    let offers = catalog::facts::licensed(conn, &ids)?.into_iter();
    Ok(offers
        .map(|offer| {
            let plans = off(&offer.id);
            (offer.name, plans)
        })
        .collect())
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
    let held = held_by(conn, &customer.id, users.iter().map(|user| &user.id))?;
    let mut ids: Vec<OfferId> = held.values().flatten().map(|license| license.offer).collect();
    ids.sort_unstable();
    ids.dedup();
    let offers = catalog::facts::licensed(conn, &ids)?;
    let names = |user: &User| {
        let held = held.get(&user.id).map(Vec::as_slice).unwrap_or_default();
        let has = |offer: &OfferId| held.iter().any(|license| license.offer == *offer);
        offers.iter().filter(|offer| has(&offer.id)).map(|offer| offer.name.clone()).collect()
    };
    Ok(users
        .into_iter()
        .map(|user| {
            let names = names(&user);
            (user, names)
        })
        .collect())
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
) -> Result<(Customer, Vec<Product>, Vec<(User, Vec<License>)>)> {
    let customer = open(conn, &by.reach(), customer)?;
    let picked = picks::picked(conn, by, &customer.id)?;
    let mut held = held_by(conn, &customer.id, &picked)?;
    let mut users = picked.iter().map(|id| find(conn, &customer, id)).collect::<Result<Vec<User>>>()?;
    users.sort_by_cached_key(|user| sort_name(&user.member.name));
    let with_held = |user: User| {
        let held = held.remove(&user.id).unwrap_or_default();
        (user, held)
    };
    let users = users.into_iter().map(with_held).collect();
    let products = products(conn, &customer.id, now)?;
    Ok((customer, products, users))
}

/// Does a deal with each of some users who are not deleted: all of it or, where a rule refuses a part, none. Who comes
/// first gets what is left. Everything taken from somebody is free for the others at once.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when the customer or a user is beyond reach; [`crate::error::Error::Undelegated`];
/// [`crate::error::Error::Ended`]; [`crate::error::Error::Forbidden`] where something is to be given and the viewer's
/// organisation is suspended; database errors.
pub fn deal(
    conn: &mut Connection,
    by: &Allowed<ManageUsers>,
    (customer, users): (&CustomerId, &[CustomerUserId]),
    deal: &Deal,
    now: Moment,
) -> Result<Vec<Outcome>> {
    let customer = open(conn, &by.reach(), customer)?;
    if !deal.give.is_empty() {
        Allowed::<AddUsers>::check(by)?;
    }
    let mut products = products(conn, &customer.id, now)?;
    let mut held = held_by(conn, &customer.id, users)?;
    let users = users.iter().map(|id| find(conn, &customer, id)).collect::<Result<Vec<User>>>()?;
    let mut users: Vec<User> =
        users.into_iter().filter(|user| user.member.standing != Standing::Inactive).collect();
    users.sort_by_cached_key(|user| sort_name(&user.member.name));
    let mut outcomes = Vec::with_capacity(users.len());
    for user in users {
        let held = held.remove(&user.id).unwrap_or_default();
        let holder = Holder { location: user.location, held: &held };
        let result = steps(holder, deal, &products);
        if let Ok(steps) = &result {
            count(&mut products, steps);
            take_steps(conn, (&customer.id, &user.id), steps, (&by.name, now))?;
        }
        note(conn, by, (&customer, &user), (&held, &result, deal), &products, now)?;
        outcomes.push(Outcome { user, result });
    }
    Ok(outcomes)
}

/// The same with all who are ticked. Who was refused stays ticked.
///
/// # Errors
/// As for [`deal`].
pub fn deal_with_picked(
    conn: &mut Connection,
    by: &Allowed<ManageUsers>,
    (customer, users): (&CustomerId, &[CustomerUserId]),
    wanted: &Deal,
    now: Moment,
) -> Result<Vec<Outcome>> {
    let outcomes = deal(conn, by, (customer, users), wanted, now)?;
    let done = outcomes.iter().filter(|outcome| outcome.result.is_ok());
    picks::take_back(conn, by, customer, done.map(|outcome| &outcome.user.id))?;
    Ok(outcomes)
}

/// What is left after the steps of a user.
fn count(products: &mut [Product], steps: &Steps) {
    for product in products {
        let given = steps.given.iter().filter(|license| license.offer == product.offer.id).count();
        let taken = steps.taken.iter().filter(|offer| **offer == product.offer.id).count();
        let more = i64::try_from(given).unwrap_or(0) - i64::try_from(taken).unwrap_or(0);
        product.assigned = product.assigned.saturating_add(more);
    }
}

/// Records what was done, and what a rule refused. What changed nothing is no record.
fn note(
    conn: &mut Connection,
    by: &Viewer,
    (customer, user): (&Customer, &User),
    (held, result, deal): (&[License], &Result<Steps, Refusal>, &Deal),
    products: &[Product],
    now: Moment,
) -> Result<()> {
    let whom = (customer, (&user.id, user.member.email.as_str()));
    let action = Action::ChangeLicenses;
    match result {
        Ok(steps) if steps.are_none() => Ok(()),
        Ok(steps) => record(conn, by, whom, (action, changes(held, steps, products)), now),
        Err(_) => {
            let wanted = Steps { given: deal.give.clone(), taken: deal.take.clone(), ..Steps::default() };
            record_failed(conn, by, whom, (action, changes(held, &wanted, products)), now)
        }
    }
}

/// The records of steps: which products before and after, and what is turned off.
pub(super) fn changes(held: &[License], steps: &Steps, products: &[Product]) -> Vec<Change> {
    let name = |offer: &OfferId| {
        let product = products.iter().find(|product| product.offer.id == *offer);
        product.map(|product| product.offer.name.as_str()).unwrap_or_default()
    };
    let listed = |offers: &mut dyn Iterator<Item = &OfferId>| offers.map(name).collect::<Vec<_>>().join("; ");
    let offers = |licenses: &[License]| licenses.iter().map(|license| license.offer).collect::<Vec<_>>();
    let before = offers(held);
    let mut after: Vec<OfferId> =
        before.iter().filter(|offer| !steps.taken.contains(offer)).copied().collect();
    after.extend(offers(&steps.given).into_iter().filter(|offer| !before.contains(offer)));
    let off = |license: &License| format!("{}: {}", name(&license.offer), license.plans_off.join(", "));
    let mut changes = Vec::new();
    if before != after {
        changes.push(Change::new("licenses", listed(&mut before.iter()), listed(&mut after.iter())));
    }
    for license in steps.given.iter().chain(&steps.changed) {
        let was = held.iter().find(|held| held.offer == license.offer);
        let was_off = was.is_some_and(|was| !was.plans_off.is_empty());
        if was_off || !license.plans_off.is_empty() {
            let old = was.filter(|_| was_off).map(off).unwrap_or_default();
            changes.push(Change::new("plans_off", old, off(license)));
        }
    }
    changes
}

/// Gives a restored user back what was released, as long as there is some: bases before add-ons. Answers what the user
/// did not get back, by name. Nothing of what other partners sold is told to this one.
///
/// # Errors
/// Database errors.
pub(super) fn retake(
    conn: &mut Connection,
    by: &Viewer,
    (customer, user): (&Customer, &User),
    now: Moment,
) -> Result<Vec<String>> {
    let released = licenses::store::released(conn, &user.id)?;
    licenses::store::forget_released(conn, &user.id)?;
    let mut of_accounts: HashMap<CustomerId, Vec<License>> = HashMap::new();
    for (account, license) in released {
        of_accounts.entry(account).or_default().push(license);
    }
    let mut lost = Vec::new();
    for (account, mut licenses) in of_accounts {
        let mut products = products(conn, &account, now)?;
        let is_add_on = |offer: &OfferId| {
            products.iter().any(|product| product.offer.id == *offer && !product.offer.bases.is_empty())
        };
        licenses.sort_by_key(|license| is_add_on(&license.offer));
        let mut held: Vec<License> = Vec::new();
        for license in licenses {
            let deal = Deal { give: vec![license.clone()], take: Vec::new() };
            let is_known = products.iter().any(|product| product.offer.id == license.offer);
            match steps(Holder { location: user.location, held: &held }, &deal, &products) {
                Ok(steps) if is_known => {
                    count(&mut products, &steps);
                    take_steps(conn, (&account, &user.id), &steps, (&by.name, now))?;
                    held.push(license);
                }
                _ if account == customer.id => lost.extend(names(conn, &license.offer)?),
                _ => {}
            }
        }
    }
    Ok(lost)
}

fn names(conn: &mut Connection, offer: &OfferId) -> Result<Vec<String>> {
    Ok(catalog::facts::licensed(conn, &[*offer])?.into_iter().map(|offer| offer.name).collect())
}
