//! A customer's address as it is written on letters.

use super::Account;
use crate::values::country::PostalPlace;

impl Account {
    /// The address line by line, postal code and city in the order of the country.
    pub fn address_lines(&self) -> Vec<String> {
        let area = joined(", ", [&self.city, &self.state]);
        let town = match self.country.postal_place() {
            PostalPlace::BeforeCity => [joined(" ", [&self.postal_code, &area]), String::new()],
            PostalPlace::AfterCity => [joined(" ", [&area, &self.postal_code]), String::new()],
            PostalPlace::OwnLine => [area, self.postal_code.clone()],
        };
        let street = [self.address_line1.clone(), self.address_line2.clone()];
        let country = [self.country.name().to_owned()];
        street.into_iter().chain(town).chain(country).filter(|line| !line.is_empty()).collect()
    }
}

fn joined(separator: &str, parts: [&str; 2]) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(separator)
}

#[cfg(test)]
mod tests {
    use crate::customers::new_account::tests::account_in;

    #[test]
    fn each_country_has_its_own_order() {
        for (country, town) in
            [("DE", &["20457 Anytown"][..]), ("US", &["Anytown, WA 98052"]), ("GB", &["Anytown", "SW1A 1AA"])]
        {
            let lines = account_in(country).address_lines();
            assert_eq!(lines[1..lines.len() - 1], *town, "{lines:?}");
        }
    }
}
