//! A change of a price list, as people read it.

use super::code::OfferCode;
use super::timeline::{Asked, Period};
use crate::text_enum;
use crate::values::id::OfferId;

text_enum! {
    /// What happens with an offer in a price list; the words are those that price lists use.
    pub enum Flag {
        Added = "ADD",
        Changed = "CHG",
        /// No longer sold.
        Deleted = "DEL",
        Unchanged = "UNC",
    }
}

/// An offer whose price is another one from a day on, or is said anew.
#[derive(Clone, Debug)]
pub struct ListedChange {
    pub offer: OfferId,
    pub code: OfferCode,
    pub name: String,
    /// Monthly and annually.
    pub billed: (bool, bool),
    /// What is asked on the day before.
    pub before: Option<Asked>,
    pub period: Period,
}

impl ListedChange {
    pub fn flag(&self) -> Flag {
        match (self.before, self.period.asked) {
            (None, Some(_)) => Flag::Added,
            (Some(_), None) => Flag::Deleted,
            (before, now) if before == now => Flag::Unchanged,
            _ => Flag::Changed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::timeline::tests::{cents, day};
    use super::*;

    fn flag(before: Option<i64>, now: Option<i64>) -> Flag {
        let period = Period { from: day(1), to: None, asked: now.map(cents) };
        let (offer, code) = (OfferId::new(), OfferCode::parse("suite").unwrap());
        let before = before.map(cents);
        ListedChange { offer, code, name: "Suite".into(), billed: (true, true), before, period }.flag()
    }

    #[test]
    fn what_comes_goes_and_changes_is_told_apart() {
        assert_eq!(flag(None, Some(5)), Flag::Added);
        assert_eq!(flag(Some(5), Some(6)), Flag::Changed);
        assert_eq!(flag(Some(5), None), Flag::Deleted);
        assert_eq!((flag(Some(5), Some(5)), flag(None, None)), (Flag::Unchanged, Flag::Unchanged));
    }
}
