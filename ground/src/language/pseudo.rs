//! A language that nobody speaks (`en-XA`, as in CLDR): English with accents on all letters and brackets around all
//! messages. What a page shows without them, no language can say. Only builds for development speak it, and only to
//! whoever asks for it by its tag.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

pub(super) const TAG: &str = "en-XA";

/// What was said once is kept: there are as many messages as templates have.
static SAID: LazyLock<Mutex<HashMap<&'static str, &'static str>>> = LazyLock::new(Mutex::default);

pub(super) fn say(english: &'static str) -> &'static str {
    let mut said = SAID.lock().unwrap_or_else(PoisonError::into_inner);
    said.entry(english).or_insert_with(|| format!("⟦{}⟧", accented(english)).leak())
}

/// Tags and gaps stay as they are.
fn accented(english: &str) -> String {
    let mut until = None;
    english
        .chars()
        .map(|sign| match until {
            Some(end) => {
                if sign == end {
                    until = None;
                }
                sign
            }
            None => {
                until = match sign {
                    '<' => Some('>'),
                    '{' => Some('}'),
                    _ => None,
                };
                accent(sign)
            }
        })
        .collect()
}

fn accent(sign: char) -> char {
    const PLAIN: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const ACCENTED: &str = "áƀçđéƒǵĥíĵķłɱñóƥɋřšťúʋŵẋýžÁßÇĐÉƑǴĤÍĴĶŁṀÑÓƤɊŘŠŤÚṼŴẊÝŽ";
    let place = PLAIN.chars().position(|plain| plain == sign);
    place.and_then(|place| ACCENTED.chars().nth(place)).unwrap_or(sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_accents_and_tags_and_gaps_have_none() {
        assert_eq!(
            say("<bdi>{name}</bdi> was <a>asked</a> 2 times"),
            "⟦<bdi>{name}</bdi> ŵáš <a>ášķéđ</a> 2 ťíɱéš⟧"
        );
        assert_eq!(say("."), "⟦.⟧");
    }

    #[test]
    fn every_letter_has_an_accent() {
        assert!(('a'..='z').chain('A'..='Z').all(|letter| !accent(letter).is_ascii()));
    }
}
