//! Labels of fields.

use std::fmt::Display;

/// The label of a field amid a sentence: `Company name` is "the company name", `Your password` "your password",
/// `MPN ID` "the MPN ID".
pub fn the(label: impl Display) -> String {
    let label = label.to_string();
    // What stands in brackets tells fields apart, and is no part of the name.
    let label = label.split(" (").next().unwrap_or_default();
    let mut words = String::with_capacity(label.len() + 4);
    // "Address line 2" is a name by itself.
    let is_numbered = label.trim_end().ends_with(|sign: char| sign.is_ascii_digit());
    if !label.starts_with("Your ") && !is_numbered {
        words.push_str("the ");
    }
    let mut signs = label.trim().chars().peekable();
    let mut begins = true;
    while let Some(sign) = signs.next() {
        // What goes on in capitals is an abbreviation.
        let is_word = signs.peek().is_some_and(|next| next.is_lowercase());
        match begins && is_word {
            true => words.extend(sign.to_lowercase()),
            false => words.push(sign),
        }
        begins = sign == '/';
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_reads_within_a_sentence() {
        for (label, words) in [
            ("Company name", "the company name"),
            ("Your password", "your password"),
            ("MPN ID", "the MPN ID"),
            ("ZIP/Postal code", "the ZIP/postal code"),
            ("Address line 1", "address line 1"),
            ("Country/region", "the country/region"),
            ("Licenses of Business Basic", "the licenses of Business Basic"),
            ("Last name (who accepted)", "the last name"),
            ("Reseller’s email address", "the reseller’s email address"),
        ] {
            assert_eq!(the(label), words);
        }
    }
}
