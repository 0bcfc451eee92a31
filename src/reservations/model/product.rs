//! What can be reserved, and what it costs.

use std::collections::BTreeMap;

use crate::values::currency::Currency;
use crate::values::id::ReservationProductId;
use crate::values::moment::Moment;
use crate::values::money::Money;
use crate::values::name::sort_name_with_place;

/// By years of the term and currency: what one costs for the whole term.
pub type Prices = BTreeMap<(i32, Currency), Money>;

/// What the operator says of a product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    pub name: String,
    pub region: String,
    pub prices: Prices,
}

/// A product with what the database keeps beside it.
#[derive(Clone, Debug)]
pub struct Product {
    pub id: ReservationProductId,
    pub said: Definition,
    pub is_available: bool,
    pub changed_at: Moment,
    pub changed_by: String,
    pub version: i32,
}

impl Definition {
    /// By which it is sorted, and told from all others.
    pub fn sort_name(&self) -> String {
        sort_name_with_place(&self.name, &self.region)
    }

    pub fn price(&self, years: i32, currency: Currency) -> Option<Money> {
        self.prices.get(&(years, currency)).copied()
    }

    /// Whether it has any price in a currency.
    pub fn is_sold_in(&self, currency: Currency) -> bool {
        self.prices.keys().any(|(_, of)| *of == currency)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_the_name_is_none_of_the_region() {
        let product = |name: &str, region: &str| {
            Definition { name: name.to_owned(), region: region.to_owned(), prices: Prices::new() }.sort_name()
        };
        assert_ne!(product("D2s West", "Europe"), product("D2s", "West Europe"));
        assert_eq!(product("d2s  v3", "west europe"), product("D2s v3", "West Europe"));
    }
}
