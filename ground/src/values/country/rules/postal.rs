//! Postal codes (Universal Postal Union addressing).

mod prefixes;

use std::sync::OnceLock;

use regex::{Regex, RegexBuilder};

use super::Demand;
use crate::values::country::text::plain;
use crate::values::problem::{BadPostalCode, Problem};

const MAXIMUM: usize = 20;

/// What people write between the parts of a code, or around it.
const SEPARATORS: &str = " -./\\,·•_:;'’()[]";

/// What stands before a code and means "post" in Japan.
const MARKS: [char; 3] = ['〒', '〶', '〠'];

/// Whether a country has postal codes, and what one looks like (Universal Postal Union addressing).
#[derive(Debug)]
pub struct PostalRule {
    country: String,
    demand: Demand,
    pattern: String,
    form: String,
    example: String,
    compiled: OnceLock<Option<Regex>>,
}

impl PostalRule {
    /// `form` says how the parts found by `pattern` are written together, such as `$1 $2`; empty
    /// keeps the code as it was found.
    pub(in crate::values::country) fn new(
        country: &str,
        demand: Demand,
        pattern: String,
        form: String,
        example: String,
    ) -> Self {
        Self { country: country.to_owned(), demand, pattern, form, example, compiled: OnceLock::new() }
    }

    /// Whether the country has postal codes and insists on them.
    #[must_use]
    pub const fn demand(&self) -> Demand {
        self.demand
    }

    /// A code of the right form; empty where there are none.
    #[must_use]
    pub fn example(&self) -> &str {
        &self.example
    }

    /// The accepted codes in capital letters, as a regular expression without its anchors.
    #[must_use]
    pub fn pattern(&self) -> &str {
        &self.pattern
    }

    pub(in crate::values::country) fn check(&'static self, text: &str) -> Result<Option<String>, Problem> {
        let typed = plain(text).trim_start_matches(MARKS).trim().to_uppercase();
        let Some(code) = self.demand.met_by(typed, MAXIMUM)? else {
            return Ok(None);
        };
        match self.canonical(&code) {
            Some(code) => Ok(Some(code)),
            None => {
                let fault = BadPostalCode::of(&code, &self.example, |code| self.canonical(code).is_some());
                Err(Problem::PostalCode { fault, example: &self.example })
            }
        }
    }

    /// The code in the spelling of its post, with separators wherever they were typed and with the country before it
    /// (`D-20457`), as on letters from abroad.
    fn canonical(&self, typed: &str) -> Option<String> {
        let code: String =
            typed.chars().filter(|sign| !SEPARATORS.contains(*sign) && !MARKS.contains(sign)).collect();
        self.written(&code).or_else(|| {
            let prefixes = prefixes::of(&self.country).iter().copied().chain([self.country.as_str()]);
            prefixes.filter_map(|prefix| code.strip_prefix(prefix)).find_map(|rest| self.written(rest))
        })
    }

    fn written(&self, code: &str) -> Option<String> {
        let parts = self.regex()?.captures(code)?;
        if self.form.is_empty() {
            return Some(code.to_owned());
        }
        let mut written = String::new();
        parts.expand(&self.form, &mut written);
        // A last part that may be left out leaves its separator behind.
        Some(written.trim_end_matches([' ', '-']).to_owned())
    }

    /// Compiled at the first code of the country: nobody needs all of them.
    fn regex(&self) -> Option<&Regex> {
        self.compiled.get_or_init(|| anchored(&self.pattern)).as_ref()
    }
}

/// Compiles a pattern that must fit the whole text. Our patterns are all well formed, which a test
/// proves; one that was not would accept nothing.
pub(super) fn anchored(pattern: &str) -> Option<Regex> {
    RegexBuilder::new(&format!("^(?:{pattern})$")).build().ok()
}
