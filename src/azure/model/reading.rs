//! What a row of a file says, each cell beside what is known.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::column::Column;
use super::cost::Cost;
use super::number::Number;
use super::usage::{Booking, METER, SERVICE, UNIT, Usage};
use crate::azure::wrong::Wrong;
use crate::sheets::Row;
use crate::subscriptions::facts::Metered;
use crate::values::currency::Currency;
use crate::values::day;
use crate::values::id::{EntitlementId, SubscriptionId};
use crate::values::name;
use crate::values::problem::Problem;
use crate::web::Problems;

/// Usage from before this year is a slip of the finger: nothing was billed by it.
const FIRST_YEAR: i32 = 2010;

/// Of which subscriptions usage can be, and what else its rows must go by.
#[derive(Clone, Debug)]
pub struct Market {
    /// By id.
    pub subscriptions: HashMap<SubscriptionId, Metered>,
    /// By the domain of the customer, the oldest first.
    pub of_domain: HashMap<String, Vec<SubscriptionId>>,
    /// By what it is called in Azure; what runs stands for what has ended.
    pub of_entitlement: HashMap<EntitlementId, SubscriptionId>,
    pub currency: Currency,
    pub today: NaiveDate,
}

impl Market {
    pub fn of(known: Vec<Metered>, currency: Currency, today: NaiveDate) -> Self {
        let mut of_domain: HashMap<String, Vec<SubscriptionId>> = HashMap::new();
        for one in &known {
            of_domain.entry(one.customer.domain.clone()).or_default().push(one.id);
        }
        let mut of_entitlement = HashMap::new();
        for one in known
            .iter()
            .filter(|one| one.ended_on.is_some())
            .chain(known.iter().filter(|one| one.ended_on.is_none()))
        {
            of_entitlement.extend(one.entitlement.map(|entitlement| (entitlement, one.id)));
        }
        let subscriptions = known.into_iter().map(|one| (one.id, one)).collect();
        Self { subscriptions, of_domain, of_entitlement, currency, today }
    }

    /// What a row is of.
    fn subject(&self, row: &Row<'_, Column>) -> Result<&Metered, Problems> {
        let domain = domain_of(row);
        if let Some(found) = self.named(row)? {
            let is_of_it = domain.is_empty() || domain == found.customer.domain;
            return if is_of_it { Ok(found) } else { Err(on(Column::Domain, Wrong::OtherCustomer.into())) };
        }
        if domain.is_empty() {
            return Err(on(Column::Subscription, Problem::Missing));
        }
        let of_it = self.of_domain.get(&domain).map_or(&[][..], Vec::as_slice);
        let of_it: Vec<&Metered> = of_it.iter().filter_map(|id| self.subscriptions.get(id)).collect();
        let living: Vec<&Metered> = of_it.iter().copied().filter(|one| one.ended_on.is_none()).collect();
        match (living.as_slice(), of_it.as_slice()) {
            ([one], _) | ([], [one]) => Ok(one),
            ([], []) => Err(on(Column::Domain, Wrong::NothingByUsage.into())),
            _ => Err(on(Column::Subscription, Wrong::WhichSubscription.into())),
        }
    }

    /// What a row names by an ID: its own, or what it is called in Azure. Where it says both, they belong together.
    fn named(&self, row: &Row<'_, Column>) -> Result<Option<&Metered>, Problems> {
        let (id, entitlement) = (row.get(Column::Subscription), row.get(Column::Entitlement));
        let called = EntitlementId::parse(entitlement);
        if !id.is_empty() {
            let found = SubscriptionId::parse(id).and_then(|id| self.subscriptions.get(&id));
            let found = found.ok_or_else(|| on(Column::Subscription, Wrong::UnknownSubscription.into()))?;
            let is_called_so = entitlement.is_empty() || found.entitlement == called;
            let other = || on(Column::Entitlement, Wrong::OtherEntitlement.into());
            return if is_called_so { Ok(Some(found)) } else { Err(other()) };
        }
        if entitlement.is_empty() {
            return Ok(None);
        }
        let found = called.and_then(|called| self.of_entitlement.get(&called));
        let found = found.and_then(|id| self.subscriptions.get(id));
        found.map(Some).ok_or_else(|| on(Column::Entitlement, Wrong::UnknownEntitlement.into()))
    }

    /// The day, which lies in the life of the subscription.
    fn day(&self, typed: &str, of: Option<&Metered>) -> Result<NaiveDate, Problem> {
        let day = day::parse(typed)?;
        if day > self.today {
            return Err(Problem::InTheFuture);
        }
        let first = NaiveDate::from_ymd_opt(FIRST_YEAR, 1, 1);
        if first.is_some_and(|first| day < first) {
            return Err(Problem::BeforeYear { year: FIRST_YEAR });
        }
        match of {
            Some(one) if day < one.starts_on => Err(Wrong::BeforeItBegan { day: one.starts_on }.into()),
            Some(Metered { ended_on: Some(end), .. }) if day > *end => {
                Err(Wrong::AfterItEnded { day: *end }.into())
            }
            _ => Ok(day),
        }
    }
}

fn on(column: Column, problem: Problem) -> Problems {
    Problems::from((column.key(), problem))
}

/// The domain that a row names, as customers have it.
pub fn domain_of(row: &Row<'_, Column>) -> String {
    row.get(Column::Domain).trim().to_lowercase()
}

/// Reads a row.
///
/// # Errors
/// All that is wrong with it, by column.
pub fn read(row: &Row<'_, Column>, market: &Market) -> Result<Booking, Problems> {
    if let Some((found, expected)) = row.odd_length {
        return Err((Column::Subscription.key(), Wrong::CellCount { found, expected }).into());
    }
    let (of, mut problems) = match market.subject(row) {
        Ok(of) => (Some(of), Problems::default()),
        Err(problems) => (None, problems),
    };
    let get = |column| row.get(column);
    let day = problems.field(Column::Day.key(), market.day(get(Column::Day), of));
    let service = problems.field(Column::Service.key(), text(get(Column::Service), SERVICE));
    let meter = problems.field(Column::Meter.key(), text(get(Column::Meter), METER));
    let used = problems.field(Column::Quantity.key(), Number::parse(get(Column::Quantity)));
    let unit = problems.field(Column::Unit.key(), text(get(Column::Unit), UNIT));
    let cost = problems.field(Column::Cost.key(), Cost::parse(get(Column::Cost)));
    problems.field(Column::Currency.key(), own(get(Column::Currency), market.currency));
    problems.or(|| {
        let of = of?;
        let used = used?.to_string();
        let usage = Usage { day: day?, service: service?, meter: meter?, used, unit: unit?, cost: cost? };
        Some(Booking { customer: of.customer.id, subscription: of.id, usage })
    })
}

fn text(typed: &str, maximum: usize) -> Result<String, Problem> {
    match name::optional(typed, maximum)? {
        text if text.is_empty() => Err(Problem::Missing),
        text => Ok(text),
    }
}

/// A file may say its currency, which is then the provider's.
fn own(typed: &str, currency: Currency) -> Result<(), Problem> {
    let typed = typed.trim();
    let is_own = typed.is_empty() || typed.eq_ignore_ascii_case(currency.code());
    if is_own { Ok(()) } else { Err(Wrong::OtherCurrency { own: currency }.into()) }
}
