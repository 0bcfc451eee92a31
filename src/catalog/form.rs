//! What browsers send: filters of the list, and an offer as typed.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::model::column::{Cells, Column, Cycle};
use super::model::definition::{Definition, Status};
use super::model::{Category, Qualification};
use super::store::listing::Wanted;
use super::store::price_changes::Window;
use crate::access::{OrganisationKind, Viewer};
use crate::error::Result;
use crate::values::country::Country;
use crate::values::currency::Currency;
use crate::values::folding::folded;
use crate::values::id::OfferId;
use crate::values::typed::{self, printable};
use crate::web::{Problems, three_way};

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct CatalogFilter {
    pub search: String,
    pub category: String,
    pub currency: String,
    pub country: String,
    pub status: String,
    pub segment: String,
    pub billing: String,
    pub publisher: String,
}

impl CatalogFilter {
    /// What the page may show again.
    #[must_use]
    pub fn tidy(mut self) -> Self {
        self.search = typed::search(&self.search);
        self.publisher = typed::search(&self.publisher);
        self
    }

    pub fn category(&self) -> Option<Category> {
        Category::from_text(&self.category)
    }

    pub fn currency(&self) -> Option<Currency> {
        Currency::from_text(&self.currency)
    }

    pub fn country(&self) -> Option<Country> {
        Country::from_text(&self.country)
    }

    pub fn segment(&self) -> Option<Qualification> {
        Qualification::from_text(&self.segment)
    }

    /// How it is paid: by license, or by usage.
    pub fn is_usage(&self) -> Option<bool> {
        match self.billing.as_str() {
            "license" => Some(false),
            "usage" => Some(true),
            _ => None,
        }
    }

    pub fn status(&self) -> Option<Status> {
        Status::from_text(&self.status)
    }

    pub fn wanted(&self) -> Wanted {
        Wanted {
            needle: folded(&self.search),
            category: self.category(),
            currency: self.currency(),
            country: self.country(),
            is_available: self.status().map(|status| status == Status::Available),
            segment: self.segment(),
            is_usage: self.is_usage(),
            publisher: Some(self.publisher.clone()).filter(|name| !name.is_empty()),
        }
    }

    pub fn is_set(&self) -> bool {
        self.wanted() != Wanted::default()
    }
}

/// Which changes of the price list somebody wants to see.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct ChangesFilter {
    pub when: String,
    pub currency: String,
}

impl ChangesFilter {
    /// What the page may show again.
    #[must_use]
    pub fn tidy(mut self) -> Self {
        if !matches!(self.when.as_str(), "past" | "coming") {
            self.when.clear();
        }
        if Currency::from_text(&self.currency).is_none() {
            self.currency.clear();
        }
        self
    }

    /// What the viewer gets: a provider has one currency, the operator chooses.
    pub fn window(&self, viewer: &Viewer, today: NaiveDate) -> Window {
        let own = viewer.organisation.currency;
        let is_provider = viewer.organisation.kind == OrganisationKind::Provider;
        let chosen = Currency::from_text(&self.currency).filter(|_| !is_provider);
        let coming = match self.when.as_str() {
            "coming" => Some(true),
            "past" => Some(false),
            _ => None,
        };
        Window::around(today, chosen.unwrap_or(own), coming)
    }
}

/// An offer as typed. Its fields are the columns of the file.
#[derive(Clone, Debug, Default)]
pub struct OfferForm {
    /// Made with the empty form, so that sending it twice adds one.
    pub id: String,
    pub version: String,
    /// What was said of the offer when the page was drawn.
    pub opened: String,
    pub cells: Cells,
}

impl OfferForm {
    /// What most offers are.
    pub fn empty() -> Self {
        let usual = [
            (Column::Kind, "offer"),
            (Column::Unit, "licenses"),
            (Column::Minimum, "1"),
            (Column::Maximum, "300"),
            (Column::Limit, "none"),
            (Column::Billing, "monthly;annual"),
            (Column::TermMonths, "12"),
            (Column::Cancellation, "0"),
        ];
        Self { id: OfferId::new().to_string(), cells: usual.into_iter().collect(), ..Self::default() }
    }

