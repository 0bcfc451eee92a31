//! Giving users licenses and taking them, for one or for many.

use std::collections::HashMap;

use super::licenses::{held_of, mark_of, names_of, products_to_give};
use super::list::picked_users;
use super::{Told, open, picks, record_own};
use crate::access::permission::{AddUsers, ManageUsers};
use crate::access::{Allowed, Viewer};
use crate::activity::{Action, Change};
use crate::customers::model::Customer;
use crate::db::Connection;
use crate::error::Result;
use crate::licenses;
use crate::licenses::model::rules::{Holder, steps};
use crate::licenses::model::{Deal, License, Product, Refusal, Steps, Wanted};
use crate::licenses::store::take_steps;
use crate::users::model::User;
use crate::values::id::{CustomerId, CustomerUserId, OfferId};
use crate::values::moment::Moment;

/// What came of a deal for one user.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub user: User,
    pub result: Result<Steps, Refusal>,
}

/// Does a deal with each of some users who are not deleted, by name: all of it or, where a rule refuses a part, none. Who
/// comes first gets what is left. Everything taken from somebody is free for the others at once.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when the customer is beyond reach; [`crate::error::Error::Undelegated`];
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
    if deal.gives() {
        Allowed::<AddUsers>::check(by)?;
    }
    let users = held_of(conn, &customer, users)?;
    let given: Vec<OfferId> = deal.give.iter().map(|wanted| wanted.offer).collect();
    let held: Vec<OfferId> = users.iter().flat_map(|(_, held)| held).map(|license| license.offer).collect();
    let mut products = products_to_give(conn, &customer.id, (&given, &held), now)?;
    let mut outcomes = Vec::with_capacity(users.len());
    for (user, held) in users {
        let result = steps(Holder { location: user.location, held: &held }, deal, &products);
        if let Ok(steps) = &result {
            count(&mut products, steps);
            take_steps(conn, (&customer.id, &user.id), steps, (&by.name, now))?;
        }
        note(conn, by, (&customer, &user), (&held, &result, deal), &products, now)?;
        outcomes.push(Outcome { user, result });
    }
    Ok(outcomes)
}

/// The same with all who are ticked, if they are those whom the page showed. Who was refused stays ticked.
///
/// # Errors
/// As for [`deal`].
pub fn deal_with_picked(
    conn: &mut Connection,
    by: &Allowed<ManageUsers>,
    (customer, shown): (&CustomerId, &str),
    wanted: &Deal,
    now: Moment,
) -> Result<Option<Vec<Outcome>>> {
    let of = open(conn, &by.reach(), customer)?;
    let users = picked_users(conn, by, &of)?;
    if mark_of(users.iter()) != shown {
        return Ok(None);
    }
    let users: Vec<CustomerUserId> = users.into_iter().map(|user| user.id).collect();
    let outcomes = deal(conn, by, (customer, &users), wanted, now)?;
    let done = outcomes.iter().filter(|outcome| outcome.result.is_ok());
    picks::take_back(conn, by, customer, done.map(|outcome| &outcome.user.id))?;
    Ok(Some(outcomes))
}

/// What is left after the steps of a user.
pub(super) fn count(products: &mut [Product], steps: &Steps) {
    for product in products {
        let given = steps.given.iter().filter(|license| license.offer == product.offer.id).count();
        let taken = steps.taken.iter().filter(|offer| **offer == product.offer.id).count();
        let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        product.assigned = product.assigned.saturating_add(number(given)).saturating_sub(number(taken));
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
    let action = Action::ChangeLicenses;
    let told = match result {
        Ok(steps) if steps.are_none() => return Ok(()),
        Ok(steps) => Told::done(action, changes(held, steps, products)),
        Err(_) => Told::refused(action, changes(held, &wished(deal), products)),
    };
    record_own(conn, by, (customer, (&user.id, user.member.email.as_str())), &told, now)
}

/// What would have been done if no rule had refused it.
fn wished(deal: &Deal) -> Steps {
    let license = |wanted: &Wanted| License { offer: wanted.offer, plans_off: wanted.off.clone() };
    let given = deal.give.iter().filter(|wanted| wanted.is_given).map(license);
    Steps { given: given.collect(), changed: Vec::new(), taken: deal.take.clone() }
}

/// The records of steps: which products before and after, and what is turned off.
pub(super) fn changes(held: &[License], steps: &Steps, products: &[Product]) -> Vec<Change> {
    let name = |offer: &OfferId| {
        let product = products.iter().find(|product| product.offer.id == *offer);
        product.map(|product| product.offer.name.as_str()).unwrap_or_default()
    };
    let listed = |offers: &[OfferId]| offers.iter().map(name).collect::<Vec<_>>().join("; ");
    let offers = |licenses: &[License]| licenses.iter().map(|license| license.offer).collect::<Vec<_>>();
    let before = offers(held);
    let mut after: Vec<OfferId> =
        before.iter().filter(|offer| !steps.taken.contains(offer)).copied().collect();
    after.extend(offers(&steps.given).into_iter().filter(|offer| !before.contains(offer)));
    let off = |license: &License| format!("{}: {}", name(&license.offer), license.plans_off.join(", "));
    let mut changes = Vec::new();
    if before != after {
        changes.push(Change::new("licenses", listed(&before), listed(&after)));
    }
    for license in steps.given.iter().chain(&steps.changed) {
        let was = held.iter().find(|held| held.offer == license.offer);
        let was_off = was.filter(|was| !was.plans_off.is_empty());
        if was_off.is_some() || !license.plans_off.is_empty() {
            changes.push(Change::new("plans_off", was_off.map(off).unwrap_or_default(), off(license)));
        }
    }
    changes
}

/// Gives a restored user back what was released, as far as the rules allow it by now. Answers what the user did not get
/// back, by name; of what other providers sold, nothing is told.
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
    for (account, licenses) in of_accounts {
        let offers: Vec<OfferId> = licenses.iter().map(|license| license.offer).collect();
        let mut products = products_to_give(conn, &account, (&offers, &[]), now)?;
        let (back, left) = given_back(user, licenses, &mut products);
        take_steps(conn, (&account, &user.id), &back, (&by.name, now))?;
        if account == customer.id {
            lost = names_of(conn, &left)?;
        }
    }
    Ok(lost)
}

/// What the rules give back, round after round, for what one license needs may come after it; and what stays away.
fn given_back(user: &User, mut waiting: Vec<License>, products: &mut [Product]) -> (Steps, Vec<OfferId>) {
    let mut back: Vec<License> = Vec::new();
    loop {
        let mut refused = Vec::new();
        let before = back.len();
        for license in waiting {
            let wanted = Wanted { off: license.plans_off.clone(), ..Wanted::whole(license.offer) };
            let deal = Deal { give: vec![wanted], take: Vec::new() };
            match steps(Holder { location: user.location, held: &back }, &deal, products) {
                Ok(steps) => {
                    count(products, &steps);
                    back.extend(steps.given);
                }
                Err(_) => refused.push(license),
            }
        }
        if back.len() == before || refused.is_empty() {
            let left = refused.iter().map(|license| license.offer).collect();
            return (Steps { given: back, ..Steps::default() }, left);
        }
        waiting = refused;
    }
}
