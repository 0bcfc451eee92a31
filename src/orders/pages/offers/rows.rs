//! The rows of the table of offers.

use crate::catalog::model::{Billing, Category, Listed, Refusal};
use crate::orders::form::{OfferFilter, OffersForm};
use crate::orders::model::{Chosen, LineProblem, Making};
use crate::values::id::OfferId;

/// An offer with what is chosen of it.
pub struct Row {
    pub listed: Listed,
    /// As typed.
    pub quantity: String,
    pub billing: Billing,
    pub billings: Vec<Billing>,
    pub problem: Option<LineProblem>,
    /// Why it is shown though it cannot be chosen.
    pub refusal: Option<Refusal>,
}

impl Row {
    pub fn field(&self) -> String {
        format!("quantity-{}", self.listed.offer.id)
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
    let offers: Vec<OfferId> = making.draft.lines.iter().map(|line| line.offer.clone()).collect();
    let (mut rows, mut categories) = (Vec::new(), Vec::new());
    for listed in making.catalogue.all() {
        let line = chosen.find(&listed.offer.id);
        let refusal = listed.refusal(&making.buyer, &offers).filter(|_| line.is_none());
        let is_hidden = line.is_none()
            && (!making.can_order() || refusal.is_some_and(|refusal| !refusal.is_of_holdings()));
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
            problem: line.and_then(|line| line.problem.clone()),
            refusal,
        });
    }
    categories.sort_unstable();
    categories.dedup();
    (rows, categories)
}
