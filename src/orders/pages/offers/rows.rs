//! The rows of the table of offers.

use crate::catalog::model::{Billing, Category, Listed, Refusal};
use crate::orders::form::{OfferFilter, OffersForm};
use crate::orders::model::{Base, Chosen, LineProblem, Making, term};
use crate::values::id::{OfferId, SubscriptionId};

/// An offer with what is chosen of it.
pub struct Row {
    pub listed: Listed,
    /// As typed.
    pub quantity: String,
    pub billing: Billing,
    pub billings: Vec<Billing>,
    pub problem: Option<LineProblem>,
    /// Whether it stands in the order as it is saved.
    pub is_chosen: bool,
    /// Why it is shown though it cannot be chosen.
    pub refusal: Option<Refusal>,
    /// Whether it can be chosen only with another reseller than the one that is named.
    pub is_closed: bool,
    pub is_pinned: bool,
}

impl Row {
    pub fn field(&self) -> String {
        format!("quantity-{}", self.listed.offer.id)
    }

    /// What the customer has already, where it can have no more of it.
    pub fn held(&self) -> Option<SubscriptionId> {
        match &self.problem {
            Some(LineProblem::Refused(refusal)) => refusal.held(),
            _ => None,
        }
    }

    /// For how many months it is bought at a time, by the frequency that takes the fewest.
    pub fn shortest_term(&self) -> i32 {
        self.terms().min().unwrap_or(self.listed.offer.term_months)
    }

    /// The same by the one that takes the most: what is billed annually has a year at least.
    pub fn longest_term(&self) -> i32 {
        self.terms().max().unwrap_or(self.listed.offer.term_months)
    }

    fn terms(&self) -> impl Iterator<Item = i32> {
        let offered = self.listed.offer.term_months;
        self.billings.iter().map(move |billing| term::months(offered, *billing))
    }

    pub fn is_ticked(&self) -> bool {
        !self.quantity.is_empty()
    }
}

/// The rows that a filter shows, and the categories in which there is something to show.
pub fn rows(
    making: &Making,
    chosen: &Chosen,
    filter: &OfferFilter,
    form: &OffersForm,
) -> (Vec<Row>, Vec<Category>) {
    let buyer = making.buyer();
    let offers: Vec<OfferId> = making.draft.lines.iter().map(|line| line.offer).collect();
    let (mut rows, mut categories) = (Vec::new(), Vec::new());
    for listed in making.catalogue.all() {
        let line = chosen.find(&listed.offer.id);
        let refusal = listed.refusal(&buyer, &offers);
        let is_closed = line.is_none() && refusal == Some(Refusal::ClosedToReseller);
        let refusal = refusal.filter(|refusal| line.is_none() && !refusal.is_of_reseller());
        let is_hidden = line.is_none()
            && (!making.can_order()
                || !making.goes_with_base(listed)
                || refusal.is_some_and(|refusal| !refusal.is_of_holdings()));
        if is_hidden && form.quantity(&listed.offer.id).is_none() {
            continue;
        }
        categories.push(listed.offer.category);
        if !filter.finds(listed) {
            continue;
        }
        let billings = listed.offer.billings();
        let usual = billings.first().copied().unwrap_or(Billing::Never);
        let kept = line.map(|line| line.quantity.get().to_string()).unwrap_or_default();
        rows.push(Row {
            listed: listed.clone(),
            quantity: form.quantity(&listed.offer.id).map_or(kept, str::to_owned),
            billing: form.billing(&listed.offer.id).or(line.map(|line| line.billing)).unwrap_or(usual),
            billings,
            is_chosen: line.is_some(),
            problem: line.and_then(|line| line.problem.clone()),
            refusal,
            is_closed,
            is_pinned: making.pinned.contains(&listed.offer.id),
        });
    }
    let order = order_of(chosen);
    rows.sort_by_key(|row| place(row, &order));
    categories.sort_unstable();
    categories.dedup();
    (rows, categories)
}

/// What is chosen comes first, as in `order`; then the add-ons that the choice opens; then what is pinned; then the rest
/// by name.
fn place(row: &Row, order: &[OfferId]) -> (u8, usize) {
    let listed = &row.listed;
    match order.iter().position(|offer| *offer == listed.offer.id) {
        Some(place) => (0, place),
        None if listed.prerequisites.iter().any(|base| order.contains(base)) => (1, 0),
        None if row.is_pinned => (2, 0),
        None => (3, 0),
    }
}

/// The chosen offers, each add-on right below what it is added to.
fn order_of(chosen: &Chosen) -> Vec<OfferId> {
    let mut order = Vec::new();
    add_below(None, chosen, &mut order);
    order
}

fn add_below(base: Option<&OfferId>, chosen: &Chosen, order: &mut Vec<OfferId>) {
    for line in &chosen.lines {
        let below = match &line.base {
            Some(Base::Ordered(base)) => Some(base),
            _ => None,
        };
        if below == base {
            order.push(line.listed.offer.id);
            add_below(Some(&line.listed.offer.id), chosen, order);
        }
    }
}
