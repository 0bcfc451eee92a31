//! Offers and the rules of buying them.

pub mod amount;
pub mod buying;
pub mod code;
pub mod column;
pub mod definition;
pub mod listed_change;
pub mod nothing;
pub mod plan;
pub mod pricing;
pub mod promoted;
pub mod relations;
pub mod sheet;
pub mod timeline;
pub mod window;

pub use buying::{Buyer, Catalogue, Holding, Listed, Refusal, Standing};

use window::Window;

use crate::text_enum;
use crate::values::currency::Currency;
use crate::values::id::OfferId;
use crate::values::money::Money;
use crate::values::quantity::Quantity;

/// A term this long stands for none at all.
pub const ENDLESS_MONTHS: i32 = 1200;

text_enum! {
    pub enum Category {
        Enterprise = "enterprise",
        SmallBusiness = "small-business",
        Nonprofit = "nonprofit",
        Education = "education",
        Government = "government",
        Trial = "trial",
        AddOn = "add-on",
        Usage = "usage",
    }
}

text_enum! {
    /// What a quantity counts.
    pub enum Unit {
        Licenses = "licenses",
        Instances = "instances",
        Gigabytes = "gigabytes",
        /// Nothing is counted beforehand; what is used is billed.
        Usage = "usage",
    }
}

text_enum! {
    /// How often a subscription is billed.
    pub enum Billing {
        Monthly = "monthly",
        Annual = "annual",
        /// A trial: never.
        Never = "none",
    }
}

text_enum! {
    /// Over what the number of an offer's subscriptions is limited.
    pub enum LimitScope {
        Unlimited = "none",
        /// Ever, old ones included.
        Lifetime = "lifetime",
        /// At the same time; suspended ones count until they are deleted.
        Concurrent = "concurrent",
        /// The same for each reseller that subscriptions name, and for none.
        Reseller = "reseller",
    }
}

text_enum! {
    /// What a customer is, for offers that not everybody can buy.
    pub enum Qualification {
        None = "none",
        Education = "education",
        Government = "government",
        Nonprofit = "nonprofit",
    }
}

/// The words of a list as a column keeps it.
pub fn listed(kept: &str) -> Vec<String> {
    kept.split(';').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Something that can be ordered.
#[derive(Clone, Debug)]
pub struct Offer {
    pub id: OfferId,
    pub name: String,
    pub description: String,
    pub category: Category,
    pub unit: Unit,
    pub minimum: i64,
    pub maximum: i64,
    pub limit_scope: LimitScope,
    pub limit_count: i32,
    pub is_trial: bool,
    pub is_add_on: bool,
    pub billed_monthly: bool,
    pub billed_annually: bool,
    pub term_months: i32,
    pub qualification: Qualification,
    /// Where it is sold, as country codes; empty for everywhere.
    pub countries: Vec<String>,
    /// What a trial becomes when it is converted.
    pub converts_to: Option<OfferId>,
    pub is_available: bool,
    /// When its quantity can be reduced at once.
    pub reduction: Window,
    /// When it can be cancelled.
    pub cancellation: Window,
}

impl Offer {
    /// How it can be billed, the usual way first.
    pub fn billings(&self) -> Vec<Billing> {
        let all = [(Billing::Monthly, self.billed_monthly), (Billing::Annual, self.billed_annually)];
        let offered: Vec<_> = all.into_iter().filter(|(_, is_offered)| *is_offered).map(|(b, _)| b).collect();
        if offered.is_empty() { vec![Billing::Never] } else { offered }
    }

    /// The only quantity in which it is sold, if there is only one: a trial's 25, exactly one, or one
    /// for what is billed by usage.
    pub fn fixed_quantity(&self) -> Option<i64> {
        if self.unit == Unit::Usage { Some(1) } else { Some(self.minimum).filter(|one| *one == self.maximum) }
    }

    /// The largest quantity; usage has nothing to count beforehand.
    pub fn largest_quantity(&self) -> i64 {
        self.fixed_quantity().unwrap_or(self.maximum)
    }

    /// The smallest quantity as people read it.
    pub fn minimum_shown(&self) -> String {
        Quantity::of(self.minimum).to_string()
    }

    /// The largest quantity as people read it.
    pub fn maximum_shown(&self) -> String {
        Quantity::of(self.maximum).to_string()
    }
}

/// What one unit costs, before tax.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Price {
    pub monthly: Money,
    pub annual: Money,
}

impl Price {
    pub fn new(monthly_minor: i64, annual_minor: i64, currency: Currency) -> Self {
        Self { monthly: Money::new(monthly_minor, currency), annual: Money::new(annual_minor, currency) }
    }

    /// The price of one unit for one billing period.
    pub fn per_period(&self, billing: Billing) -> Money {
        match billing {
            Billing::Monthly => self.monthly,
            Billing::Annual => self.annual,
            Billing::Never => Money::new(0, self.monthly.currency),
        }
    }
}
