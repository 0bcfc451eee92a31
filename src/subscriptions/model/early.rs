//! What the offer of a subscription allows early in a term alone: reducing at once, and cancelling.

use chrono::NaiveDate;

use super::{Subscription, term};
use crate::catalog::model::window::Window;
use crate::values::moment::{Moment, days_after};

/// A window of an offer, in the term of a subscription.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Early {
    pub window: Window,
    /// Its last day, where it has one.
    last_day: Option<NaiveDate>,
}

impl Early {
    /// `began_on` is when the term began that runs now: that of its base, where it is an add-on.
    pub fn of(window: Window, subscription: &Subscription, began_on: NaiveDate) -> Self {
        let last_day = window.last_day(began_on);
        // Nothing of a term is left on the day on which the next one begins.
        let last_of_term = subscription.renews_on.pred_opt().filter(|_| term::ends(subscription.term_months));
        Self { window, last_day: last_day.map(|last| last_of_term.map_or(last, |end| last.min(end))) }
    }

    pub fn is_open(self, today: NaiveDate) -> bool {
        self.window.is_always() || self.last_day.is_some_and(|last| today <= last)
    }

    /// Its last moment, by the days of UTC.
    pub fn until(self) -> Option<Moment> {
        self.last_day.map(|last| Moment::start_of(days_after(last, 1)).plus_seconds(-1))
    }
}

impl Subscription {
    /// The day on which the term began that runs now: by the order, a renewal, the conversion of a trial, or when it was
    /// to be billed annually.
    pub fn term_began_on(&self) -> NaiveDate {
        match term::ends(self.term_months) {
            true => term::began_on(self.starts_on, self.renews_on, self.term_months),
            false => self.starts_on,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::plain;
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_window_opens_again_with_each_term() {
        let first = plain();
        let early = Early::of(Window::of_days(7), &first, first.term_began_on());
        assert!(early.is_open(day("2026-03-08")) && !early.is_open(day("2026-03-09")));
        assert_eq!(early.until().unwrap().iso(), "2026-03-08T23:59:59Z");
        let renewed = Subscription { renews_on: day("2028-03-01"), ..first };
        let again = Early::of(Window::of_days(7), &renewed, renewed.term_began_on());
        assert!(again.is_open(day("2027-03-08")) && !again.is_open(day("2027-03-09")));
    }

    #[test]
    fn an_add_on_goes_by_the_term_of_its_base_and_not_by_its_own() {
        let base = Subscription { renews_on: day("2028-03-01"), ..plain() };
        let monthly = Subscription { parent: Some(base.id), term_months: 1, ..base.clone() };
        let early = Early::of(Window::of_days(7), &monthly, base.term_began_on());
        assert_eq!(early.until().unwrap().iso(), "2027-03-08T23:59:59Z");
    }

    #[test]
    fn no_window_is_longer_than_its_term() {
        let monthly = Subscription { renews_on: day("2026-04-01"), term_months: 1, ..plain() };
        let early = Early::of(Window::of_days(60), &monthly, monthly.term_began_on());
        assert_eq!(early.until().unwrap().iso(), "2026-03-31T23:59:59Z");
        let endless = Subscription { term_months: 9999, ..monthly };
        assert_eq!(
            Early::of(Window::of_days(60), &endless, endless.term_began_on()).until().unwrap().iso(),
            "2026-04-30T23:59:59Z"
        );
    }
}
