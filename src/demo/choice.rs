//! What a customer orders, and how much of it.

use super::audiences;
use super::catalogue::Offer;
use super::customers::Customer;
use super::random::Random;
use super::world::World;
use crate::catalog::model::Category;

/// The offers of a customer's order: its first one is 0. Never an offer that it has already.
pub fn offers<'a>(world: &'a World<'_>, customer: &Customer<'_>, nth: u32) -> Vec<&'a Offer> {
    let offers = world.offers_for(customer.place.country, customer.qualification);
    let mut random = Random::of("choice", customer.index.into());
    let mut chosen: Vec<&Offer> = Vec::new();
    let counts = [1 + random.below(3), 1 + random.below(2)];
    let mut before = 0;
    for count in counts.iter().take(usize::try_from(nth).unwrap_or(0) + 1) {
        before = chosen.len();
        for _ in 0..*count {
            let offer = random.pick_early(&offers).copied();
            chosen.extend(offer.filter(|offer| chosen.iter().all(|known| known.id != offer.id)));
        }
    }
    let trial = trial(world, &chosen, &mut random).filter(|_| nth == 0);
    chosen.drain(..before);
    chosen.extend(trial);
    if chosen.is_empty() {
        chosen.extend(offers.last().copied());
    }
    chosen.iter().map(|offer| by_term(world, offer, customer)).collect()
}

/// What is sold for a year by its code, and for another term by the second one.
const TERMS: [(&str, &str); 2] = [
    ("office-365-business-premium", "office-365-business-premium-monthly-term"),
    ("office-365-enterprise-e3", "office-365-enterprise-e3-three-years"),
];

/// Every fourth customer takes another term where there is one.
fn by_term<'a>(world: &'a World<'_>, offer: &'a Offer, customer: &Customer<'_>) -> &'a Offer {
    if !Random::of("term", customer.index.into()).percent(25) {
        return offer;
    }
    let is_open =
        |code: &str| customer.seller().is_none_or(|seller| audiences::lets(world, code, &seller.id));
    let other = TERMS.iter().find(|(year, other)| *year == offer.said.code.as_str() && is_open(other));
    let other = other
        .and_then(|(_, code)| world.catalogue.offers.iter().find(|offer| offer.said.code.as_str() == *code));
    other.unwrap_or(offer)
}

/// Every eighth customer tries something that it does not have.
fn trial<'a>(world: &'a World<'_>, chosen: &[&Offer], random: &mut Random) -> Option<&'a Offer> {
    let trials: Vec<&Offer> = world.catalogue.offers.iter().filter(|offer| offer.is_trial()).collect();
    let trial = random.pick(&trials).copied().filter(|_| random.percent(12))?;
    let is_new = chosen.iter().all(|known| Some(&known.said.code) != trial.said.converts_to.as_ref());
    is_new.then_some(trial)
}

pub fn quantity(offer: &Offer, random: &mut Random) -> i64 {
    let wished = match offer.said.category {
        Category::Usage => 1,
        Category::Enterprise => random.between(3, 40) * random.between(1, 12),
        Category::Education => random.between(10, 60) * random.between(1, 20),
        _ => random.between(1, 45).min(random.between(1, 45)),
    };
    wished.clamp(offer.said.minimum, offer.said.maximum)
}
