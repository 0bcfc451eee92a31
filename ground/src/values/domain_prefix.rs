//! The part of a customer's primary domain that is chosen: letters and digits before the installation's suffix.

use crate::values::plain::plain;
use crate::values::problem::Problem;

/// The longest prefix: together with the longest suffix in use it stays below the 48 characters
/// that user names may have after the "@".
const LONGEST: usize = 27;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DomainPrefix(String);

impl DomainPrefix {
    /// Domains know no case, so the prefix is kept in lower case.
    ///
    /// # Errors
    /// [`Problem::Missing`], [`Problem::TooLong`] or [`Problem::OnlyLettersAndDigits`].
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let prefix = plain(typed).trim().to_ascii_lowercase();
        if prefix.is_empty() {
            Err(Problem::Missing)
        } else if !prefix.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            Err(Problem::OnlyLettersAndDigits)
        } else if prefix.len() > LONGEST {
            Err(Problem::TooLong { maximum: LONGEST })
        } else {
            Ok(Self(prefix))
        }
    }

    /// The whole domain, such as `fabrikam.onmicrosoft.com`.
    pub fn with(&self, suffix: &str) -> String {
        format!("{}.{suffix}", self.0)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_prefix_is_letters_and_digits() {
        assert_eq!(
            DomainPrefix::parse(" Fabrikam7 ").unwrap().with("onmicrosoft.com"),
            "fabrikam7.onmicrosoft.com"
        );
        for typed in
            ["fab\u{200b}rikam7", "\u{feff}fabrikam7\u{200e}", "ｆａｂｒｉｋａｍ７", "fabri\u{ad}kam٧"]
        {
            assert_eq!(DomainPrefix::parse(typed).unwrap().as_str(), "fabrikam7", "{typed:?}");
        }
        for nothing in ["", "\u{200b}", "\u{3164} "] {
            assert_eq!(DomainPrefix::parse(nothing), Err(Problem::Missing));
        }
        for typed in ["fab rikam", "fab-rikam", "fabrikam.com", "fäbrikam"] {
            assert_eq!(DomainPrefix::parse(typed), Err(Problem::OnlyLettersAndDigits), "{typed}");
        }
        assert_eq!(DomainPrefix::parse(&"a".repeat(28)), Err(Problem::TooLong { maximum: 27 }));
    }

    proptest! {
        #[test]
        fn what_is_taken_is_a_valid_label(typed in any::<String>()) {
            if let Ok(prefix) = DomainPrefix::parse(&typed) {
                prop_assert!((1..=27).contains(&prefix.as_str().len()));
                prop_assert!(prefix.as_str().bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()));
                prop_assert_eq!(DomainPrefix::parse(prefix.as_str()), Ok(prefix));
            }
        }
    }
}
