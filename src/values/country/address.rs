//! A postal address, and how it is written on letters.

use super::{Country, PostalPlace};

/// An address whose every part has passed the rules of its country.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    pub country: Country,
    pub line_1: String,
    pub line_2: String,
    pub city: String,
    pub state: String,
    pub postal_code: String,
}

impl Address {
    /// Line by line, postal code and city in the order of the country.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let area = joined(", ", [&self.city, &self.state]);
        let town = match self.country.postal_place() {
            PostalPlace::BeforeCity => [joined(" ", [&self.postal_code, &area]), String::new()],
            PostalPlace::AfterCity => [joined(" ", [&area, &self.postal_code]), String::new()],
            PostalPlace::OwnLine => [area, self.postal_code.clone()],
        };
        let street = [self.line_1.clone(), self.line_2.clone()];
        let country = [self.country.name().to_owned()];
        street.into_iter().chain(town).chain(country).filter(|line| !line.is_empty()).collect()
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
                country: Country::parse(country).unwrap(),
                line_1: "12 Mill Lane".to_owned(),
                line_2: String::new(),
                city: "Anytown".to_owned(),
                state: state.to_owned(),
                postal_code: postal_code.to_owned(),
            };
            let lines = address.lines();
            assert_eq!(lines[1..lines.len() - 1], *town, "{lines:?}");
        }
    }
}
