//! What people type, brought into one form before a rule looks at it.

use crate::values;

/// A code or number on one line, as a plain keyboard writes it.
pub(super) fn plain(text: &str) -> String {
    values::name::line(&values::plain::plain(text))
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
    fn full_width_signs_and_dashes_become_plain() {
        assert_eq!(plain("１５４－００２３"), "154-0023");
        assert_eq!(plain("154ー0023 – 5"), "154-0023 - 5");
        assert_eq!(plain("  154\t0023 \r\n\0"), "154 0023");
    }

    #[test]
    fn accents_and_case_do_not_count() {
        assert_eq!(folded("Åland"), folded("aland"));
        assert_eq!(folded("QUÉRETARO"), folded("Queretaro"));
    }
}
