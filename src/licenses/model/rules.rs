//! Which licenses a user may have beside which. They are asked of what one provider sold: what others sold to the same
//! company says nothing here, for a provider is told nothing of it.

#[cfg(test)]
mod tests;

use super::{Deal, License, Product, Refusal, Steps, is_same};
use crate::catalog::facts::Licensed;
use crate::values::country::Country;
use crate::values::id::OfferId;

/// A user as far as the rules ask.
#[derive(Clone, Copy, Debug)]
pub struct Holder<'a> {
    pub location: Option<Country>,
    pub held: &'a [License],
}

/// What a deal changes for a user. What is like that already stays, also where a rule would refuse it today.
///
/// # Errors
/// The first rule that refuses it; then nothing of it is done for this user.
pub fn steps(holder: Holder<'_>, deal: &Deal, products: &[Product]) -> Result<Steps, Refusal> {
    let Holder { location, held } = holder;
    let has = |offer: &OfferId| held.iter().find(|license| license.offer == *offer);
    let mut steps = Steps::default();
    for wanted in &deal.give {
        let product = product_of(products, &wanted.offer).ok_or(Refusal::Gone)?;
        let before = has(&wanted.offer);
        let off = before.map(|license| license.plans_off.as_slice()).unwrap_or_default();
        let license = License { offer: wanted.offer, plans_off: wanted.plans_off(off, &product.offer.plans) };
        match before {
            None if wanted.is_given => steps.given.push(license),
            Some(before) if before.plans_off != license.plans_off => steps.changed.push(license),
            _ => {}
        }
    }
    steps.taken.extend(deal.take.iter().filter(|offer| has(offer).is_some()));
    for license in &steps.given {
        let Some(product) = product_of(products, &license.offer) else { continue };
        check_place(location, product)?;
        if product.free() == 0 {
            let (product, has_suspended) = (product.offer.name.clone(), product.suspended > 0);
            return Err(Refusal::NoneLeft { product, has_suspended });
        }
    }
    let after = after(held, &steps);
    check_bases(held, &after, products)?;
    check_plans(&steps, &after, products)?;
    Ok(steps)
}

/// What a user has once the steps are done.
fn after(held: &[License], steps: &Steps) -> Vec<License> {
    let stays = |license: &&License| {
        !steps.taken.contains(&license.offer)
            && steps.changed.iter().all(|changed| changed.offer != license.offer)
    };
    held.iter().filter(stays).chain(&steps.changed).chain(&steps.given).cloned().collect()
}

fn check_place(location: Option<Country>, product: &Product) -> Result<(), Refusal> {
    let Some(location) = location else { return Err(Refusal::NoLocation) };
    if product.offer.is_sold_in(location) {
        return Ok(());
    }
    Err(Refusal::NotServed { product: product.offer.name.clone() })
}

/// An add-on goes with one of its bases. One that has none by now stays as it is, unless its last base is taken.
fn check_bases(held: &[License], after: &[License], products: &[Product]) -> Result<(), Refusal> {
    for license in after {
        let Some(product) = product_of(products, &license.offer) else { continue };
        let has_base = |licenses: &[License]| {
            product.offer.bases.iter().any(|(base, _)| licenses.iter().any(|held| held.offer == *base))
        };
        let was_alone = held.iter().any(|one| one.offer == license.offer) && !has_base(held);
        if product.offer.bases.is_empty() || was_alone || has_base(after) {
            continue;
        }
        let bases = product.offer.bases.iter().map(|(_, name)| name.clone()).collect();
        return Err(Refusal::Needs { product: product.offer.name.clone(), bases });
    }
    Ok(())
}

/// A user has each service plan once. Only what is given or changed is asked; what was there before stays.
fn check_plans(steps: &Steps, after: &[License], products: &[Product]) -> Result<(), Refusal> {
    for license in steps.given.iter().chain(&steps.changed) {
        let Some(product) = product_of(products, &license.offer) else { continue };
        let plans = plans_on(&product.offer, license);
        for other in after.iter().filter(|other| other.offer != license.offer) {
            let Some(holding) = product_of(products, &other.offer) else { continue };
            let theirs = plans_on(&holding.offer, other);
            let shared = plans.iter().find(|plan| theirs.iter().any(|one| is_same(one, plan)));
            if let Some(plan) = shared {
                let (product, other) = (product.offer.name.clone(), holding.offer.name.clone());
                return Err(Refusal::Twice { product, other, plan: (*plan).clone() });
            }
        }
    }
    Ok(())
}

/// The service plans that a license gives.
fn plans_on<'a>(offer: &'a Licensed, license: &License) -> Vec<&'a String> {
    let is_on = |plan: &&String| !license.plans_off.iter().any(|off| is_same(off, plan));
    offer.plans.iter().filter(is_on).collect()
}

fn product_of<'a>(products: &'a [Product], offer: &OfferId) -> Option<&'a Product> {
    products.iter().find(|product| product.offer.id == *offer)
}
