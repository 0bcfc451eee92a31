//! For how long after a term has begun an offer allows what it otherwise allows only at its end.

use chrono::NaiveDate;
use diesel_derive_newtype::DieselNewType;

use crate::values::moment::days_after;

/// So many days, that on which the term began not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, DieselNewType)]
pub struct Window(i32);

impl Window {
    /// Only at the end of a term.
    pub const NEVER: Self = Self(0);
    /// All the time.
    pub const ALWAYS: Self = Self(9999);

    /// So many days, 9999 at most.
    pub fn of_days(days: i64) -> Self {
        Self(i32::try_from(days.clamp(0, Self::ALWAYS.days())).unwrap_or_default())
    }

    pub fn days(self) -> i64 {
        self.0.into()
    }

    pub fn is_never(self) -> bool {
        self == Self::NEVER
    }

    pub fn is_always(self) -> bool {
        self == Self::ALWAYS
    }

    /// Its last day in a term that began on a day; nothing where it has none.
    pub fn last_day(self, began_on: NaiveDate) -> Option<NaiveDate> {
        let days = u64::try_from(self.0).unwrap_or_default();
        (!self.is_never() && !self.is_always()).then(|| days_after(began_on, days))
    }

    /// Whether a day lies in it.
    pub fn is_open(self, began_on: NaiveDate, today: NaiveDate) -> bool {
        self.is_always() || self.last_day(began_on).is_some_and(|last| today <= last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_ends_with_the_last_of_its_days() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let (began, week) = (day("2026-11-30"), Window::of_days(7));
        assert_eq!(week.last_day(began), Some(day("2026-12-07")));
        assert!(week.is_open(began, began) && week.is_open(began, day("2026-12-07")));
        assert!(!week.is_open(began, day("2026-12-08")));
        assert!(week.is_open(began, day("2026-11-29")), "before it begins");
        assert!(!Window::NEVER.is_open(began, began));
        assert!(Window::ALWAYS.is_open(began, day("2099-01-01")));
        assert_eq!(Window::ALWAYS.last_day(began), None);
        assert_eq!(Window::of_days(20_000), Window::ALWAYS);
    }
}
