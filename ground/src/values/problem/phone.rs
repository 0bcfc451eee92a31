//! What is wrong with a telephone number.

use std::ops::RangeInclusive;

/// Why a text is no telephone number, the plainest reason first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadPhone {
    Letters,
    OddSign(char),
    TooFewDigits {
        minimum: usize,
    },
    TooManyDigits {
        maximum: usize,
    },
    /// Digits and signs that stand as they do in no number.
    Shape,
}

/// What stands between digits.
const SIGNS: [char; 7] = ['+', '(', ')', '/', '.', '-', ' '];

impl BadPhone {
    /// Why this text was not taken, where numbers have so many digits.
    pub fn of(typed: &str, allowed: RangeInclusive<usize>) -> Self {
        let (minimum, maximum) = (*allowed.start(), *allowed.end());
        let odd = typed.chars().find(|sign| !sign.is_ascii_digit() && !SIGNS.contains(sign));
        let digits = typed.chars().filter(char::is_ascii_digit).count();
        match odd {
            Some(letter) if letter.is_alphabetic() => Self::Letters,
            Some(sign) => Self::OddSign(sign),
            None if digits < minimum => Self::TooFewDigits { minimum },
            None if digits > maximum => Self::TooManyDigits { maximum },
            None => Self::Shape,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_slip_has_its_own_reason() {
        for (typed, reason) in [
            ("ring me", BadPhone::Letters),
            ("+49 40 CALL", BadPhone::Letters),
            ("040 123456 #7", BadPhone::OddSign('#')),
            ("040", BadPhone::TooFewDigits { minimum: 5 }),
            ("+49 40 12345678901234", BadPhone::TooManyDigits { maximum: 15 }),
            ("040+123456", BadPhone::Shape),
        ] {
            assert_eq!(BadPhone::of(typed, 5..=15), reason, "{typed}");
        }
    }
}
