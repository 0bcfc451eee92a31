//! Files of offers.

use super::column::Column;
use crate::sheets::{self, Limits, Unreadable};

/// What a file of offers may have.
pub const LIMITS: Limits = Limits::of(4_000_000, 10_000);

/// A file of offers. Of an offer that is known, columns that it does not have stay as they are.
pub type Sheet = sheets::Sheet<Column>;

/// Reads a file of offers.
///
/// # Errors
/// Why it is none.
pub fn read(bytes: &[u8]) -> Result<Sheet, Unreadable> {
    Sheet::read(bytes, &LIMITS)
}

impl sheets::Column for Column {
    fn all() -> impl Iterator<Item = Self> {
        Self::all()
    }

    fn heads(self) -> Vec<String> {
        vec![self.head()]
    }

    fn is_required(self) -> bool {
        self == Self::Code
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_id_has_to_be_there_and_what_is_not_is_named() {
        let sheet = read(b"Comment,EUR annual,offer_id\nx,1.00,a\n").unwrap();
        assert_eq!(sheet.head.unknown, ["Comment"]);
        assert!(sheet.head.missing.contains(&Column::Name) && !sheet.head.missing.contains(&Column::Code));
        assert_eq!(sheet.rows().next().unwrap().get(Column::Code), "a");
        let heads = vec!["Name".to_owned(), "Price".to_owned()];
        let missing = vec!["Offer ID".to_owned()];
        assert_eq!(read(b"Name;Price\na;1\n").unwrap_err(), Unreadable::NoColumn { missing, heads });
    }
}
