//! What spreadsheets take for a formula, and the apostrophes by which files keep them from it.

use std::borrow::Cow;

/// What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection).
const BEGINNINGS: [char; 4] = ['=', '+', '-', '@'];

/// Puts an apostrophe before everything that a spreadsheet would read as a formula: at the beginning of a cell,
/// and where some divide cells too, whatever stands between quotes (at `;` where the comma is the decimal point).
pub fn harmless(cell: &str) -> String {
    let mut harmless = String::with_capacity(cell.len() + 1);
    if cell.starts_with(['\t', '\r']) {
        harmless.push('\'');
    }
    for part in cell.split_inclusive(is_divider) {
        if begins_formula(part) {
            harmless.push('\'');
        }
        harmless.push_str(part);
    }
    harmless
}

/// What a cell said before an export made it harmless: apostrophes go that stand before the beginning of a formula.
pub fn plain(cell: &str) -> Cow<'_, str> {
    if !cell.contains('\'') {
        return cell.into();
    }
    let mut plain = String::with_capacity(cell.len());
    for part in cell.split_inclusive(is_divider) {
        let bare = part.trim_start_matches('\'');
        plain.push_str(if begins_formula(bare) { bare } else { part });
    }
    plain.into()
}

fn is_divider(sign: char) -> bool {
    matches!(sign, ';' | '\t' | '\r' | '\n')
}

fn begins_formula(part: &str) -> bool {
    part.trim_start_matches([' ', '"']).starts_with(BEGINNINGS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_formula_begins_nowhere_inside_a_cell() {
        for (cell, shown) in [
            ("Harbor;=1+1", "Harbor;'=1+1"),
            ("Harbor;@SUM(A1)", "Harbor;'@SUM(A1)"),
            ("Harbor\t+1", "Harbor\t'+1"),
            ("a\n-1;b", "a\n'-1;b"),
            ("a;\"=1", "a;'\"=1"),
            ("\t=1", "'\t'=1"),
            (" =1", "' =1"),
            ("Smith-Jones; a+b", "Smith-Jones; a+b"),
        ] {
            assert_eq!(harmless(cell), shown);
        }
    }

    #[test]
    fn apostrophes_of_names_stay() {
        for name in ["'s-Hertogenbosch", "O'Neill", "'quoted'"] {
            assert_eq!(plain(name), name);
        }
        assert_eq!(plain("'+49 30 1234"), "+49 30 1234");
    }

    proptest! {
        #[test]
        fn what_an_export_protects_reads_back(cell in "[-=+@;' \"a1]*") {
            let once = plain(&cell);
            prop_assert_eq!(plain(&harmless(&once)).into_owned(), once.into_owned());
        }

        #[test]
        fn whatever_divides_cells_no_formula_begins(cell in "[-=+@;\t\n\" a]*") {
            for part in harmless(&cell).split([';', '\t', '\n']) {
                prop_assert!(!begins_formula(part), "{cell:?}: {part:?}");
            }
        }
    }
}
