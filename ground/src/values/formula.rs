//! What spreadsheets take for a formula, and the apostrophes by which files keep them from it.

use std::borrow::Cow;

/// What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection).
const BEGINNINGS: [char; 4] = ['=', '+', '-', '@'];

/// Puts an apostrophe before everything that a spreadsheet would read as a formula. That is all that is changed: digits
/// stay as they are, so that a file reads back unchanged; whoever wants telephone numbers and long ids as text in a
/// spreadsheet takes the workbook.
pub fn harmless(cell: &str) -> String {
    let mut harmless = String::with_capacity(cell.len() + 1);
    for (part, is_beginning) in parts(cell) {
        if is_formula(part, is_beginning) {
            harmless.push('\'');
        }
        harmless.push_str(part);
    }
    harmless
}

/// What a cell said before an export made it harmless: the apostrophe goes that stands before the beginning of a formula.
pub fn plain(cell: &str) -> Cow<'_, str> {
    if !cell.contains('\'') {
        return cell.into();
    }
    let bare = |(part, is_beginning)| match str::strip_prefix(part, '\'') {
        Some(bare) if is_formula(part, is_beginning) => bare,
        _ => part,
    };
    parts(cell).map(bare).collect::<String>().into()
}

/// The parts that spreadsheets may take for cells of their own, whatever stands between quotes: some divide at `;`, where
/// the comma is the decimal point. With each comes whether it begins the cell.
fn parts(cell: &str) -> impl Iterator<Item = (&str, bool)> {
    let is_divider = |sign: char| matches!(sign, ';' | '\t' | '\r' | '\n');
    cell.split_inclusive(is_divider).enumerate().map(|(place, part)| (part, place == 0))
}

/// Whether a spreadsheet would read the beginning of this as a formula, or would once it has trimmed it. Apostrophes
/// before it change nothing, so that what is protected is told from what began with one.
fn is_formula(part: &str, is_beginning: bool) -> bool {
    let bare = part.trim_start_matches('\'');
    let is_trimmed = is_beginning && bare.starts_with(['\t', '\r']);
    is_trimmed || begins_formula(bare)
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
        fn what_an_export_protects_reads_back(cell in "[-=+@;' \"\t\r\na1]*") {
            let written = harmless(&cell);
            prop_assert_eq!(plain(&written), cell);
        }

        #[test]
        fn whatever_divides_cells_no_formula_begins(cell in "[-=+@;\t\n\" a]*") {
            for part in harmless(&cell).split([';', '\t', '\n']) {
                prop_assert!(!begins_formula(part), "{cell:?}: {part:?}");
            }
        }
    }
}
