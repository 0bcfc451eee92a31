//! The currencies in which the channel programme bills, by region.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::values::plain::plain;
use crate::values::problem::Problem;

/// A billing currency of the channel programme, known by its ISO 4217 code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Currency {
    /// Australian dollar
    Aud,
    /// Canadian dollar
    Cad,
    /// Swiss franc
    Chf,
    /// Chinese yuan, billed by the cloud that is operated inside China
    Cny,
    /// Danish krone
    Dkk,
    /// Euro
    Eur,
    /// Pound sterling
    Gbp,
    /// Indian rupee
    Inr,
    /// Japanese yen
    Jpy,
    /// South Korean won
    Krw,
    /// Norwegian krone
    Nok,
    /// New Zealand dollar
    Nzd,
    /// Russian rouble
    Rub,
    /// Swedish krona
    Sek,
    /// New Taiwan dollar
    Twd,
    /// United States dollar
    Usd,
}

impl Currency {
    /// Every currency, in the order of the codes.
    pub const ALL: [Currency; 16] = [
        Self::Aud,
        Self::Cad,
        Self::Chf,
        Self::Cny,
        Self::Dkk,
        Self::Eur,
        Self::Gbp,
        Self::Inr,
        Self::Jpy,
        Self::Krw,
        Self::Nok,
        Self::Nzd,
        Self::Rub,
        Self::Sek,
        Self::Twd,
        Self::Usd,
    ];

    /// Reads an ISO 4217 code in any case.
    ///
    /// # Errors
    /// `Missing` for blank text, `UnknownChoice` for a currency in which nothing is billed.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let text = plain(text);
        let text = text.trim();
        if text.is_empty() {
            return Err(Problem::Missing);
        }
        Self::ALL
            .into_iter()
            .find(|currency| currency.code().eq_ignore_ascii_case(text))
            .ok_or(Problem::UnknownChoice)
    }

    /// The ISO 4217 code, as it is stored and printed on invoices.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Aud => "AUD",
            Self::Cad => "CAD",
            Self::Chf => "CHF",
            Self::Cny => "CNY",
            Self::Dkk => "DKK",
            Self::Eur => "EUR",
            Self::Gbp => "GBP",
            Self::Inr => "INR",
            Self::Jpy => "JPY",
            Self::Krw => "KRW",
            Self::Nok => "NOK",
            Self::Nzd => "NZD",
            Self::Rub => "RUB",
            Self::Sek => "SEK",
            Self::Twd => "TWD",
            Self::Usd => "USD",
        }
    }

    /// The word kept in the database: the code.
    #[must_use]
    pub const fn as_text(&self) -> &'static str {
        self.code()
    }

    /// Reads what [`Self::as_text`] wrote.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|currency| currency.code() == text).or_else(|| Self::parse(text).ok())
    }

    /// The sign that sets the currency apart from every other one in an English text (Unicode CLDR).
    /// The krone countries and Switzerland share their signs with others, so they show the code.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Aud => "A$",
            Self::Cad => "CA$",
            Self::Cny => "CN¥",
            Self::Eur => "€",
            Self::Gbp => "£",
            Self::Inr => "₹",
            Self::Jpy => "¥",
            Self::Krw => "₩",
            Self::Nzd => "NZ$",
            Self::Rub => "₽",
            Self::Twd => "NT$",
            Self::Usd => "$",
            Self::Chf | Self::Dkk | Self::Nok | Self::Sek => self.code(),
        }
    }

    /// How many digits stand after the decimal point (ISO 4217): amounts are counted in this unit.
    #[must_use]
    pub const fn minor_digits(self) -> u32 {
        match self {
            Self::Jpy | Self::Krw => 0,
            _ => 2,
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_code_is_read_back_in_any_case() {
        for currency in Currency::ALL {
            assert_eq!(Currency::parse(currency.code()), Ok(currency));
            let typed = format!(" {} ", currency.code().to_lowercase());
            assert_eq!(Currency::parse(&typed), Ok(currency));
            let json = serde_json::to_string(&currency).unwrap();
            assert_eq!(json, format!("\"{currency}\""));
            assert_eq!(serde_json::from_str::<Currency>(&json).unwrap(), currency);
        }
    }

    #[test]
    fn the_codes_are_in_order_and_the_symbols_differ() {
        assert!(Currency::ALL.is_sorted_by(|a, b| a.code() < b.code()));
        let mut symbols = Currency::ALL.map(Currency::symbol);
        symbols.sort_unstable();
        assert!(symbols.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn yen_and_won_have_no_minor_unit() {
        assert_eq!(Currency::Jpy.minor_digits(), 0);
        assert_eq!(Currency::Krw.minor_digits(), 0);
        assert_eq!(Currency::Eur.minor_digits(), 2);
    }

    #[test]
    fn other_currencies_are_refused() {
        assert_eq!(Currency::parse("ZAR"), Err(Problem::UnknownChoice));
        assert_eq!(Currency::parse("  "), Err(Problem::Missing));
    }

    proptest! {
        #[test]
        fn parse_never_panics(text in any::<String>()) {
            let _ = Currency::parse(&text);
        }
    }
}

crate::stored_as_text!(Currency);
