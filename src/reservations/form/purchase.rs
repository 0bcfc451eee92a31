//! A purchase as it is sent: first to be shown, then to be made.

use serde::Deserialize;

use crate::reservations::model::counter::{Counter, Wanted};
use crate::reservations::model::{MOST, Payment, Scope, TERMS};
use crate::reservations::wrong::Wrong;
use crate::values::id::{ReservationId, ReservationProductId, SubscriptionId};
use crate::values::problem::Problem;
use crate::values::quantity::Quantity;
use crate::values::typed::typed;
use crate::web::Problems;

/// What is to be reserved, and how.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct PurchaseForm {
    /// Made with the empty form, so that sending it twice buys once.
    pub id: String,
    pub product: String,
    pub years: String,
    pub plan: String,
    pub scope: String,
    #[serde(deserialize_with = "typed")]
    pub quantity: String,
    pub payment: String,
    /// `yes` once somebody has read what it costs.
    pub confirmed: String,
    /// [`crate::reservations::model::counter::Chosen::mark`]
    pub mark: String,
}

impl PurchaseForm {
    /// What the page begins with: what there is no choice of.
    pub fn of(counter: &Counter) -> Self {
        let plan = match counter.plans.as_slice() {
            [only] => only.id.to_string(),
            _ => String::new(),
        };
        Self {
            id: ReservationId::new().to_string(),
            plan,
            scope: Scope::Shared.as_text().to_owned(),
            quantity: "1".to_owned(),
            payment: Payment::Upfront.as_text().to_owned(),
            ..Self::default()
        }
    }

    pub fn is_confirmed(&self) -> bool {
        self.confirmed == "yes"
    }

    /// # Errors
    /// Everything that is wrong, in the order of the page.
    pub fn parse(&self, counter: &Counter) -> Result<Wanted, Problems> {
        let mut problems = Problems::default();
        let product = ReservationProductId::parse(&self.product).and_then(|id| counter.product(&id));
        let product = problems.field("product", chosen(product, &self.product));
        let years = TERMS.into_iter().find(|years| years.to_string() == self.years);
        let years = match (chosen(years, &self.years), product) {
            (Ok(years), Some(product)) if product.said.price(years, counter.currency).is_none() => {
                Err(Wrong::NotForThisTerm.into())
            }
            (years, _) => years,
        };
        let years = problems.field("years", years);
        let plan = SubscriptionId::parse(&self.plan).and_then(|id| counter.plan(&id));
        let plan = problems.field("plan", chosen(plan, &self.plan));
        let scope = problems.field("scope", chosen(Scope::from_text(&self.scope), &self.scope));
        let quantity = problems.field("quantity", Quantity::parse(&self.quantity, 1, MOST));
        let payment = problems.field("payment", chosen(Payment::from_text(&self.payment), &self.payment));
        let wanted = problems.or(|| {
            let (product, plan) = (product?.id, plan?.id);
            let (years, scope, quantity, payment) = (years?, scope?, quantity?, payment?);
            Some(Wanted { product, years, plan, scope, quantity, payment })
        })?;
        let total = counter.chosen(wanted).map(|chosen| chosen.total);
        match total.and_then(|total| counter.beyond(total)) {
            Some(left) => Err(("quantity", Wrong::OverLimit { left }).into()),
            None => Ok(wanted),
        }
    }
}

fn chosen<T>(found: Option<T>, typed: &str) -> Result<T, Problem> {
    let problem = if typed.is_empty() { Problem::NotChosen } else { Problem::UnknownChoice };
    found.ok_or(problem)
}
