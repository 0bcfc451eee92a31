//! Signs that nobody sees: zero-width ones, direction marks, soft hyphens, fillers, controls. Two texts that look the
//! same should be the same.

use icu_properties::props::{DefaultIgnorableCodePoint, GeneralCategory, Script};
use icu_properties::{CodePointMapData, CodePointSetData};

/// The text as people see it, for names and prose. What is unseen goes, except where a script is written with it:
/// Persian and the scripts of India join and part letters by signs of their own, emoji are put together by them, and
/// a Japanese family may write its name with a variant of a character.
pub fn without_unseen(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut before = None;
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        let mut goes_on = || signs.peek().is_some_and(|next| !is_unseen(*next) && joins(*next));
        let stays = !is_unseen(sign)
            || is_joiner(sign) && before.is_some_and(joins) && goes_on()
            || is_selector(sign) && before.is_some_and(has_variants);
        if stays {
            kept.push(sign);
            before = Some(sign);
        }
    }
    kept
}

/// Whether it is shown as nothing. White space is not among it: it keeps words apart.
pub fn is_unseen(sign: char) -> bool {
    let is_format = || category(sign) == GeneralCategory::Format && !is_number_mark(sign);
    let is_ignorable = || CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(sign);
    !sign.is_ascii_graphic() && (sign.is_control() && !sign.is_whitespace() || is_ignorable() || is_format())
}

/// Whether it is shown as a gap: white space, and two signs that Unicode counts among the symbols.
pub fn is_blank(sign: char) -> bool {
    sign.is_whitespace() || matches!(sign, '\u{2800}' | '\u{1d159}')
}

/// Whether there is anything to see: a mark alone stands on nothing.
pub fn is_visible(text: &str) -> bool {
    let is_mark =
        |sign| matches!(category(sign), GeneralCategory::NonspacingMark | GeneralCategory::EnclosingMark);
    text.chars().any(|sign| !is_blank(sign) && !is_unseen(sign) && !is_mark(sign))
}

pub fn category(sign: char) -> GeneralCategory {
    CodePointMapData::<GeneralCategory>::new().get(sign)
}

fn script(sign: char) -> Script {
    CodePointMapData::<Script>::new().get(sign)
}

/// Signs of Arabic and Indian scripts that stand around a number and are drawn, although they count as formats.
fn is_number_mark(sign: char) -> bool {
    matches!(sign, '\u{600}'..='\u{605}' | '\u{6dd}' | '\u{70f}' | '\u{890}' | '\u{891}' | '\u{8e2}')
        || matches!(sign, '\u{110bd}' | '\u{110cd}')
}

fn is_joiner(sign: char) -> bool {
    matches!(sign, '\u{200c}' | '\u{200d}')
}

fn is_selector(sign: char) -> bool {
    matches!(sign, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' | '\u{180b}'..='\u{180d}' | '\u{180f}')
}

/// Whether joiners beside it change what is seen. Letters of these scripts stand side by side as they are.
fn joins(sign: char) -> bool {
    const APART: [Script; 10] = [
        Script::Latin,
        Script::Greek,
        Script::Cyrillic,
        Script::Armenian,
        Script::Georgian,
        Script::Han,
        Script::Hiragana,
        Script::Katakana,
        Script::Hangul,
        Script::Bopomofo,
    ];
    match script(sign) {
        Script::Common => is_symbol(sign),
        // A mark belongs to what it stands on, and the selector of emoji to the emoji.
        Script::Inherited => !is_joiner(sign),
        script => !APART.contains(&script),
    }
}

/// Whether a selector behind it can choose another shape.
fn has_variants(sign: char) -> bool {
    matches!(script(sign), Script::Han | Script::Mongolian | Script::Myanmar | Script::PhagsPa)
        && !is_selector(sign)
        || is_symbol(sign)
}

fn is_symbol(sign: char) -> bool {
    !sign.is_ascii()
        && matches!(
            category(sign),
            GeneralCategory::OtherSymbol | GeneralCategory::MathSymbol | GeneralCategory::ModifierSymbol
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_nobody_sees_goes_from_names() {
        for (typed, seen) in [
            ("Har\u{ad}bor\u{200b} \u{feff}Distribution\u{2060}", "Harbor Distribution"),
            ("\u{202e}Harbor\u{202c}", "Harbor"),
            ("\u{2066}Harbor\u{2069}\u{200e}\u{200f}\u{61c}", "Harbor"),
            ("Bright\u{200d}water", "Brightwater"),
            ("Auf\u{200c}lage", "Auflage"),
            ("Мир\u{200d}а", "Мира"),
            ("\u{3164}김\u{115f}민\u{ffa0}", "김민"),
            ("a\u{e0041}b\u{fe0f}c\u{180e}", "abc"),
            ("a\0b\u{7}c\u{9f}d", "abcd"),
        ] {
            assert_eq!(without_unseen(typed), seen, "{typed:?}");
        }
    }

    #[test]
    fn scripts_keep_what_they_are_written_with() {
        for name in [
            "نامه\u{200c}ها",
            "ශ්\u{200d}රී ලංකා",
            "র\u{200d}্যাব",
            "👩\u{200d}👩\u{200d}👧",
            "❤\u{fe0f}",
            "👩🏽\u{200d}💻",
            "葛\u{e0100}城市",
            "ᠠ\u{180b}",
            "١\u{6dd}",
        ] {
            assert_eq!(without_unseen(name), name, "{name:?}");
        }
        // At an end and beside a blank they do nothing.
        assert_eq!(without_unseen("\u{200c}نامه\u{200c} ها\u{200d}"), "نامه ها");
    }

    #[test]
    fn nothing_is_nothing_to_see() {
        for nothing in
            ["", " ", "\u{200b}", "\u{3164}", "\u{2800}", "\u{301}", "\u{202e}\u{2066}", "\u{ad}\t\u{1d159}"]
        {
            assert!(!is_visible(nothing), "{nothing:?}");
        }
        for something in [".", "é", "山", "e\u{301}", "١"] {
            assert!(is_visible(something), "{something:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_seen_stays(text in any::<String>()) {
            let once = without_unseen(&text);
            prop_assert_eq!(without_unseen(&once), once.clone());
            prop_assert_eq!(is_visible(&once), is_visible(&text));
        }

        #[test]
        fn signs_in_any_order_are_answered_and_stay(text in "[aй山ن👩्ක\u{200b}-\u{200f}\u{fe0f}\u{e0100}\u{202e}\u{301} ]{0,12}") {
            let once = without_unseen(&text);
            prop_assert_eq!(without_unseen(&once), once);
        }
    }
}
