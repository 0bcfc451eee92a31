//! Postal addresses, as the rules of their country want them.

use crate::values::country::{Country, PostalPlace};

/// An address without its country, which stands beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    pub line_1: String,
    pub line_2: String,
    pub city: String,
    pub state: String,
    pub postal_code: String,
}

impl Address {
    /// The address line by line, postal code and city in the order of the country.
    pub fn lines(&self, country: Country) -> Vec<String> {
        let area = joined(", ", [&self.city, &self.state]);
        let town = match country.postal_place() {
            PostalPlace::BeforeCity => [joined(" ", [&self.postal_code, &area]), String::new()],
            PostalPlace::AfterCity => [joined(" ", [&area, &self.postal_code]), String::new()],
            PostalPlace::OwnLine => [area, self.postal_code.clone()],
        };
        let street = [self.line_1.clone(), self.line_2.clone()];
        let country = [country.name().to_owned()];
        street.into_iter().chain(town).chain(country).filter(|line| !line.is_empty()).collect()
    }

    /// Whether it has been given at all.
    pub fn is_given(&self) -> bool {
        !self.line_1.is_empty()
    }
}

fn joined(separator: &str, parts: [&str; 2]) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(separator)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_country_has_its_own_order() {
        for (country, state, postal_code, town) in [
            ("DE", "", "20457", &["20457 Anytown"][..]),
            ("US", "WA", "98052", &["Anytown, WA 98052"]),
            ("GB", "", "SW1A 1AA", &["Anytown", "SW1A 1AA"]),
        ] {
            let address = Address {
                line_1: "1 Any Street".to_owned(),
                city: "Anytown".to_owned(),
                state: state.to_owned(),
                postal_code: postal_code.to_owned(),
                ..Address::default()
            };
            let lines = address.lines(Country::parse(country).unwrap());
            assert_eq!(lines[1..lines.len() - 1], *town, "{lines:?}");
        }
    }
}
