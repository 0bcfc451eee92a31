//! A reservation, and what it costs.

pub mod counter;
pub mod product;

use chrono::NaiveDate;

use crate::customers::facts::Named;
use crate::text_enum;
use crate::values::id::{OrderId, OrganisationId, ReservationId, SubscriptionId};
use crate::values::moment::{Moment, months_after};
use crate::values::money::Money;
use crate::values::quantity::Quantity;

text_enum! {
    /// What of a customer's usage is charged to it first.
    pub enum Scope {
        /// Everything that the customer has in the same region.
        Shared = "shared",
        /// What it was bought under, alone.
        Single = "single",
    }
}

text_enum! {
    /// When it is paid.
    pub enum Payment {
        Upfront = "upfront",
        Monthly = "monthly",
    }
}

text_enum! {
    pub enum State {
        Active = "active",
        /// Its term is over.
        Expired = "expired",
    }
}

/// So many years it can be reserved for.
pub const TERMS: [i32; 2] = [1, 3];
/// So many can be reserved at once.
pub const MOST: i64 = 10_000;
/// So many days before it expires, lists remind of it.
pub const NOTICE_DAYS: i64 = 60;

/// A reservation of a customer.
#[derive(Clone, Debug)]
pub struct Reservation {
    pub id: ReservationId,
    pub order: OrderId,
    pub customer: Named,
    pub provider: OrganisationId,
    /// What it was bought under.
    pub subscription: SubscriptionId,
    pub scope: Scope,
    pub product_name: String,
    pub region: String,
    pub years: i32,
    pub quantity: Quantity,
    pub payment: Payment,
    /// For the whole term.
    pub total: Money,
    pub record: Option<OfRecord>,
    pub bought_by: String,
    pub is_by_customer: bool,
    pub bought_at: Moment,
    pub starts_on: NaiveDate,
    /// The first day on which it holds no longer.
    pub expires_on: NaiveDate,
    pub state: State,
}

/// The reseller of record, as it was when the reservation was bought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfRecord {
    pub reseller: OrganisationId,
    pub name: String,
    pub mpn_id: String,
}

impl Reservation {
    /// How it stands on a day, whether or not the portal has noticed.
    pub fn standing(&self, today: &NaiveDate) -> State {
        if self.expires_on <= *today { State::Expired } else { self.state }
    }

    /// So many days are left, where they are few.
    pub fn last_days(&self, today: &NaiveDate) -> Option<i64> {
        let left = (self.expires_on - *today).num_days();
        (self.standing(today) == State::Active && left <= NOTICE_DAYS).then_some(left)
    }

    pub fn instalments(&self) -> Option<Instalments> {
        (self.payment == Payment::Monthly).then(|| Instalments::of(self.total, self.years))
    }
}

/// What is paid each month of a term: as much each time, and first what is left of the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instalments {
    pub first: Money,
    pub each: Money,
    pub count: i64,
}

impl Instalments {
    pub fn of(total: Money, years: i32) -> Self {
        let count = i64::from(years) * 12;
        let each = Money::new(total.minor / count.max(1), total.currency);
        Self { first: total.minus(each.times(count - 1)), each, count }
    }

    /// Whether one is as much as the other.
    pub fn are_equal(&self) -> bool {
        self.first == self.each
    }
}

/// When a term that begins on a day is over.
pub fn expiry(starts_on: NaiveDate, years: i32) -> NaiveDate {
    months_after(starts_on, u32::try_from(years * 12).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::currency::Currency;
    use crate::web::glossary;
    use proptest::prelude::*;

    #[test]
    fn the_log_has_words_for_every_scope_payment_and_state() {
        let words = |field: &str, value: &str| glossary::find(&format!("value of {field}"), value).is_some();
        assert!(Scope::ALL.iter().all(|scope| words("scope", scope.as_text())));
        assert!(Payment::ALL.iter().all(|payment| words("payment", payment.as_text())));
        assert!(State::ALL.iter().all(|state| words("reservation_state", state.as_text())));
    }

    #[test]
    fn a_term_ends_on_its_anniversary() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(expiry(day("2026-11-30"), 1), day("2027-11-30"));
        assert_eq!(expiry(day("2024-02-29"), 3), day("2027-02-28"));
    }

    proptest! {
        #[test]
        fn instalments_add_up_to_the_whole(minor in 1..999_999_999_990_000_i64, years in prop::sample::select(TERMS.to_vec())) {
            let total = Money::new(minor, Currency::Eur);
            let parts = Instalments::of(total, years);
            prop_assert_eq!(parts.first.plus(parts.each.times(parts.count - 1)), total);
            prop_assert!(parts.first.minor >= parts.each.minor && parts.first.minor - parts.each.minor < parts.count);
        }
    }
}
