//! The number under which a company is entered in its country's register.

use std::sync::OnceLock;

use regex::Regex;

use super::Demand;
use super::postal::anchored;
use crate::values::country::text::plain;
use crate::values::problem::Problem;

const MAXIMUM: usize = 30;

/// What registers write between the parts of an ID, each in its own way.
const SEPARATORS: &str = " -./\\,·•_:;'’()";

/// What else IDs are called on letterheads, of companies and of their taxes.
const NAMES: [&str; 16] = [
    "ИНН", "ОГРН", "GSTIN", "GST", "CIN", "PAN", "NPWP", "NIB", "REGON", "KRS", "VAT", "UID", "EIN", "ABN",
    "SIRET", "SIREN",
];

/// Countries whose IDs are more than letters and digits: in capital letters and without separators, as a regular
/// expression without its anchors, and one that belongs to nobody.
const PATTERNS: [(&str, &str, &str); 1] = [
    // Letters of the name, the day of the founding, and what tells namesakes apart (SAT, Código Fiscal, art. 27).
    ("MX", "[A-ZÑ&]{3,4}[0-9]{6}[A-Z0-9]{3}", "P&G851223B24"),
];

/// Whether a country wants a company's registration ID, and what one looks like.
#[derive(Debug)]
pub struct RegistrationRule {
    country: String,
    demand: Demand,
    digits: String,
    known_as: String,
    compiled: OnceLock<Option<Regex>>,
}

impl RegistrationRule {
    pub(in crate::values::country) fn new(
        country: &str,
        demand: Demand,
        digits: String,
        known_as: String,
    ) -> Self {
        Self { country: country.to_owned(), demand, digits, known_as, compiled: OnceLock::new() }
    }

    /// Whether the ID must be given.
    #[must_use]
    pub const fn demand(&self) -> Demand {
        self.demand
    }

    /// The allowed counts of digits, such as `9, 10 or 12`, where the ID is all digits.
    #[must_use]
    pub fn digits(&'static self) -> Option<&'static str> {
        Some(self.digits.as_str()).filter(|digits| !digits.is_empty())
    }

    /// What the ID is called at home, such as `INN`, where that is widely known.
    #[must_use]
    pub fn known_as(&self) -> Option<&str> {
        Some(self.known_as.as_str()).filter(|name| !name.is_empty())
    }

    /// An ID of the right form, where it is more than letters and digits.
    #[must_use]
    pub fn example(&self) -> Option<&'static str> {
        self.pattern().map(|(_, example)| example)
    }

    fn pattern(&self) -> Option<(&'static str, &'static str)> {
        let own = PATTERNS.iter().find(|(country, ..)| *country == self.country);
        own.map(|(_, pattern, example)| (*pattern, *example))
    }

    pub(in crate::values::country) fn check(&'static self, text: &str) -> Result<Option<String>, Problem> {
        let typed = plain(text).to_uppercase();
        let Some(id) = self.demand.met_by(self.bare(&typed), MAXIMUM)? else {
            // Signs that are no ID are not taken for none.
            return if typed.trim().is_empty() { Ok(None) } else { Err(Problem::OnlyAnId) };
        };
        match (self.digits(), self.pattern()) {
            (Some(allowed), _) if !has_digits(&id, allowed) => Err(Problem::DigitsCount { allowed }),
            (None, Some((pattern, example))) if !self.fits(&id, pattern) => {
                Err(Problem::Malformed { example })
            }
            (None, None) if !id.chars().all(|sign| sign.is_ascii_alphanumeric()) => Err(Problem::OnlyAnId),
            _ => Ok(Some(id)),
        }
    }

    /// The ID without separators, and without what people copy along: its name before it (`NIP: 856-…`), and before
    /// numbers the country, as in tax numbers.
    fn bare(&self, typed: &str) -> String {
        let own = self.known_as.to_uppercase();
        let is_apart = |rest: &&str| rest.starts_with([' ', ':', '.']);
        let names = std::iter::once(own.as_str()).chain(NAMES).filter(|name| !name.is_empty());
        let named = names.into_iter().find_map(|name| typed.strip_prefix(name).filter(is_apart));
        let bare: String =
            named.unwrap_or(typed).chars().filter(|sign| !SEPARATORS.contains(*sign)).collect();
        match bare.strip_prefix(&self.country) {
            Some(number) if !self.digits.is_empty() => number.to_owned(),
            // A tilde that stands by itself comes from keyboards that type it after its letter.
            _ => bare.replace("N\u{303}", "Ñ"),
        }
    }

    fn fits(&self, id: &str, pattern: &str) -> bool {
        self.compiled.get_or_init(|| anchored(pattern)).as_ref().is_some_and(|pattern| pattern.is_match(id))
    }
}

fn has_digits(id: &str, allowed: &str) -> bool {
    let count = id.len().to_string();
    id.bytes().all(|byte| byte.is_ascii_digit())
        && allowed.split(|sign: char| !sign.is_ascii_digit()).any(|allowed| allowed == count)
}
