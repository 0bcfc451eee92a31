//! What a list of customers is narrowed to.

use super::listing::{Order, View};
use crate::values::folding::{folded, is_word_sign};
use crate::values::id::{OrganisationId, SelectionId};
use crate::values::name;

/// The trigram index finds parts of at least so many characters.
pub const SHORTEST_PART: usize = 3;
/// So much of a search is looked at; no name, domain or id is longer.
const LONGEST: usize = 200;

/// Which of the customers within reach are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    pub view: View,
    pub search: Search,
    /// Only customers that this reseller administers.
    pub reseller: Option<OrganisationId>,
    pub order: Order,
    /// Only what is selected.
    pub among: Option<Among>,
}

impl Filter {
    /// All of a view in its own order.
    pub fn of(view: View) -> Self {
        Self { view, search: Search::Everything, reseller: None, order: view.order(), among: None }
    }
}

/// What of a list is selected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Among {
    /// What is marked in this selection.
    Marked(SelectionId),
    /// Everything but what is marked in it.
    Unmarked(SelectionId),
}

/// Of which customers somebody selects: what the address of the list says.
#[derive(Clone, Debug)]
pub struct Place {
    pub view: View,
    /// As it was typed.
    pub search: String,
    /// Empty for any.
    pub reseller: String,
}

/// What somebody searches for, folded as names are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Search {
    #[default]
    Everything,
    /// One or two characters: what the company name begins with.
    Beginning(String),
    /// One or two characters of a script that writes words with as few: any part of the company name.
    Word(String),
    /// Any part of company name, domain or id.
    Part(String),
}

impl Search {
    /// Any text is a search: white space is evened out, control characters are left out, what is too long is cut.
    pub fn parse(typed: &str) -> Self {
        let text = folded(&tidy(typed));
        match text.chars().count() {
            0 => Self::Everything,
            count if count >= SHORTEST_PART => Self::Part(text),
            _ if text.chars().any(is_word_sign) => Self::Word(text),
            _ => Self::Beginning(text),
        }
    }
}

/// What somebody typed as one line without control characters, cut where it is too long.
pub fn tidy(typed: &str) -> String {
    let cut: String = typed.chars().filter(|c| *c != '\0').take(LONGEST).collect();
    name::optional(&cut, LONGEST).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn short_searches_match_the_beginning_longer_ones_any_part() {
        assert_eq!(Search::parse("  "), Search::Everything);
        assert_eq!(Search::parse(" Al"), Search::Beginning("al".to_owned()));
        assert_eq!(Search::parse("Ö"), Search::Beginning("o".to_owned()));
        assert_eq!(Search::parse("Alder  & F"), Search::Part("alder & f".to_owned()));
    }

    #[test]
    fn short_words_match_any_part_too() {
        for word in ["微軟", "株", "한", "ガス", "ｶﾞｽ", "A社", "々"] {
            assert_eq!(Search::parse(word), Search::Word(folded(word)), "{word}");
        }
        assert_eq!(Search::parse("微軟社"), Search::Part("微軟社".to_owned()));
        assert_eq!(Search::parse("Яр"), Search::Beginning("яр".to_owned()));
    }

    proptest! {
        #[test]
        fn any_text_is_a_search_without_control_characters(typed in any::<String>()) {
            if let Search::Beginning(text) | Search::Word(text) | Search::Part(text) = Search::parse(&typed) {
                prop_assert!(!text.chars().any(char::is_control));
                prop_assert_eq!(Search::parse(&text), Search::parse(&typed));
            }
        }
    }
}
