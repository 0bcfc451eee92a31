//! The ID under which the operator and its files know an offer.

use std::fmt;

use diesel_derive_newtype::DieselNewType;

use crate::values::plain::plain;
use crate::values::problem::Problem;

/// An offer's ID, such as `office-365-e3` or the vendor's own. It never changes, and letter case does not count.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, DieselNewType)]
pub struct OfferCode(String);

/// The longest ID.
const LONGEST: usize = 100;

impl OfferCode {
    /// Letters and digits, with points, colons, dashes and underscores between.
    ///
    /// # Errors
    /// [`Problem::Missing`], [`Problem::TooLong`] or [`Problem::Malformed`].
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let code = plain(typed).trim().to_ascii_lowercase();
        let is_inner = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '.' | ':' | '-' | '_');
        match code.chars().next() {
            None => Err(Problem::Missing),
            Some(_) if code.chars().count() > LONGEST => Err(Problem::TooLong { maximum: LONGEST }),
            Some(first) if first.is_ascii_alphanumeric() && code.chars().all(is_inner) => Ok(Self(code)),
            Some(_) => Err(Problem::Malformed { example: "office-365-e3" }),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OfferCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_id_is_known_in_any_letter_case() {
        assert_eq!(OfferCode::parse(" MS-AZR-0145P "), OfferCode::parse("ms-azr-0145p"));
        assert_eq!(
            OfferCode::parse("\u{feff}MS\u{ad}-AZR\u{2011}０１４５P\u{200b}"),
            OfferCode::parse("ms-azr-0145p")
        );
        assert_eq!(OfferCode::parse(""), Err(Problem::Missing));
        for typed in ["-a", "a b", "a;b", "ä", "a/b", "=1"] {
            assert_eq!(
                OfferCode::parse(typed),
                Err(Problem::Malformed { example: "office-365-e3" }),
                "{typed}"
            );
        }
    }

    proptest! {
        #[test]
        fn what_is_taken_reads_back(typed in any::<String>()) {
            if let Ok(code) = OfferCode::parse(&typed) {
                prop_assert_eq!(OfferCode::parse(code.as_str()), Ok(code));
            }
        }
    }
}
