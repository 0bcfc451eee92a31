//! What a list of customers is narrowed to.

use crate::values::id::OrganisationId;
use crate::values::name;

/// The trigram index finds parts of at least so many characters.
pub const SHORTEST_PART: usize = 3;
/// So much of a search is looked at; no name, domain or id is longer.
const LONGEST: usize = 200;

/// Which of the customers within reach are meant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub search: Search,
    /// Only customers that this reseller administers.
    pub reseller: Option<OrganisationId>,
}

impl Filter {
    pub fn is_set(&self) -> bool {
        *self != Self::default()
    }
}

/// What somebody searches for, in lower case, as names are sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Search {
    #[default]
    Everything,
    /// One or two characters: what the company name begins with.
    Beginning(String),
    /// Any part of company name, domain or id.
    Part(String),
}

impl Search {
    /// Any text is a search: white space is evened out, control characters are left out, what is too long is cut.
    pub fn parse(typed: &str) -> Self {
        let text = name::sort_name(&tidy(typed));
        match text.chars().count() {
            0 => Self::Everything,
            count if count < SHORTEST_PART => Self::Beginning(text),
            _ => Self::Part(text),
        }
    }
}

/// What somebody typed as one line without control characters, cut where it is too long.
pub fn tidy(typed: &str) -> String {
    let cut: String = typed.chars().filter(|c| *c != '\0').take(LONGEST).collect();
    name::optional(&cut, LONGEST).unwrap_or_default()
}

/// The full-text phrase for a part: in quotes, so that nothing in it is an operator.
pub fn phrase(part: &str) -> String {
    format!("\"{}\"", part.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn short_searches_match_the_beginning_longer_ones_any_part() {
        assert_eq!(Search::parse("  "), Search::Everything);
        assert_eq!(Search::parse(" Al"), Search::Beginning("al".to_owned()));
        assert_eq!(Search::parse("微軟"), Search::Beginning("微軟".to_owned()));
        assert_eq!(Search::parse("Alder  & F"), Search::Part("alder & f".to_owned()));
    }

    #[test]
    fn quotes_are_only_characters() {
        assert_eq!(phrase(r#"a" or "b"#), r#""a"" or ""b""#);
    }

    proptest! {
        #[test]
        fn any_text_is_a_search_without_control_characters(typed in any::<String>()) {
            if let Search::Beginning(text) | Search::Part(text) = Search::parse(&typed) {
                prop_assert!(!text.chars().any(char::is_control));
                prop_assert_eq!(Search::parse(&text), Search::parse(&typed));
            }
        }
    }
}
