//! MPN IDs: the number by which a location of a partner earns incentives.

use diesel_derive_newtype::DieselNewType;

use crate::values::plain::plain;
use crate::values::problem::Problem;

/// How many digits one has.
pub const DIGITS: &str = "4 to 10";

/// A location's MPN ID: four to ten digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash, DieselNewType)]
pub struct MpnId(String);

impl MpnId {
    /// # Errors
    /// [`Problem::Missing`], [`Problem::NotANumber`] or [`Problem::DigitsCount`].
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        // As people write it in mails: "MPN ID: 481-0233".
        let typed = plain(typed).to_ascii_uppercase();
        let bare = typed.trim().trim_start_matches("MPN").trim_start().trim_start_matches("ID");
        let digits: String = bare.chars().filter(|sign| !" \u{a0}\t.-/:#".contains(*sign)).collect();
        if digits.is_empty() && bare.len() == typed.trim().len() {
            Err(Problem::Missing)
        } else if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            Err(Problem::NotANumber)
        } else if !(4..=10).contains(&digits.len()) {
            Err(Problem::DigitsCount { allowed: DIGITS })
        } else {
            Ok(Self(digits))
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for MpnId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_mpn_id_is_digits() {
        assert_eq!(MpnId::parse(" 4810233 ").unwrap().as_str(), "4810233");
        assert_eq!(MpnId::parse(""), Err(Problem::Missing));
        assert_eq!(MpnId::parse("48A"), Err(Problem::NotANumber));
        for typed in ["٤٨١٠", "４８１０", "\u{200e}4810\u{200b}", "48\u{ad}10\u{2060}\t"] {
            assert_eq!(MpnId::parse(typed).unwrap().as_str(), "4810", "{typed}");
        }
        for typed in
            ["481-0233", "481 02 33", "4.810.233", "MPN 4810233", "mpn id: 4810233", "ID 4810233", "#4810233"]
        {
            assert_eq!(MpnId::parse(typed).unwrap().as_str(), "4810233", "{typed}");
        }
        assert_eq!(MpnId::parse("MPN"), Err(Problem::DigitsCount { allowed: "4 to 10" }));
        assert_eq!(MpnId::parse("12345678901"), Err(Problem::DigitsCount { allowed: "4 to 10" }));
    }
}
