//! Everything that the operator says of an offer, with its own rules: those that need no other offer.

mod reading;
#[cfg(test)]
pub mod tests;

use std::collections::{BTreeMap, BTreeSet};

use super::code::OfferCode;
use chrono::NaiveDate;

use super::column::{Cells, Column, Cycle};
use super::timeline::{Asked, Retail, Timeline};
use super::window::Window;
use super::{Category, LimitScope, Price, Qualification, Refusal, Unit};
use crate::text_enum;
use crate::values::country::Country;
use crate::values::currency::Currency;
use crate::values::id::OfferId;
use crate::values::moment::Moment;
use crate::values::money::Money;

text_enum! {
    /// What an offer is beside others.
    pub enum Kind {
        Base = "offer",
        Trial = "trial",
        /// Needs a subscription of one of its prerequisites.
        AddOn = "add-on",
    }
}

text_enum! {
    /// Whether an offer can be ordered.
    pub enum Status {
        Available = "available",
        /// Subscriptions go on, nothing new is ordered.
        Withdrawn = "withdrawn",
    }
}

/// The largest quantity that an offer can have.
pub const LARGEST_QUANTITY: i64 = 9_999_999_999;
/// What stands for the quantity of what is billed by usage, where nothing is counted beforehand.
pub const USAGE_QUANTITIES: (i64, i64) = (1, 999_999_999);

/// An offer as the operator defines it; other offers are named by their IDs.
#[derive(Clone, Debug)]
pub struct Definition {
    pub code: OfferCode,
    pub name: String,
    pub description: String,
    pub category: Category,
    pub kind: Kind,
    pub unit: Unit,
    pub minimum: i64,
    pub maximum: i64,
    pub limit_scope: LimitScope,
    pub limit_count: i32,
    pub prerequisites: BTreeSet<OfferCode>,
    pub converts_to: Option<OfferCode>,
    /// What a subscription of it can be replaced by, any one of them.
    pub upgrades_to: BTreeSet<OfferCode>,
    pub billed_monthly: bool,
    pub billed_annually: bool,
    pub term_months: i32,
    /// When its quantity can be reduced at once.
    pub reduction: Window,
    /// When it can be cancelled.
    pub cancellation: Window,
    pub qualification: Qualification,
    /// Who makes it; empty where nobody says.
    pub publisher: String,
    /// By their codes; empty for everywhere.
    pub countries: Vec<Country>,
    /// What a license of it holds, of which a user has each once.
    pub service_plans: Vec<String>,
    pub status: Status,
    pub prices: BTreeMap<Currency, Asked>,
    /// From when on another price is asked; as soon as may be, where nothing is said.
    pub valid_from: Option<NaiveDate>,
}

/// An offer with what the database keeps beside it.
#[derive(Clone, Debug)]
pub struct Kept {
    pub id: OfferId,
    /// With the prices of the day on which it was read.
    pub definition: Definition,
    /// What it cost, costs and will cost.
    pub timelines: BTreeMap<Currency, Timeline>,
    pub version: i32,
    pub created_at: Moment,
    pub changed_at: Moment,
    /// Empty where nobody has changed it since it came.
    pub changed_by: String,
}

