//! Words that whoever knows the account tries first: those of its address, its organisation and the portal.

use super::swapped;
use crate::values::plain::plain;
use crate::values::problem::Problem;

/// Shorter words stand in many passwords by chance.
const SHORTEST: usize = 4;

/// What a password must not hold; a text that is not known is empty.
#[derive(Clone, Copy, Debug, Default)]
pub struct OwnWords<'a> {
    /// The address to sign in with.
    pub address: &'a str,
    pub organisation: &'a str,
    pub installation: &'a str,
}

impl OwnWords<'_> {
    /// Which of them a password holds, however it is spaced, cased and spelled with digits.
    pub fn held(&self, typed: &str) -> Option<Problem> {
        let typed = plain(typed).to_lowercase();
        let spellings = [letters(&typed), letters(&typed.chars().map(swapped).collect::<String>())];
        let is_held = |word: &String| spellings.iter().any(|spelling| spelling.contains(word.as_str()));
        let first = |words: Vec<String>| words.into_iter().find(is_held);
        let address = first(of_address(self.address)).map(|word| Problem::HoldsAddress { word });
        let organisation =
            || first(of_name(self.organisation)).map(|word| Problem::HoldsOrganisation { word });
        let installation =
            || first(of_name(self.installation)).map(|word| Problem::HoldsInstallation { word });
        address.or_else(organisation).or_else(installation)
    }
}

/// The local part and the labels of the domain, whole and by their words. What all addresses end with is no own word.
fn of_address(address: &str) -> Vec<String> {
    let (local, domain) = address.rsplit_once('@').unwrap_or((address, ""));
    let labels = domain.rsplit('.').skip(1);
    std::iter::once(local).chain(labels).flat_map(of_name).collect()
}

/// A name as a whole and by its words.
fn of_name(name: &str) -> Vec<String> {
    let name = plain(name).to_lowercase();
    let words = name.split(|sign: char| !sign.is_alphanumeric()).map(str::to_owned);
    let all = std::iter::once(letters(&name)).chain(words);
    all.filter(|word| is_long_enough(word)).collect()
}

/// Whether a word tells something: a sign of Chinese, Japanese or Korean is worth two letters, and digits alone tell
/// nothing.
fn is_long_enough(word: &str) -> bool {
    let worth = |sign: char| if sign >= '\u{2e80}' { 2 } else { 1 };
    word.chars().filter(|sign| sign.is_alphabetic()).map(worth).sum::<usize>() >= SHORTEST
}

fn letters(text: &str) -> String {
    text.chars().filter(|sign| sign.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const OWN: OwnWords = OwnWords {
        address: "katja.brandt@sales.harbor-trade.example",
        organisation: "Müller & Söhne GmbH",
        installation: "Channel desk",
    };

    fn word(problem: Option<Problem>) -> String {
        match problem {
            Some(
                Problem::HoldsAddress { word }
                | Problem::HoldsOrganisation { word }
                | Problem::HoldsInstallation { word },
            ) => word,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn own_words_are_found_however_they_are_written() {
        for (typed, found) in [
            ("Katja-likes-tea-2026", "katja"),
            ("2026KatjaBrandt!", "katjabrandt"),
            ("k.a.t.j.a tea and cake", "katja"),
            ("H4rb0r in the evening", "harbor"),
            ("ｈａｒｂｏｒ in the evening", "harbor"),
            ("so many sales today", "sales"),
            ("MÜLLER makes bread", "müller"),
            ("the channel is wide", "channel"),
            ("my ChannelDesk 99", "channeldesk"),
        ] {
            assert_eq!(word(OWN.held(typed)), found, "{typed}");
        }
    }

    #[test]
    fn short_words_endings_and_other_words_are_free() {
        for typed in ["an example of words", "correct horse battery", "tea for ann and me"] {
            assert_eq!(OWN.held(typed), None, "{typed}");
        }
        let own = OwnWords { address: "ann@abc.co.uk", organisation: "IT 2026", installation: "" };
        assert_eq!(own.held("ann abc it 2026 co uk"), None);
        assert_eq!(OwnWords::default().held(""), None);
    }

    #[test]
    fn two_signs_of_a_name_in_chinese_are_a_word() {
        let own = OwnWords { organisation: "東京 商事", ..OwnWords::default() };
        assert_eq!(word(own.held("my 東京 password here")), "東京");
    }

    proptest! {
        #[test]
        fn any_text_is_answered(typed in any::<String>(), address in any::<String>(), name in any::<String>()) {
            let own = OwnWords { address: &address, organisation: &name, installation: &name };
            let _ = own.held(&typed);
        }
    }
}
