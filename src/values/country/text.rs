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
}