    /// What is kept, as it would be typed.
    pub fn of(definition: &Definition, version: i32) -> Self {
        let (version, cells) = (version.to_string(), definition.cells());
        Self { version, opened: three_way::opened(&fields(&cells)), cells, ..Self::default() }
    }

    /// What of this was touched, put over what is said of the offer now; and whether somebody else touched the same.
    pub fn over(&self, said: &Definition, kept: &Definition, version: i32) -> (Self, bool) {
        let merged = three_way::merge_fields(&self.opened, fields(&said.cells()), fields(&kept.cells()));
        // From when it holds is said of what is typed, and not kept.
        let from = (Column::ValidFrom, self.cells.get(Column::ValidFrom).to_owned());
        let cells = merged.form.into_iter().filter_map(|(key, text)| Some((Column::named(&key)?, text)));
        let cells = cells.filter(|(column, _)| *column != Column::ValidFrom).chain([from]);
        (Self { cells: cells.collect(), ..Self::of(kept, version) }, !merged.clashes.is_empty())
    }

    /// Several values of one field become a list.
    pub fn sent(pairs: Vec<(String, String)>) -> Self {
        let mut form = Self::default();
        for (name, value) in pairs {
            let value = printable(&value);
            match name.as_str() {
                "id" => form.id = value,
                "version" => form.version = value,
                "opened" => form.opened = value,
                name => {
                    let Some(column) = Column::all().find(|column| column.key() == name) else { continue };
                    let before = form.cells.get(column);
                    let all = if before.is_empty() { value } else { format!("{before};{value}") };
                    form.cells.set(column, all);
                }
            }
        }
        form
    }

    /// # Errors
    /// Everything that is wrong, in the order of the page.
    pub fn parse(&self) -> Result<Definition, Problems> {
        Definition::read(&self.cells)
    }

    /// # Errors
    /// The same for an offer that is there: its ID and whether it is sold are not changed here.
    pub fn parse_change(&self, kept: &Definition) -> Result<Definition, Problems> {
        let mut cells = self.cells.clone();
        cells.set(Column::Code, kept.code.as_str());
        cells.set(Column::Status, kept.status.as_text());
        Definition::read(&cells)
    }

    /// What a field holds, by its key.
    pub fn value(&self, key: &str) -> &str {
        Column::named(key).map_or("", |column| self.cells.get(column))
    }

    pub fn monthly(&self, currency: Currency) -> &str {
        self.cells.get(Column::Price(currency, Cycle::Monthly))
    }

    pub fn annual(&self, currency: Currency) -> &str {
        self.cells.get(Column::Price(currency, Cycle::Annual))
    }

    pub fn retail_monthly(&self, currency: Currency) -> &str {
        self.cells.get(Column::Retail(currency, Cycle::Monthly))
    }

    pub fn retail_annual(&self, currency: Currency) -> &str {
        self.cells.get(Column::Retail(currency, Cycle::Annual))
    }

    /// Whether the offer is billed this way.
    pub fn is_billed(&self, how: &str) -> bool {
        self.cells.get(Column::Billing).split(';').any(|word| word == how)
    }

    /// A list, one entry a line.
    pub fn lines(&self, key: &str) -> String {
        self.value(key).replace(';', "\n")
    }
}

/// What is said in every column, by its key.
fn fields(cells: &Cells) -> Vec<(String, String)> {
    Column::all().map(|column| (column.key(), cells.get(column).to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_kept_reads_back_from_its_form() {
        let kept = crate::catalog::model::definition::tests::suite();
        let read = OfferForm::of(&kept, 1).parse().unwrap();
        assert_eq!(read.cells(), kept.cells());
    }

    proptest! {
        #[test]
        fn any_text_is_answered(typed in any::<String>()) {
            let pairs = Column::all().map(|column| (column.key(), typed.clone())).collect();
            let problems = OfferForm::sent(pairs).parse().unwrap_err();
            prop_assert!(problems.at("category").is_some());
        }
    }
}
