//! What a draft orders: its lines, what they cost, and whatever stands in the way of submitting it.

pub mod cancelling;
pub mod empty;
pub mod making;
pub mod number;
pub mod order;

pub use making::{Asked, Hindrance, Incentives, Making, School, Step, Whom};
pub use order::{Order, OrderRow, OrderState, OrderedLine};

pub use crate::orders::draft::DraftState;
pub use crate::subscriptions::model::term;

use crate::catalog::model::{Billing, Buyer, Catalogue, Holding, Listed, Refusal};
use crate::catalog::wrong::of_offer;
use crate::orders::draft::DraftLine;
use crate::values::currency::Currency;
use crate::values::id::OfferId;
use crate::values::money::Money;
use crate::values::problem::Problem;
use crate::values::quantity::Quantity;

/// The lines of a draft by name, priced and checked; an add-on stands after what it is an add-on of.
#[derive(Clone, Debug)]
pub struct Chosen {
    pub lines: Vec<Line>,
    currency: Currency,
}

/// An offer that is to be ordered.
#[derive(Clone, Debug)]
pub struct Line {
    pub listed: Listed,
    pub quantity: Quantity,
    /// An add-on is billed like its base.
    pub billing: Billing,
    /// One unit for one billing period.
    pub unit_price: Money,
    pub base: Option<Base>,
    pub problem: Option<LineProblem>,
}

/// What an add-on is an add-on of.
#[derive(Clone, Debug)]
pub enum Base {
    /// An offer in the same order.
    Ordered(OfferId),
    /// A subscription that the customer has.
    Held(Holding),
}

/// Why a line cannot be ordered as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineProblem {
    Quantity(Problem),
    BillingNotOffered,
    Refused(Refusal),
}

/// What an order costs, before tax.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Totals {
    pub monthly: Money,
    pub annual: Money,
    /// What is paid once.
    pub upfront: Money,
}

impl Chosen {
    /// Prices and checks the lines of a draft for a buyer.
    pub fn new(lines: &[DraftLine], catalogue: &Catalogue, buyer: &Buyer) -> Self {
        let offers: Vec<OfferId> = lines.iter().map(|line| line.offer).collect();
        let chosen = |listed: &Listed| {
            let line = lines.iter().find(|line| line.offer == listed.offer.id)?;
            Some(Line::new(line, listed, catalogue, listed.refusal(buyer, &offers)))
        };
        let mut waiting: Vec<Line> = catalogue.all().iter().filter_map(chosen).collect();
        let mut done: Vec<Line> = Vec::new();
        // An add-on may be one of an add-on: take what has its base, until nothing more has.
        loop {
            let (ready, rest): (Vec<_>, Vec<_>) =
                waiting.into_iter().map(|line| line.based(&done, buyer, catalogue)).partition(Line::is_based);
            waiting = rest;
            if ready.is_empty() {
                break;
            }
            done.extend(ready);
        }
        for mut line in waiting {
            line.problem.get_or_insert(LineProblem::Refused(Refusal::BaseMissing));
            done.push(line);
        }
        Self { lines: done, currency: catalogue.currency }
    }

    pub fn find(&self, offer: &OfferId) -> Option<&Line> {
        self.lines.iter().find(|line| line.listed.offer.id == *offer)
    }

    pub fn totals(&self) -> Totals {
        let nothing = Money::new(0, self.currency);
        self.lines.iter().fold(Totals { monthly: nothing, annual: nothing, upfront: nothing }, |sum, line| {
            match line.billing {
                Billing::Monthly => Totals { monthly: sum.monthly.plus(line.total()), ..sum },
                Billing::Annual => Totals { annual: sum.annual.plus(line.total()), ..sum },
                Billing::Never => sum,
            }
        })
    }
}

impl Line {
    /// For how many months it is bought at a time; without end from [`term::ENDLESS_MONTHS`] on.
    pub fn term_months(&self) -> i32 {
        term::months(self.listed.offer.term_months, self.billing)
    }

    fn new(line: &DraftLine, listed: &Listed, catalogue: &Catalogue, refusal: Option<Refusal>) -> Self {
        let offer = &listed.offer;
        let wrong = |problem: Problem| {
            LineProblem::Quantity(of_offer(problem, offer.unit, &line.quantity.to_string()))
        };
        let problem = if let Some(refusal) = refusal {
            Some(LineProblem::Refused(refusal))
        } else if line.quantity.get() < offer.minimum {
            Some(wrong(Problem::Below { minimum: offer.minimum }))
        } else if line.quantity.get() > offer.largest_quantity() {
            Some(wrong(Problem::Above { maximum: offer.largest_quantity() }))
        } else if !offer.is_add_on && !offer.billings().contains(&line.billing) {
            Some(LineProblem::BillingNotOffered)
        } else {
            None
        };
        let unit_price = catalogue.unit_price(listed, line.billing);
        let (quantity, billing) = (line.quantity, line.billing);
        Self { listed: listed.clone(), quantity, billing, unit_price, base: None, problem }
    }

    /// The line with its base, if that is found: in the same order, or else among what the customer has.
    fn based(mut self, done: &[Line], buyer: &Buyer, catalogue: &Catalogue) -> Self {
        if !self.listed.offer.is_add_on {
            return self;
        }
        let billings = self.listed.offer.billings();
        let fits = |offer, billing| self.listed.prerequisites.contains(offer) && billings.contains(&billing);
        let ordered = done.iter().find(|line| fits(&line.listed.offer.id, line.billing));
        let held = || buyer.holdings.iter().find(|held| held.is_base() && fits(&held.offer, held.billing));
        let base = match ordered {
            Some(line) => Some((Base::Ordered(line.listed.offer.id), line.billing)),
            None => held().map(|held| (Base::Held(held.clone()), held.billing)),
        };
        if let Some((base, billing)) = base {
            self.unit_price = catalogue.unit_price(&self.listed, billing);
            (self.base, self.billing) = (Some(base), billing);
        }
        self
    }

    fn is_based(&self) -> bool {
        !self.listed.offer.is_add_on || self.base.is_some()
    }

    /// The price of all units for one billing period.
    pub fn total(&self) -> Money {
        self.unit_price.times(self.quantity.get())
    }
}

impl Totals {
    /// Whether something is paid each month and something each year.
    pub fn are_mixed(&self) -> bool {
        self.monthly.minor != 0 && self.annual.minor != 0
    }
}

#[cfg(test)]
mod tests;
