//! Text as people look for it: without case, accents, widths and other differences that a keyboard may not have.
//! Whatever is found, sorted or compared by likeness is folded by this one function; what is shown is not.

use std::collections::BTreeSet;

use icu_casemap::CaseMapper;
use icu_normalizer::{
    ComposingNormalizerBorrowed as Composing, DecomposingNormalizerBorrowed as Decomposing,
};
use icu_properties::props::{
    BinaryProperty as _, CanonicalCombiningClass, DefaultIgnorableCodePoint, EastAsianWidth,
    EnumeratedProperty as _,
};

use super::plain::digit;

/// Grows whenever the same text is folded otherwise than before: then what is kept is folded anew at the next start.
pub const VERSION: i32 = 1;

/// The text folded: one line, with single spaces. Folding it again changes nothing.
pub fn folded(text: &str) -> String {
    let apart = Decomposing::new_nfkd().normalize(text);
    let bare: String = apart.chars().filter(|sign| !is_mark(*sign) && !is_unseen(*sign)).collect();
    let mut plain = String::with_capacity(bare.len());
    for sign in CaseMapper::new().fold_string(&bare).chars() {
        match letters(sign) {
            Some(letters) => plain.push_str(letters),
            None => plain.push(digit(sign).unwrap_or(sign)),
        }
    }
    let words: Vec<&str> = plain.split(|sign: char| sign.is_whitespace() || sign.is_control()).collect();
    let line = words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    // Syllables of Hangul and voiced kana are one sign again.
    Composing::new_nfc().normalize(&line).into_owned()
}

/// Whether one or two such signs are a word that people look for inside a name: ideographs, kana, hangul.
pub fn is_word_sign(sign: char) -> bool {
    sign.is_alphanumeric() && EastAsianWidth::for_char(sign) == EastAsianWidth::Wide
}

/// The lines that are searched together. No search can hold a line feed, so none reaches from one into the next.
pub fn search_text<const N: usize>(lines: [&str; N]) -> String {
    lines.map(folded).join("\n")
}

/// Single signs and pairs that are looked for inside a name, divided by blanks: an index of trigrams finds none as short.
pub fn short_parts(name: &str) -> String {
    let folded = folded(name);
    let mut parts = BTreeSet::new();
    for word in folded.split(' ') {
        parts.extend(word.chars().filter(|sign| is_word_sign(*sign)).map(String::from));
        let pairs = word.chars().zip(word.chars().skip(1));
        let is_wanted = |(one, other): &(char, char)| is_word_sign(*one) || is_word_sign(*other);
        parts.extend(pairs.filter(is_wanted).map(|(one, other)| String::from_iter([one, other])));
    }
    parts.into_iter().collect::<Vec<_>>().join(" ")
}

/// An accent above, below or through a letter, a Hebrew point or an Arabic vowel sign, by their classes (UAX #44,
/// 5.7.4). The marks of other classes are letters to those who write them: vowels of Thai and the scripts of India, and
/// what tells ガ from カ.
fn is_mark(sign: char) -> bool {
    matches!(CanonicalCombiningClass::for_char(sign).0, 1 | 10..=36 | 200..=234)
}

/// Whether nothing is shown for a sign: a joiner, a direction mark, a soft hyphen.
pub fn is_unseen(sign: char) -> bool {
    DefaultIgnorableCodePoint::for_char(sign)
}

