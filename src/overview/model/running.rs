//! What a customer runs, by its subscriptions.

use chrono::NaiveDate;

use crate::catalog::model::Unit;
use crate::subscriptions::model::{Cost, Status, Subscription};
use crate::values::id::OfferId;

/// So many products are shown by themselves; the others together.
const MOST_PRODUCTS: usize = 8;

/// What a customer runs and what it costs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Running {
    /// Licenses by product, the most first; the last may stand for all others.
    pub licenses: Vec<Share>,
    pub active: usize,
    pub suspended: usize,
    pub pending: usize,
    /// What the active ones cost, one sum a currency.
    pub costs: Vec<Cost>,
    /// Whether something is billed by use as well.
    pub is_metered: bool,
}

/// The licenses of one product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// None for all products that are not shown by themselves.
    pub product: Option<String>,
    pub licenses: i64,
    /// Of the most that any product has, in hundredths: how long its bar is.
    pub percent: i64,
}

impl Running {
    /// What these subscriptions amount to on a day.
    pub fn of(subscriptions: &[Subscription], today: NaiveDate) -> Self {
        let standing = |status| {
            let stands = move |one: &&Subscription| one.standing(today) == status;
            subscriptions.iter().filter(stands)
        };
        Self {
            licenses: shares(standing(Status::Active)),
            active: standing(Status::Active).count(),
            suspended: standing(Status::Suspended).count(),
            pending: standing(Status::Pending).count(),
            costs: costs(standing(Status::Active)),
            is_metered: standing(Status::Active).any(Subscription::is_usage_based),
        }
    }

    /// Whether nothing was ever ordered, or all of it is gone.
    pub fn is_empty(&self) -> bool {
        self.active + self.suspended + self.pending == 0
    }
}

/// Equal products together, the most licenses first.
fn shares<'a>(active: impl Iterator<Item = &'a Subscription>) -> Vec<Share> {
    let mut found: Vec<(OfferId, &str, i64)> = Vec::new();
    for one in active.filter(|one| one.unit == Unit::Licenses) {
        match found.iter_mut().find(|(offer, ..)| *offer == one.offer) {
            Some((.., licenses)) => *licenses = licenses.saturating_add(one.quantity.get()),
            None => found.push((one.offer, &one.offer_name, one.quantity.get())),
        }
    }
    found.sort_by(|one, other| other.2.cmp(&one.2).then_with(|| one.1.cmp(other.1)));
    // One that is left over stands by itself: "1 other product" would take as much room.
    let shown = if found.len() > MOST_PRODUCTS + 1 { MOST_PRODUCTS } else { found.len() };
    let (shown, others) = found.split_at(shown);
    let rest = others.iter().fold(0_i64, |sum, (.., licenses)| sum.saturating_add(*licenses));
    let most = shown.iter().map(|(.., licenses)| *licenses).chain([rest, 1]).max().unwrap_or(1);
    let share = |product: Option<&str>, licenses: i64| Share {
        product: product.map(str::to_owned),
        licenses,
        percent: percent(licenses, most),
    };
    let mut shares: Vec<Share> =
        shown.iter().map(|(_, name, licenses)| share(Some(name), *licenses)).collect();
    if !others.is_empty() {
        shares.push(share(None, rest));
    }
    shares
}

/// Rounded up, so that whoever has one license beside a million still shows.
fn percent(licenses: i64, most: i64) -> i64 {
    let share = (i128::from(licenses) * 100 + i128::from(most) - 1) / i128::from(most);
    i64::try_from(share).unwrap_or(100)
}

fn costs<'a>(active: impl Iterator<Item = &'a Subscription>) -> Vec<Cost> {
    let mut sums: Vec<Cost> = Vec::new();
    // What is used is billed afterwards: nobody knows yet how much it will be.
    for one in active.filter(|one| !one.is_usage_based()) {
        let cost = one.cost_of(one.quantity);
        match sums.iter_mut().find(|sum| sum.month.currency == cost.month.currency) {
            Some(sum) => *sum = sum.plus(cost),
            None => sums.push(cost),
        }
    }
    sums
}

#[cfg(test)]
pub(super) mod tests;
