//! What an offer costs less by a promotion.

use chrono::NaiveDate;

use super::{Listed, Price};
use crate::values::id::PromotionId;
use crate::values::money::Money;

/// A promotion as it lowers the price of an offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promoted {
    pub promotion: PromotionId,
    pub name: String,
    pub percent: i32,
    /// The last day on which it can be ordered at that price.
    pub until: NaiveDate,
    /// What it costs otherwise.
    pub list: Price,
}

impl Price {
    /// So many percent less, rounded half up to the minor unit; what costs something does not become free.
    #[must_use]
    pub fn less(self, percent: i32) -> Self {
        let rest = u32::try_from(100 - percent).unwrap_or_default();
        let less = |list: Money| {
            let part = list.share(rest, 100);
            Money { minor: part.minor.max(i64::from(list.minor > 0)), ..part }
        };
        Self { monthly: less(self.monthly), annual: less(self.annual) }
    }

    /// Whether nothing is paid.
    pub fn is_free(self) -> bool {
        let is_nothing = |money: Money| money.minor == 0;
        is_nothing(self.monthly) && is_nothing(self.annual)
    }
}

impl Listed {
    /// The promotion that makes it cheaper.
    pub fn promotion(&self) -> Option<PromotionId> {
        self.promoted.as_ref().map(|promoted| promoted.promotion)
    }

    /// The same at the price of a promotion; what costs nothing has none.
    pub fn promote(&mut self, promotion: (PromotionId, &str), percent: i32, until: NaiveDate) {
        let Some(list) = self.price.filter(|price| !price.is_free()) else { return };
        self.price = Some(list.less(percent));
        let (promotion, name) = (promotion.0, promotion.1.to_owned());
        self.promoted = Some(Promoted { promotion, name, percent, until, list });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::currency::Currency;

    #[test]
    fn a_price_is_lowered_exactly_and_rounded_once() {
        let price = Price::new(510, 6126, Currency::Eur).less(15);
        // 4.335 and 52.071
        assert_eq!((price.monthly.minor, price.annual.minor), (434, 5207));
        let yen = Price::new(560, 6720, Currency::Jpy).less(33);
        assert_eq!((yen.monthly.minor, yen.annual.minor), (375, 4502));
        let cheap = Price::new(1, 0, Currency::Jpy).less(60);
        assert_eq!((cheap.monthly.minor, cheap.annual.minor), (1, 0));
    }
}
