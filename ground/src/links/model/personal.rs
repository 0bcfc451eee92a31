//! What is personal in a letter: the link and its end. Kept texts hold marks in their place, so that
//! no table ever holds a link, and a new link or end appears in the text by itself.

use super::pieces::replaced;
use crate::language::Language;
use crate::values::moment::Moment;
use crate::values::token::Token;

/// Stands in a kept text for the link.
pub const LINK: &str = "[personal link]";
/// Stands in a kept text for the moment until which the link holds.
pub const UNTIL: &str = "[end of the link]";

/// The personal parts of a letter while they are in hand.
#[derive(Clone)]
pub struct Personal {
    pub link: String,
    token: String,
    expires_at: Moment,
    /// Of the letter around them.
    pub language: Language,
}

impl Personal {
    /// A link that ends with its token.
    pub fn of(link: String, token: &Token, expires_at: Moment, language: Language) -> Self {
        Self { link, token: token.reveal().to_owned(), expires_at, language }
    }

    /// The same in a letter of another language.
    #[must_use]
    pub fn in_language(self, language: Language) -> Self {
        Self { language, ..self }
    }

    /// Until when the link holds, as the letter says it.
    pub fn until(&self) -> String {
        until(self.language, self.expires_at)
    }

    /// The text as people read and send it.
    pub fn fill(&self, kept: &str) -> String {
        kept.replace(LINK, &self.link).replace(UNTIL, &self.until())
    }

    /// The text as it may be kept: without the token, wherever and however mangled it stands. The end is known in every
    /// language, for a text may have been begun in another one.
    pub fn strip(&self, shown: &str) -> String {
        let languages = Language::all().chain([self.language]);
        let marked = languages.fold(shown.replace(&self.link, LINK), |text, language| {
            text.replace(&until(language, self.expires_at), UNTIL)
        });
        replaced(&marked, &[&self.token], LINK)
    }

    /// The text with the whole link: where pieces of one stand, otherwise at its end.
    pub fn put_back(&self, shown: &str) -> String {
        if self.is_in(shown) {
            return shown.to_owned();
        }
        let start = self.link.strip_suffix(&self.token).unwrap_or(&self.link);
        let whole = replaced(shown, &[start, &self.token], &self.link);
        if self.is_in(&whole) {
            return whole;
        }
        format!("{}\n\n{}\n", shown.trim_end(), self.link).trim_start().to_owned()
    }

    /// Whether the link stands in a text as a whole, so that it works when it is followed.
    pub fn is_in(&self, shown: &str) -> bool {
        let ends_there = |rest: &str| {
            !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/'))
        };
        shown.match_indices(&self.link).any(|(at, link)| shown.get(at + link.len()..).is_some_and(ends_there))
    }
}

/// The letter's reader may be anywhere, so the moment is told in UTC.
pub(super) fn until(language: Language, expires_at: Moment) -> String {
    language.time(chrono_tz::UTC, expires_at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn personal() -> Personal {
        let token = "Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYg1".to_owned();
        let link = format!("https://portal.example/partnerships/{token}");
        let expires_at = Moment::parse_iso("2026-12-21T10:00:00Z").unwrap();
        Personal { link, token, expires_at, language: Language::ENGLISH }
    }

    #[test]
    fn a_text_is_kept_without_what_is_personal_and_shown_with_it() {
        let personal = personal();
        let shown = format!("Open\n{}\nuntil 21 Dec 2026, 10:00 (UTC).", personal.link);
        let kept = personal.strip(&shown);
        assert_eq!(kept, "Open\n[personal link]\nuntil [end of the link].");
        assert_eq!(personal.fill(&kept), shown);
    }

    #[test]
    fn a_text_in_another_language_has_the_same_end() {
        let personal = personal();
        for language in Language::all() {
            let shown = format!("{} … {}", personal.link, personal.clone().in_language(language).until());
            assert_eq!(personal.strip(&shown), format!("{LINK} … {UNTIL}"), "{language}");
        }
    }

    #[test]
    fn a_mangled_link_is_not_kept_either() {
        let personal = personal();
        let text = format!("see http://other.example/{} now", personal.token);
        assert_eq!(personal.strip(&text), "see [personal link] now");
    }

    #[test]
    fn only_the_whole_link_counts() {
        let personal = personal();
        let link = &personal.link;
        assert!(personal.is_in(&format!("({link})")) && personal.is_in(&format!("{link}.")));
        assert!(!personal.is_in(&format!("{link}x")) && !personal.is_in(&format!("{link}/x")));
        assert!(!personal.is_in(link.get(..link.len() - 1).unwrap()));
        assert!(personal.is_in(&format!("{link}x {link}")));
    }

    #[test]
    fn the_link_is_put_back_where_it_was_or_at_the_end() {
        let personal = personal();
        let link = &personal.link;
        assert_eq!(personal.put_back("Dear Olga,\n"), format!("Dear Olga,\n\n{link}\n"));
        assert_eq!(personal.put_back(""), format!("{link}\n"));
        assert_eq!(personal.put_back(&format!("See ({link}).")), format!("See ({link})."));
        let cut = link.get(..link.len() - 1).unwrap();
        assert_eq!(personal.put_back(&format!("See {cut}\nBye")), format!("See {link}\nBye"));
        assert_eq!(personal.put_back(&format!("See {link}x")), format!("See {link}"));
        let chinese = |link: &str| format!("請在此開啟{link}，並接受。");
        assert_eq!(personal.put_back(&chinese(cut)), chinese(link));
    }

    proptest! {
        #[test]
        fn nothing_that_is_kept_holds_the_token(before in any::<String>(), after in any::<String>(), whole in any::<bool>()) {
            let personal = personal();
            let middle = if whole { &personal.link } else { &personal.token };
            let kept = personal.strip(&format!("{before}{middle}{after}"));
            prop_assert!(!kept.contains(&personal.token));
        }

        #[test]
        fn after_putting_it_back_the_link_is_there(before in any::<String>(), cut in 0..90_usize, after in any::<String>()) {
            let personal = personal();
            let piece: String = personal.link.chars().take(cut).collect();
            let text = format!("{before}{piece}{after}");
            prop_assert!(personal.is_in(&personal.put_back(&text)));
        }

        #[test]
        fn what_was_kept_reads_back(before in "[a-z \n]{0,40}", after in "[a-z \n]{0,40}") {
            let personal = personal();
            let shown = format!("{before} {} {after}", personal.link);
            prop_assert_eq!(personal.fill(&personal.strip(&shown)), shown);
        }
    }
}
