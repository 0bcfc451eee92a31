//! What people type, brought into one form before a rule looks at it.

use crate::values;

/// A code or number on one line, as a plain keyboard writes it.
pub(super) fn plain(text: &str) -> String {
    values::name::line(&values::plain::plain(text))
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
}
