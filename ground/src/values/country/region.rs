//! The billing regions of the channel programme: inside its own region a partner may sell to every country.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::values::currency::Currency;
use crate::values::problem::Problem;

/// A billing region of the channel programme. A partner sells to all countries of the region in
/// which the partner itself sits, and to no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Region {
    /// Africa and the French Pacific places billed with it
    Africa,
    /// South, South-East and East Asia, as far as no country there stands alone
    AsiaPacific,
    /// Australia and most of Oceania
    Australia,
    /// Brazil alone
    Brazil,
    /// Canada and Saint Pierre and Miquelon
    Canada,
    /// China alone: the national cloud that a local company operates
    China,
    /// The European Union, its neighbours and their territories
    Europe,
    /// India alone
    India,
    /// Japan alone
    Japan,
    /// South Korea alone
    Korea,
    /// The Americas south of the United States
    LatinAmerica,
    /// The Middle East, Central Europe and Eastern Europe
    MiddleEastAndEasternEurope,
    /// New Zealand and its neighbours
    NewZealand,
    /// Russia alone
    Russia,
    /// Taiwan alone
    Taiwan,
    /// The United States and the Outlying Islands
    UnitedStates,
}

impl Region {
    /// Every region, in the order of the names.
    pub const ALL: [Region; 16] = [
        Self::Africa,
        Self::AsiaPacific,
        Self::Australia,
        Self::Brazil,
        Self::Canada,
        Self::China,
        Self::Europe,
        Self::India,
        Self::Japan,
        Self::Korea,
        Self::LatinAmerica,
        Self::MiddleEastAndEasternEurope,
        Self::NewZealand,
        Self::Russia,
        Self::Taiwan,
        Self::UnitedStates,
    ];

    /// Reads a region from its code.
    ///
    /// # Errors
    /// `Missing` for blank text, `UnknownChoice` for any other text that is no code.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Problem::Missing);
        }
        Self::ALL.into_iter().find(|region| region.code() == text).ok_or(Problem::UnknownChoice)
    }

    /// The lasting name for addresses, storage and translations.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Africa => "africa",
            Self::AsiaPacific => "asia-pacific",
            Self::Australia => "australia",
            Self::Brazil => "brazil",
            Self::Canada => "canada",
            Self::China => "china",
            Self::Europe => "europe",
            Self::India => "india",
            Self::Japan => "japan",
            Self::Korea => "korea",
            Self::LatinAmerica => "latin-america",
            Self::MiddleEastAndEasternEurope => "middle-east-and-eastern-europe",
            Self::NewZealand => "new-zealand",
            Self::Russia => "russia",
            Self::Taiwan => "taiwan",
            Self::UnitedStates => "united-states",
        }
    }

    /// The English name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Africa => "Africa",
            Self::AsiaPacific => "Asia and Pacific",
            Self::Australia => "Australia",
            Self::Brazil => "Brazil",
            Self::Canada => "Canada",
            Self::China => "China",
            Self::Europe => "Europe",
            Self::India => "India",
            Self::Japan => "Japan",
            Self::Korea => "Korea",
            Self::LatinAmerica => "Latin America and the Caribbean",
            Self::MiddleEastAndEasternEurope => "Middle East, Central Europe and Eastern Europe",
            Self::NewZealand => "New Zealand",
            Self::Russia => "Russia",
            Self::Taiwan => "Taiwan",
            Self::UnitedStates => "United States",
        }
    }

    /// The currency in which most of the region is billed, for its countries that have none of their own.
    #[must_use]
    pub const fn main_currency(self) -> Currency {
        match self {
            Self::Australia => Currency::Aud,
            Self::Canada => Currency::Cad,
            Self::China => Currency::Cny,
            Self::Europe => Currency::Eur,
            Self::India => Currency::Inr,
            Self::Japan => Currency::Jpy,
            Self::Korea => Currency::Krw,
            Self::NewZealand => Currency::Nzd,
            Self::Russia => Currency::Rub,
            Self::Taiwan => Currency::Twd,
            Self::Africa
            | Self::AsiaPacific
            | Self::Brazil
            | Self::LatinAmerica
            | Self::MiddleEastAndEasternEurope
            | Self::UnitedStates => Currency::Usd,
        }
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_read_back_and_is_what_serde_writes() {
        for region in Region::ALL {
            assert_eq!(Region::parse(region.code()), Ok(region));
            let json = serde_json::to_string(&region).unwrap();
            assert_eq!(json, format!("\"{}\"", region.code()));
        }
        assert_eq!(Region::parse("atlantis"), Err(Problem::UnknownChoice));
        assert_eq!(Region::parse(" "), Err(Problem::Missing));
    }

    #[test]
    fn the_regions_are_in_the_order_of_their_names() {
        assert!(Region::ALL.is_sorted_by_key(|region| region.name()));
    }
}