impl Definition {
    /// As files and forms hold it. Reading it again gives the same.
    pub fn cells(&self) -> Cells {
        let is_usage = self.unit == Unit::Usage;
        let counted = |number: i64| if is_usage { String::new() } else { number.to_string() };
        let has_limit = self.limit_scope != LimitScope::Unlimited;
        let or_blank = |word: &str| if word == "none" { String::new() } else { word.to_owned() };
        let facts = [
            (Column::Code, self.code.to_string()),
            (Column::Name, self.name.clone()),
            (Column::Description, self.description.clone()),
            (Column::Category, self.category.as_text().to_owned()),
            (Column::Kind, self.kind.as_text().to_owned()),
            (Column::Unit, self.unit.as_text().to_owned()),
            (Column::Minimum, counted(self.minimum)),
            (Column::Maximum, counted(self.maximum)),
            (Column::Limit, self.limit_scope.as_text().to_owned()),
            (Column::LimitCount, if has_limit { self.limit_count.to_string() } else { String::new() }),
            (Column::Prerequisites, joined(self.prerequisites.iter().map(OfferCode::as_str))),
            (Column::ConvertsTo, self.converts_to.as_ref().map(ToString::to_string).unwrap_or_default()),
            (Column::UpgradesTo, joined(self.upgrades_to.iter().map(OfferCode::as_str))),
            (Column::Billing, self.billing_cell()),
            (Column::TermMonths, self.term_months.to_string()),
            (
                Column::Reduction,
                if self.is_counted() { self.reduction.days().to_string() } else { String::new() },
            ),
            (Column::Cancellation, self.cancellation.days().to_string()),
            (Column::Segment, or_blank(self.qualification.as_text())),
            (Column::Publisher, self.publisher.clone()),
            (Column::Countries, joined(self.countries.iter().map(|country| country.code()))),
            (Column::ServicePlans, joined(self.service_plans.iter().map(String::as_str))),
            (Column::Status, self.status.as_text().to_owned()),
        ];
        let prices = self.prices.iter().flat_map(|(currency, asked)| self.price_cells(*currency, asked));
        facts.into_iter().chain(prices).collect()
    }

    /// What is asked in a currency, as far as the offer is billed like that.
    pub fn price_cells(
        &self,
        currency: Currency,
        asked: &Asked,
    ) -> impl Iterator<Item = (Column, String)> + use<'_> {
        let amounts = [
            (Cycle::Monthly, asked.list.monthly, asked.retail.monthly),
            (Cycle::Annual, asked.list.annual, asked.retail.annual),
        ];
        let said = amounts.into_iter().filter(|(cycle, ..)| self.is_priced(*cycle));
        said.flat_map(move |(cycle, list, retail)| {
            let list = Some((Column::Price(currency, cycle), list.decimal().to_string()));
            let retail = retail.map(|money| (Column::Retail(currency, cycle), money.decimal().to_string()));
            list.into_iter().chain(retail)
        })
    }

    /// What is asked without what nobody is billed.
    pub fn as_billed(&self, asked: Asked) -> Asked {
        let (monthly, annual) = (self.is_priced(Cycle::Monthly), self.is_priced(Cycle::Annual));
        let list = asked.list;
        let minor = |is_billed, money: Money| if is_billed { money.minor } else { 0 };
        Asked {
            list: Price::new(minor(monthly, list.monthly), minor(annual, list.annual), list.monthly.currency),
            retail: Retail {
                monthly: asked.retail.monthly.filter(|_| monthly),
                annual: asked.retail.annual.filter(|_| annual),
            },
        }
    }

    fn billing_cell(&self) -> String {
        let all = [("monthly", self.billed_monthly), ("annual", self.billed_annually)];
        let billed = joined(all.into_iter().filter(|(_, is_billed)| *is_billed).map(|(word, _)| word));
        if billed.is_empty() { "none".to_owned() } else { billed }
    }

    /// Whether a price has this part. What is never billed says in the monthly part where it is offered.
    pub fn is_priced(&self, cycle: Cycle) -> bool {
        match cycle {
            Cycle::Monthly => self.billed_monthly || !self.billed_annually,
            Cycle::Annual => self.billed_annually,
        }
    }

    pub fn is_available(&self) -> bool {
        self.status == Status::Available
    }

    pub fn is_sold_in(&self, country: Country) -> bool {
        self.countries.is_empty() || self.countries.contains(&country)
    }

    /// Why a provider cannot order it for anybody.
    pub fn refusal_to(&self, country: Country, currency: Currency) -> Option<Refusal> {
        match () {
            () if !self.is_available() => Some(Refusal::Withdrawn),
            () if !self.prices.contains_key(&currency) => Some(Refusal::NoPrice),
            () if !self.is_sold_in(country) => Some(Refusal::NotSoldThere),
            () => None,
        }
    }

    /// Whether there is a quantity that can be reduced.
    pub fn is_counted(&self) -> bool {
        self.kind != Kind::Trial && !self.is_usage()
    }

    /// Whether a quantity is chosen when it is ordered.
    pub fn is_usage(&self) -> bool {
        self.unit == Unit::Usage
    }
}

fn joined<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.collect::<Vec<_>>().join(";")
}
