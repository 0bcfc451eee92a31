//! What browsers send: filters, and which customers get which budget.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::model::budget;
use super::model::spending::{Standing, month_of};
use super::store::list::Selection;
use crate::customers::model::search::tidy;
use crate::error::{Error, Result};
use crate::values::currency::Currency;
use crate::values::id::CustomerId;
use crate::values::money::Money;
use crate::values::name::sort_name;
use crate::values::typed::printable;
use crate::web::{Problems, version};

/// What Azure spending is narrowed to.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct SpendingFilter {
    pub search: String,
    /// `nearing` for 80 % and more, `exceeded`, `no_budget`; everything else for all.
    pub budget: String,
}

impl SpendingFilter {
    /// What the page may show again.
    #[must_use]
    pub fn tidy(self) -> Self {
        let budget = if self.standings().is_empty() { String::new() } else { self.budget };
        Self { search: tidy(&self.search), budget }
    }

    pub fn is_set(&self) -> bool {
        !self.search.is_empty() || !self.budget.is_empty()
    }

    /// What the list holds in the month of a day.
    pub fn selection(&self, today: NaiveDate) -> Selection {
        Selection { name: sort_name(&self.search), standings: self.standings(), month: month_of(today) }
    }

    fn standings(&self) -> &'static [Standing] {
        match self.budget.as_str() {
            "nearing" => &[Standing::Nearing, Standing::Exceeded],
            "exceeded" => &[Standing::Exceeded],
            "no_budget" => &[Standing::NoBudget],
            _ => &[],
        }
    }
}

/// Which month of a customer is looked at.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct MonthChoice {
    /// Such as `2026-11`.
    pub month: String,
}

impl MonthChoice {
    /// Its first day; the month of the day where nothing is said that makes sense.
    pub fn month(&self, today: NaiveDate) -> NaiveDate {
        let first = format!("{}-01", self.month);
        let chosen = NaiveDate::parse_from_str(&first, "%Y-%m-%d").ok();
        // Databases disagree about years of other than four digits.
        chosen.filter(|chosen| chosen.to_string() == first && first.len() == 10).unwrap_or(month_of(today))
    }
}

/// So many are decided at once: as many as four pages show.
const MOST_TICKED: usize = 100;

/// What is ticked, and what is to become of it. Ticks repeat, so it arrives as pairs.
#[derive(Clone, Debug, Default)]
pub struct BudgetForm {
    /// Which customers, each as of which version.
    pub ticked: Vec<(CustomerId, i32)>,
    /// Whether their budgets go.
    pub removes: bool,
    /// As typed.
    pub budget: String,
    pub is_confirmed: bool,
}

impl BudgetForm {
    /// What is meant; each customer once.
    ///
    /// # Errors
    /// [`Error::BadRequest`] for what no page sends.
    pub fn of(pairs: Vec<(String, String)>) -> Result<Self> {
        let (mut form, mut deed) = (Self::default(), None);
        for (name, value) in pairs {
            match (name.as_str(), value.as_str()) {
                ("customer", tick) => form.tick(tick)?,
                ("deed", "set") => deed = Some(false),
                ("deed", "remove") => deed = Some(true),
                ("budget", typed) => form.budget = printable(typed),
                ("confirmed", "yes") => form.is_confirmed = true,
                _ => {}
            }
        }
        if form.ticked.len() > MOST_TICKED {
            return Err(Error::BadRequest("customer"));
        }
        form.removes = deed.ok_or(Error::BadRequest("deed"))?;
        Ok(form)
    }

    fn tick(&mut self, tick: &str) -> Result<()> {
        let (id, version) = tick.split_once(':').ok_or(Error::BadRequest("customer"))?;
        let id = CustomerId::parse(id).ok_or(Error::BadRequest("customer"))?;
        let version = version::read(version)?;
        if self.ticked.iter().all(|(known, _)| *known != id) {
            self.ticked.push((id, version));
        }
        Ok(())
    }

    /// The budget that is wanted; none where it goes.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn wanted(&self, currency: Currency) -> Result<Option<Money>, Problems> {
        if self.removes {
            return Ok(None);
        }
        budget::parse(&self.budget, currency).map(Some).map_err(|problem| ("budget", problem).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_one_or_that_of_the_day() {
        let today: NaiveDate = "2026-11-30".parse().unwrap();
        let month = |text: &str| MonthChoice { month: text.to_owned() }.month(today).to_string();
        assert_eq!(month("2025-02"), "2025-02-01");
        for odd in ["", "2026-13", "x", "+02026-01", "20260-01", "2026-1"] {
            assert_eq!(month(odd), "2026-11-01", "{odd}");
        }
    }

    #[test]
    fn ticks_count_once_and_what_no_page_sends_is_refused() {
        let pairs = |pairs: &[(&str, &str)]| {
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
        };
        let tick = format!("{}:1", CustomerId::new());
        let form = BudgetForm::of(pairs(&[("customer", &tick), ("customer", &tick), ("deed", "remove")]));
        assert_eq!(form.unwrap().ticked.len(), 1);
        for odd in [&[("customer", tick.as_str())][..], &[("customer", "x"), ("deed", "set")]] {
            assert!(BudgetForm::of(pairs(odd)).is_err());
        }
    }
}
