//! What people type, brought into one form before a rule looks at it.

use crate::values;

/// One line without stray blanks: control characters (a database may refuse them) count as blanks.
pub(super) fn tidy(text: &str) -> String {
    text.split(|sign: char| sign.is_whitespace() || sign.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// A code or number on one line, as a plain keyboard writes it.
pub(super) fn plain(text: &str) -> String {
    values::plain::plain(&tidy(text))
}

/// A name for comparing: small letters without the accents that the names of our tables use.
pub(super) fn folded(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .map(|letter| match letter {
            'á' | 'ã' | 'å' => 'a',
            'ç' => 'c',
            'é' | 'è' => 'e',
            'í' => 'i',
            'ó' | 'ô' => 'o',
            'ü' => 'u',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_and_control_characters_become_single_spaces() {
        assert_eq!(tidy("  New\t York \r\n\0"), "New York");
    }

    #[test]
    fn full_width_signs_and_dashes_become_plain() {
        assert_eq!(plain("１５４－００２３"), "154-0023");
        assert_eq!(plain("154ー0023 – 5"), "154-0023 - 5");
    }

    #[test]
    fn accents_and_case_do_not_count() {
        assert_eq!(folded("Åland"), folded("aland"));
        assert_eq!(folded("QUÉRETARO"), folded("Queretaro"));
    }
}
