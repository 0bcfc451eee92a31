//! What is said of an offer, as columns of a file, fields of a form and values of the log.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::sheets;
use crate::values::currency::Currency;

/// One thing that is said of an offer, in the order of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Column {
    Code,
    Name,
    Description,
    Category,
    Kind,
    Unit,
    Minimum,
    Maximum,
    Limit,
    LimitCount,
    Prerequisites,
    ConvertsTo,
    UpgradesTo,
    Billing,
    TermMonths,
    /// Within how many days of a term its quantity is reduced at once.
    Reduction,
    /// Within how many days of a term it is cancelled.
    Cancellation,
    Segment,
    Publisher,
    Countries,
    ServicePlans,
    Status,
    /// From when prices hold that the same row changes. It says nothing of the offer itself.
    ValidFrom,
    /// What the provider pays.
    Price(Currency, Cycle),
    /// What is suggested to be asked of customers.
    Retail(Currency, Cycle),
}

/// What a price is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Cycle {
    Monthly,
    Annual,
}

/// Everything but prices.
const FACTS: [Column; 23] = [
    Column::Code,
    Column::Name,
    Column::Description,
    Column::Category,
    Column::Kind,
    Column::Unit,
    Column::Minimum,
    Column::Maximum,
    Column::Limit,
    Column::LimitCount,
    Column::Prerequisites,
    Column::ConvertsTo,
    Column::UpgradesTo,
    Column::Billing,
    Column::TermMonths,
    Column::Reduction,
    Column::Cancellation,
    Column::Segment,
    Column::Publisher,
    Column::Countries,
    Column::ServicePlans,
    Column::Status,
    Column::ValidFrom,
];

impl Column {
    /// Every column, in the order of the file.
    pub fn all() -> impl Iterator<Item = Self> {
        let prices = |currency| {
            let both = [Cycle::Monthly, Cycle::Annual];
            let list = both.map(|cycle| Self::Price(currency, cycle));
            list.into_iter().chain(both.map(|cycle| Self::Retail(currency, cycle)))
        };
        FACTS.into_iter().chain(Currency::ALL.into_iter().flat_map(prices))
    }

    /// The name of the field in forms, and the key in the log.
    pub fn key(self) -> String {
        self.head().to_lowercase().replace(' ', "_")
    }

    /// The head in files. Heads are stable: files are kept, and programs write them.
    pub fn head(self) -> String {
        let head = match self {
            Self::Code => "Offer ID",
            Self::Name => "Name",
            Self::Description => "Description",
            Self::Category => "Category",
            Self::Kind => "Kind",
            Self::Unit => "Unit",
            Self::Minimum => "Minimum",
            Self::Maximum => "Maximum",
            Self::Limit => "Limit",
            Self::LimitCount => "Limit count",
            Self::Prerequisites => "Prerequisites",
            Self::ConvertsTo => "Converts to",
            Self::UpgradesTo => "Upgrades to",
            Self::Billing => "Billing",
            Self::TermMonths => "Term in months",
            Self::Reduction => "Reduce within days",
            Self::Cancellation => "Cancel within days",
            Self::Segment => "Segment",
            Self::Publisher => "Publisher",
            Self::Countries => "Countries",
            Self::ServicePlans => "Service plans",
            Self::Status => "Status",
            Self::ValidFrom => "Valid from",
            Self::Price(currency, cycle) => return format!("{currency} {}", cycle.as_text()),
            Self::Retail(currency, cycle) => return format!("{currency} retail {}", cycle.as_text()),
        };
        head.to_owned()
    }

    /// Whether it says what something costs.
    pub fn is_price(self) -> bool {
        matches!(self, Self::Price(..) | Self::Retail(..))
    }

    /// The column of a head or key, in any letter case and however its words are divided.
    pub fn named(text: &str) -> Option<Self> {
        sheets::named(text)
    }
}

impl Cycle {
    pub fn as_text(self) -> &'static str {
        match self {
            Self::Monthly => "monthly",
            Self::Annual => "annual",
        }
    }
}

/// What is said of one offer, as text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cells(BTreeMap<Column, String>);

/// A value that is not what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub column: Column,
    pub old: String,
    pub new: String,
    /// From when on it is another one, where it is a price.
    pub from: Option<NaiveDate>,
}

impl Cells {
    pub fn get(&self, column: Column) -> &str {
        self.0.get(&column).map_or("", String::as_str)
    }

    pub fn set(&mut self, column: Column, text: impl Into<String>) {
        self.0.insert(column, text.into());
    }

    /// These cells with those that are given put over them.
    #[must_use]
    pub fn overlaid(mut self, given: &Self) -> Self {
        self.0.extend(given.0.iter().map(|(column, text)| (*column, text.clone())));
        self
    }

    /// Where two differ, in the order of the file.
    pub fn differences(&self, new: &Self) -> Vec<Difference> {
        let differing = Column::all().filter(|column| self.get(*column) != new.get(*column));
        let difference = |column| Difference {
            column,
            old: self.get(column).to_owned(),
            new: new.get(column).to_owned(),
            from: None,
        };
        differing.map(difference).collect()
    }
}

impl<C: Into<String>> FromIterator<(Column, C)> for Cells {
    fn from_iter<I: IntoIterator<Item = (Column, C)>>(pairs: I) -> Self {
        Self(pairs.into_iter().map(|(column, text)| (column, text.into())).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::glossary;

    #[test]
    fn what_the_log_keeps_of_an_offer_has_words() {
        for fact in FACTS {
            assert!(glossary::find("field", &fact.key()).is_some(), "{fact:?}");
        }
    }

    #[test]
    fn every_column_is_known_by_head_and_key() {
        assert_eq!(Column::all().count(), 23 + 64);
        for column in Column::all() {
            assert_eq!(Column::named(&column.head()), Some(column));
            assert_eq!(Column::named(&column.key()), Some(column));
        }
        assert_eq!(Column::named(" OFFER-ID "), Some(Column::Code));
        assert_eq!(Column::named("eur_annual"), Some(Column::Price(Currency::Eur, Cycle::Annual)));
        assert_eq!(Column::named("EUR monthy"), None);
    }
}
