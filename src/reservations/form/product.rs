//! A product as typed.

use std::collections::BTreeMap;

use super::amount;
use crate::reservations::model::TERMS;
use crate::reservations::model::product::{Definition, Prices, Product};
use crate::reservations::wrong::Wrong;
use crate::values::currency::Currency;
use crate::values::id::ReservationProductId;
use crate::values::name;
use crate::values::typed::printable;
use crate::web::Problems;

/// The longest name and region.
const NAME: usize = 150;
const REGION: usize = 80;

/// Name, region, and a field for each currency and term, such as `eur_3`.
#[derive(Clone, Debug, Default)]
pub struct ProductForm {
    /// Made with the empty form, so that sending it twice adds one.
    pub id: String,
    pub version: String,
    pub name: String,
    pub region: String,
    prices: BTreeMap<String, String>,
}

impl ProductForm {
    pub fn empty() -> Self {
        Self { id: ReservationProductId::new().to_string(), ..Self::default() }
    }

    /// What is kept, as it would be typed.
    pub fn of(product: &Product) -> Self {
        let prices = product.said.prices.iter();
        let typed = |((years, currency), price): (&(i32, Currency), &crate::values::money::Money)| {
            (field(*currency, *years), price.decimal().to_string())
        };
        Self {
            id: product.id.to_string(),
            version: product.version.to_string(),
            name: product.said.name.clone(),
            region: product.said.region.clone(),
            prices: prices.map(typed).collect(),
        }
    }

    pub fn sent(pairs: Vec<(String, String)>) -> Self {
        let mut form = Self::default();
        for (key, value) in pairs {
            let value = printable(&value);
            match key.as_str() {
                "id" => form.id = value,
                "version" => form.version = value,
                "name" => form.name = value,
                "region" => form.region = value,
                _ => drop(form.prices.insert(key, value)),
            }
        }
        form
    }

    /// What stands in the field of a price.
    pub fn price(&self, currency: &Currency, years: &i32) -> &str {
        self.prices.get(&field(*currency, *years)).map_or("", String::as_str)
    }

    /// # Errors
    /// Everything that is wrong, in the order of the page.
    pub fn parse(&self) -> Result<Definition, Problems> {
        let mut problems = Problems::default();
        let name = problems.field("name", name::required(&self.name, NAME));
        let region = problems.field("region", name::required(&self.region, REGION));
        let mut prices = Prices::new();
        for currency in Currency::ALL {
            for years in TERMS {
                let typed = self.price(&currency, &years);
                if typed.trim().is_empty() {
                    continue;
                }
                let price = problems.field(field(currency, years), amount(typed, currency));
                prices.extend(price.map(|price| ((years, currency), price)));
            }
        }
        if prices.is_empty() && problems.is_empty() {
            problems.on("prices", Wrong::NoPrice);
        }
        problems.or(|| Some(Definition { name: name?, region: region?, prices }))
    }
}

/// The name of the field of a price.
pub fn field(currency: Currency, years: i32) -> String {
    format!("{}_{years}", currency.code().to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sent(pairs: &[(&str, &str)]) -> ProductForm {
        ProductForm::sent(pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn a_product_has_a_name_a_region_and_a_price() {
        let form =
            sent(&[("name", "D2s v3"), ("region", "West Europe"), ("eur_1", "512.40"), ("jpy_3", "90000")]);
        let said = form.parse().unwrap();
        assert_eq!(said.price(1, Currency::Eur).map(|money| money.minor), Some(51_240));
        assert_eq!(said.price(3, Currency::Jpy).map(|money| money.minor), Some(90_000));
        assert!(said.is_sold_in(Currency::Jpy) && !said.is_sold_in(Currency::Usd));
        let problems = sent(&[("name", "D2s v3"), ("region", "West Europe")]).parse().unwrap_err();
        assert!(problems.at("prices").is_some());
        let problems = sent(&[("eur_1", "0"), ("usd_3", "x")]).parse().unwrap_err();
        assert!(["name", "region", "eur_1", "usd_3"].iter().all(|field| problems.at(field).is_some()));
    }

    proptest! {
        #[test]
        fn any_text_is_answered(typed in any::<String>()) {
            let form = sent(&[("name", &typed), ("region", &typed), ("eur_1", &typed)]);
            let _ = form.parse();
        }
    }
}