/// What stands for letters that Unicode takes for letters of their own, and for punctuation of word processors.
fn letters(sign: char) -> Option<&'static str> {
    Some(match sign {
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ƀ' | 'ɓ' => "b",
        'ƈ' => "c",
        'đ' | 'ð' | 'ɖ' | 'ɗ' => "d",
        'ə' | 'ǝ' | 'ɛ' | 'ɇ' => "e",
        'ƒ' => "f",
        'ǥ' | 'ɠ' => "g",
        'ħ' => "h",
        'ı' | 'ɨ' | 'ɩ' => "i",
        'ȷ' | 'ɉ' => "j",
        'ƙ' | 'ĸ' => "k",
        'ł' | 'ƚ' => "l",
        'ŋ' | 'ɲ' => "n",
        'ø' | 'ɔ' | 'ɵ' => "o",
        'ƥ' => "p",
        'ɍ' => "r",
        'ŧ' | 'ƭ' => "t",
        'ʉ' => "u",
        'ʋ' => "v",
        'ƴ' | 'ɏ' => "y",
        'ƶ' => "z",
        // The tatweel only makes Arabic words longer.
        'ـ' => "",
        '\u{2018}'..='\u{201b}' | '\u{2b9}'..='\u{2bc}' | '\u{2032}' | '´' | '`' => "'",
        '\u{201c}'..='\u{201f}' | '«' | '»' | '\u{2033}' => "\"",
        '\u{2010}'..='\u{2015}' | '\u{2212}' => "-",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_people_type_finds_what_is_written() {
        for (typed, written) in [
            ("angstrom", "Ångström"),
            ("jaskolka", "Jaskółka"),
            ("ARGER", "Ärger"),
            ("strasse", "Straße"),
            ("STRASSE", "STRAẞE"),
            ("smorrebrod", "Smørrebrød"),
            ("thorshofn", "Þórshöfn"),
            ("aeroe oeuvre", "Ærœ Œuvre"),
            ("dakovo", "Đakovo"),
            ("istanbul", "İSTANBUL"),
            ("diyarbakir", "Dıyarbakır"),
            ("nguyen hue", "Nguyễn Huệ"),
            ("l'oreal", "L’Oréal"),
            ("saint-etienne", "Saint‐Étienne"),
            ("azerbaycan", "Azərbaycan"),
            ("αθηνα", "ΑΘΉΝΑ"),
            ("οδυσσευσ", "Οδυσσεύς"),
            ("королев", "КОРОЛЁВ"),
            ("abc", "ＡＢＣ"),
            ("カメラ", "ｶﾒﾗ"),
            ("ガス", "ｶﾞｽ"),
            ("(株)山田", "㈱山田"),
            ("office 24", "o\u{fb03}ce ２４"),
            ("24", "٢٤"),
            ("محمد", "مُحَمَّد"),
            ("שלום", "שָׁלוֹם"),
        ] {
            assert_eq!(folded(written), typed.to_lowercase(), "{written}");
            assert_eq!(folded(typed), folded(written), "{typed}");
        }
    }

    #[test]
    fn composed_and_decomposed_are_one() {
        for (composed, decomposed) in
            [("Ångström", "A\u{30a}ngstro\u{308}m"), ("ガ", "カ\u{3099}"), ("한", "한")]
        {
            assert_eq!(folded(composed), folded(decomposed), "{composed}");
        }
        assert_eq!(folded("한글"), "한글");
    }

    #[test]
    fn what_is_another_word_stays_one() {
        for (one, other) in [("ガス", "カス"), ("กุ", "ก"), ("कि", "क"), ("ハハ", "パパ"), ("o", "0")]
        {
            assert_ne!(folded(one), folded(other), "{one}");
        }
    }

    #[test]
    fn nobody_sees_what_goes_and_blanks_are_one_space() {
        assert_eq!(folded("\u{feff}Al\u{ad}der\u{200b} \u{a0}\u{3000}&\tFinch\u{fe0f} "), "alder & finch");
        assert_eq!(folded("\u{200e}\u{2060}"), "");
    }

    #[test]
    fn names_stand_among_those_of_their_letter() {
        let mut names = ["Zander", "ÖBB", "Olsen", "Påhl", "Škoda", "Sander", "Tal"];
        names.sort_by_cached_key(|name| folded(name));
        assert_eq!(names, ["ÖBB", "Olsen", "Påhl", "Sander", "Škoda", "Tal", "Zander"]);
    }

    #[test]
    fn signs_that_are_words_are_known() {
        assert!("株式会社さくらサクラー々한글ㄅ".chars().all(is_word_sign));
        assert!(
            !"aä&１ ・(😀яﬁกक"
                .chars()
                .map(|sign| folded(&sign.to_string()))
                .any(|text| text.chars().any(is_word_sign))
        );
    }

    #[test]
    fn what_is_found_inside_a_name_is_in_its_short_parts() {
        assert_eq!(short_parts("山田商店 Ltd"), "商 商店 山 山田 店 田 田商");
        assert_eq!(short_parts("A社"), "a社 社");
        assert_eq!(short_parts("Ångström & Co"), "");
    }

    proptest! {
        #[test]
        fn folding_again_changes_nothing(text in any::<String>()) {
            let once = folded(&text);
            prop_assert_eq!(folded(&once), once.clone());
            prop_assert!(!once.chars().any(char::is_control) && once.trim() == once);
        }

        #[test]
        fn every_form_and_case_of_a_text_is_found_by_every_other(text in "\\PC{0,20}") {
            let apart = Decomposing::new_nfd().normalize(&text);
            let forms = [
                apart.clone().into_owned(),
                Composing::new_nfc().normalize(&text).into_owned(),
                Composing::new_nfkc().normalize(&text).into_owned(),
                CaseMapper::new().fold_string(&apart).into_owned(),
                apart.to_uppercase(),
                apart.to_lowercase(),
            ];
            for form in forms {
                prop_assert_eq!(folded(&form), folded(&text), "{}", form);
            }
        }
    }
}
