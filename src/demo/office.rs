//! Where organisations have their offices: at a street that exists, at a number that belongs to nobody.

use chrono_tz::Tz;

use super::customers::{address_line, phone};
use super::data::Place;
use super::random::{Random, hash};
use crate::values::country::Country;

/// An address and a phone number there.
#[derive(Default)]
pub struct Office {
    pub line: String,
    pub city: String,
    pub state: String,
    pub postal_code: String,
    pub phone: String,
}

impl Office {
    /// An office of somebody in a city; empty where the lists know no street.
    pub fn of(name: &str, country: Country, city: &str, places: &[Place]) -> Self {
        let found = places.iter().find(|place| place.country == country && place.city == city);
        let found = found.or_else(|| places.iter().find(|place| place.country == country));
        let Some(place) = found else { return Self::default() };
        let mut random = Random::of("office", hash(name) ^ hash(city));
        Self {
            line: address_line(place, &mut random),
            city: place.city.clone(),
            state: place.state.clone(),
            postal_code: place.postal_code.clone(),
            phone: phone(place, &mut random),
        }
    }
}

/// The time zone in which people of a country work.
pub fn zone_of(country: Country) -> Tz {
    match country.code() {
        "AT" => Tz::Europe__Vienna,
        "BE" => Tz::Europe__Brussels,
        "CH" => Tz::Europe__Zurich,
        "CZ" => Tz::Europe__Prague,
        "DK" => Tz::Europe__Copenhagen,
        "ES" => Tz::Europe__Madrid,
        "FI" => Tz::Europe__Helsinki,
        "FR" => Tz::Europe__Paris,
        "GB" => Tz::Europe__London,
        "IE" => Tz::Europe__Dublin,
        "IT" => Tz::Europe__Rome,
        "NL" => Tz::Europe__Amsterdam,
        "NO" => Tz::Europe__Oslo,
        "PL" => Tz::Europe__Warsaw,
        "PT" => Tz::Europe__Lisbon,
        "SE" => Tz::Europe__Stockholm,
        "US" => Tz::America__Chicago,
        _ => Tz::Europe__Berlin,
    }
}
