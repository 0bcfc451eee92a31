//! What stands in a cell of a file, whether that is CSV or a workbook.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::values::moment::Moment;
use crate::values::money::Money;

/// A cell. Files tell numbers and days from text, so that whoever opens one can add them up and sort by them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Also ids, codes and telephone numbers, which nobody adds up.
    Text(String),
    /// A number as it is written; empty for none.
    Number(String),
    /// In major units; empty for none.
    Amount(Option<Money>),
    /// Empty for none.
    Day(Option<NaiveDate>),
    /// In UTC; empty for none.
    Time(Option<Moment>),
}

impl Cell {
    pub fn text(text: impl ToString) -> Self {
        Self::Text(text.to_string())
    }

    pub fn number(number: impl ToString) -> Self {
        Self::Number(number.to_string())
    }

    /// As CSV has it: amounts with a decimal point and all minor digits, days as ISO 8601 says.
    pub fn plain(self) -> String {
        match self {
            Self::Text(text) | Self::Number(text) => text,
            Self::Amount(money) => {
                money.map(Money::decimal).as_ref().map(Decimal::to_string).unwrap_or_default()
            }
            Self::Day(day) => day.map(|day| day.format("%Y-%m-%d").to_string()).unwrap_or_default(),
            Self::Time(moment) => moment.map(Moment::iso).unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::currency::Currency;

    #[test]
    fn csv_has_amounts_and_days_as_machines_read_them() {
        let money = |minor, code| Some(Money::new(minor, Currency::parse(code).unwrap()));
        assert_eq!(Cell::Amount(money(173_400, "EUR")).plain(), "1734.00");
        assert_eq!(Cell::Amount(money(173_400, "JPY")).plain(), "173400");
        assert_eq!(Cell::Day(NaiveDate::from_ymd_opt(2026, 1, 9)).plain(), "2026-01-09");
        assert_eq!(Cell::text("=1").plain(), "=1");
        assert_eq!((Cell::Amount(None).plain(), Cell::Day(None).plain()), (String::new(), String::new()));
    }
}
