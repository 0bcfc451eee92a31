//! What the browser sends.

use serde::Deserialize;

use super::model::{Upgrade, Wanted};
use crate::catalog::model::Billing;
use crate::subscriptions::form::repeats;
use crate::subscriptions::model::purchase;
use crate::subscriptions::wrong::Wrong;
use crate::values::id::OfferId;
use crate::values::problem::Problem;
use crate::values::quantity::Quantity;
use crate::values::typed::typed;
use crate::web::Problems;

/// Which offer is to take the place, how many of it, billed how.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct UpgradeForm {
    pub target: String,
    #[serde(deserialize_with = "typed")]
    pub quantity: String,
    /// `monthly` or `annual`.
    pub billing: String,
    /// The quantity once more, where it is unusual.
    #[serde(deserialize_with = "typed")]
    pub again: String,
    /// `yes` once somebody has read what it costs.
    pub confirmed: String,
    /// [`purchase::Wanted::mark`]
    pub mark: String,
    pub version: String,
}

impl UpgradeForm {
    /// What the page begins with: as many as before, billed as before, and the target where there is only one.
    pub fn of(upgrade: &Upgrade) -> Self {
        let mut possible = upgrade.possible();
        let only = possible.next().filter(|_| possible.next().is_none());
        let billing = match upgrade.subscription.billing {
            Billing::Never => Billing::Monthly,
            billing => billing,
        };
        Self {
            target: only.map(|target| target.offer().id.to_string()).unwrap_or_default(),
            quantity: upgrade.subscription.quantity.to_string(),
            billing: billing.as_text().to_owned(),
            version: upgrade.subscription.version.to_string(),
            ..Self::default()
        }
    }

    pub fn is_confirmed(&self) -> bool {
        self.confirmed == "yes"
    }

    /// Whether the quantity was typed a second time.
    pub fn repeats(&self, quantity: Quantity) -> Result<(), Problems> {
        repeats(&self.again, quantity)
    }

    pub fn parse(&self, upgrade: &Upgrade) -> Result<Wanted, Problems> {
        let mut problems = Problems::default();
        let target = match OfferId::parse(&self.target).and_then(|id| upgrade.target(&id)) {
            Some(target) => Ok(target),
            None if self.target.is_empty() => Err(Problem::NotChosen),
            None => Err(Problem::UnknownChoice),
        };
        let target = problems.field("target", target);
        let offered = target.map(|target| target.offer().billings());
        let billing = match Billing::from_text(&self.billing) {
            Some(billing) if upgrade.fixed_billing.is_some_and(|fixed| fixed != billing) => {
                Err(Problem::UnknownChoice)
            }
            Some(billing) if offered.as_ref().is_none_or(|all| all.contains(&billing)) => Ok(billing),
            Some(_) => Err(Problem::UnknownChoice),
            None => Err(Problem::NotChosen),
        };
        let billing = problems.field("billing", billing);
        let (minimum, maximum) =
            target.map_or((1, i64::MAX), |one| (one.offer().minimum, one.offer().largest_quantity()));
        let quantity = Quantity::parse(&self.quantity, minimum, maximum);
        let quantity = quantity.and_then(|quantity| match upgrade.left_without(quantity) {
            0 => Ok(quantity),
            excess => Err(Wrong::BelowAssigned { excess, is_open: true }.into()),
        });
        let quantity = problems.field("quantity", quantity);
        problems.or(|| {
            let how = purchase::Wanted { quantity: quantity?, billing: billing? };
            Some(Wanted { target: target?.offer().id, how })
        })
    }
}
