//! What is wrong with a postal code.

/// Why a text is no postal code of its country.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadPostalCode {
    /// The country's codes are all digits.
    NotDigits,
    /// They are, and this one has more or fewer.
    DigitCount { allowed: String, entered: usize },
    /// Letters or digits where the country's codes have others.
    Shape,
}

/// No postal code has more digits.
const MOST: usize = 10;

impl BadPostalCode {
    /// Why this code was not taken, where `fits` says which are.
    pub fn of(code: &str, example: &str, fits: impl Fn(&str) -> bool) -> Self {
        let is_number = |text: &str| text.chars().all(|sign| sign.is_ascii_digit() || " -".contains(sign));
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
        if !is_number(example) {
            return Self::Shape;
        }
        if !is_number(code) {
            return Self::NotDigits;
        }
        // Some countries have no codes that begin with certain digits, so each length is tried with all of them.
        let fits_at = |length: &usize| ('0'..='9').any(|digit| fits(&digit.to_string().repeat(*length)));
        let example = digits(example);
        let lengths: Vec<usize> = (1..=MOST).filter(|length| *length == example || fits_at(length)).collect();
        if lengths.contains(&digits(code)) {
            return Self::Shape;
        }
        let allowed = lengths.iter().map(usize::to_string).collect::<Vec<_>>().join(" or ");
        Self::DigitCount { allowed, entered: digits(code) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::country::Country;
    use crate::values::problem::Problem;

    #[test]
    fn each_slip_has_its_own_reason() {
        let count =
            |allowed: &str, entered| BadPostalCode::DigitCount { allowed: allowed.to_owned(), entered };
        for (country, typed, reason) in [
            ("DE", "2045", count("5", 4)),
            ("DE", "204577", count("5", 6)),
            ("US", "9805", count("5 or 9", 4)),
            ("AT", "101", count("4", 3)),
            ("DE", "2O457", BadPostalCode::NotDigits),
            ("GB", "12345", BadPostalCode::Shape),
            ("CA", "D3Z 2Y7", BadPostalCode::Shape),
        ] {
            let found = Country::parse(country).unwrap().check_postal_code(typed);
            assert!(
                matches!(&found, Err(Problem::PostalCode { fault, .. }) if *fault == reason),
                "{country} {typed}: {found:?}"
            );
        }
    }
}
