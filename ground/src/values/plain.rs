//! Numbers, codes and addresses as people type and paste them: with digits of other scripts, wide letters, and signs
//! that nobody sees.

use icu_properties::props::GeneralCategory;

use super::unseen::{category, is_unseen};

/// The same with the ASCII digits, letters and dashes that were meant, and without what nobody sees: zero-width signs,
/// direction marks, soft hyphens, control characters.
pub fn plain(typed: &str) -> String {
    typed.chars().filter(|sign| !is_unseen(*sign)).map(narrow).collect()
}

fn narrow(sign: char) -> char {
    match sign {
        // Wide forms stand in the order of ASCII.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(sign) - 0xfee0).unwrap_or(sign),
        // The dashes of word processors, and the long sound mark that Japanese keyboards have in their place.
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{30fc}' => '-',
        // What Arabic puts between thousands, and before decimals.
        '\u{66c}' => ',',
        '\u{66b}' => '.',
        _ => digit(sign).unwrap_or(sign),
    }
}

/// The ASCII digit for one of any script. Each script has its ten in a row, from 0 to 9 (Unicode Standard, 4.6).
pub(super) fn digit(sign: char) -> Option<char> {
    let is_digit = |code: &u32| {
        char::from_u32(*code).is_some_and(|sign| category(sign) == GeneralCategory::DecimalNumber)
    };
    let code = u32::from(sign);
    let before = is_digit(&code).then(|| (0..code).rev().take_while(is_digit).count())?;
    char::from_digit(u32::try_from(before % 10).ok()?, 10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn digits_of_every_script_are_digits() {
        assert_eq!(plain("１０ ٤٨١٠ ۴۲ ४२ 𝟙𝟡 ๗"), "10 4810 42 42 19 7");
        assert_eq!(plain("0123456789"), "0123456789");
        // Numbers that are no digits stay what they are.
        assert_eq!(plain("½ Ⅷ ②"), "½ Ⅷ ②");
    }

    #[test]
    fn wide_letters_and_dashes_are_narrow_ones() {
        assert_eq!(plain("ＡＢ－１＠ｘ．ｄｅ"), "AB-1@x.de");
        assert_eq!(plain("−5 2–3 154ー0023"), "-5 2-3 154-0023");
        assert_eq!(plain("١٬٠٠٠ ١٢٫٥٠"), "1,000 12.50");
    }

    #[test]
    fn what_nobody_sees_goes() {
        assert_eq!(plain("\u{feff}a\u{200b}b\u{200f}c\u{ad}d\u{2060}e\0f\u{202e}"), "abcdef");
        assert_eq!(plain("\u{3164}1\u{200d}2\u{fe0f}3\u{34f}"), "123");
        assert_eq!(plain("a b\tc\n"), "a b\tc\n");
    }

    proptest! {
        #[test]
        fn what_is_plain_stays_so(typed in any::<String>()) {
            let once = plain(&typed);
            prop_assert_eq!(plain(&once), once);
        }
    }
}
