//! Who uses what was bought, at the customers that have more than one user. The rules of the portal give it out.

use std::collections::HashMap;

use super::batch::Batch;
use super::catalogue::Offer;
use super::random::Random;
use super::rows::{CustomerUserRow, LicenseRow, SubscriptionRow};
use super::world::World;
use crate::catalog::facts::Licensed;
use crate::catalog::model::Unit;
use crate::licenses::model::rules::{Holder, steps};
use crate::licenses::model::{Deal, License, Product, Wanted};
use crate::subscriptions::model::Status;
use crate::values::country::Country;
use crate::values::id::{CustomerId, OfferId};

/// Out of a hundred times a user gets a product that is there to get.
const GIVEN: u64 = 75;

/// The licenses of the users of a batch.
pub fn of(world: &World<'_>, batch: &Batch) -> Vec<LicenseRow> {
    let mut users: HashMap<CustomerId, Vec<&CustomerUserRow>> = HashMap::new();
    for colleague in &batch.colleagues {
        users.entry(colleague.user.customer_id).or_default().push(&colleague.user);
    }
    let of_customer = |(nth, customer): (u64, &CustomerId)| {
        let users = users.get(customer).map(Vec::as_slice).unwrap_or_default();
        let bought = batch.subscriptions.iter().filter(|bought| bought.customer_id == *customer);
        let mut products = products(world, bought);
        given(users, &mut products, &mut Random::of("licenses", nth))
    };
    let customers = batch.customers.iter().map(|row| &row.id).filter(|id| users.contains_key(id));
    (0..).zip(customers).flat_map(of_customer).collect()
}

/// What a customer has to give: also what is suspended by now, for it was not when it was given.
fn products<'a>(world: &World<'_>, bought: impl Iterator<Item = &'a SubscriptionRow>) -> Vec<Product> {
    let mut products: Vec<Product> = Vec::new();
    let is_licensed = |one: &&SubscriptionRow| {
        one.unit == Unit::Licenses && matches!(one.status, Status::Active | Status::Suspended)
    };
    for one in bought.filter(is_licensed) {
        match products.iter_mut().find(|product| product.offer.id == one.offer_id) {
            Some(product) => product.bought += one.quantity,
            None => products.extend(licensed(world, &one.offer_id).map(|offer| Product {
                offer,
                bought: one.quantity,
                trial: 0,
                suspended: 0,
                assigned: 0,
            })),
        }
    }
    products
}

fn licensed(world: &World<'_>, id: &OfferId) -> Option<Licensed> {
    let offers = || world.catalogue.offers.iter();
    let Offer { said, .. } = offers().find(|offer| offer.id == *id)?;
    let bases = offers().filter(|offer| said.prerequisites.contains(&offer.said.code));
    Some(Licensed {
        id: *id,
        name: said.name.clone(),
        plans: said.service_plans.clone(),
        countries: said.countries.iter().map(|country| country.code().to_owned()).collect(),
        bases: bases.map(|base| (base.id, base.said.name.clone())).collect(),
    })
}

fn given(users: &[&CustomerUserRow], products: &mut [Product], random: &mut Random) -> Vec<LicenseRow> {
    let mut rows = Vec::new();
    for user in users {
        let mut held: Vec<License> = Vec::new();
        for nth in 0..products.len() {
            let Some(wanted) = products.get(nth).filter(|_| random.percent(GIVEN)) else { continue };
            // Now and then somebody goes without a part.
            let off = wanted.offer.plans.last().filter(|_| random.below(8) == 0);
            let off = off.into_iter().cloned().collect();
            let deal =
                Deal { give: vec![Wanted { off, ..Wanted::whole(wanted.offer.id) }], take: Vec::new() };
            let holder = Holder { location: Country::from_text(&user.location), held: &held };
            let given = steps(holder, &deal, products).map(|steps| steps.given).unwrap_or_default();
            for license in given {
                // What waits with a deleted user is not assigned.
                let assigned = i64::from(user.deleted_at.is_none());
                if let Some(product) = products.get_mut(nth) {
                    product.assigned += assigned;
                }
                rows.push(row(user, &license));
                held.push(license);
            }
        }
    }
    rows
}

fn row(user: &CustomerUserRow, license: &License) -> LicenseRow {
    LicenseRow {
        customer_id: user.customer_id,
        offer_id: license.offer,
        user_id: user.id,
        plans_off: license.plans_off.join(";"),
        assigned_at: user.created_at,
        assigned_by_name: user.added_by_name.clone(),
        released_at: user.deleted_at,
    }
}
