//! Phone numbers: the North American numbering plan, everybody else's, and numbers from abroad in any country.

mod abroad;
mod extension;

use std::ops::RangeInclusive;

use serde::Deserialize;

use super::Demand;
use crate::values::country::text::plain;
use crate::values::problem::{BadPhone, Problem};

const MAXIMUM: usize = 30;

/// At most fifteen digits (ITU-T E.164).
const INTERNATIONAL_DIGITS: RangeInclusive<usize> = 5..=15;
/// With and without the 1 in front (North American Numbering Plan).
const NORTH_AMERICAN_DIGITS: RangeInclusive<usize> = 10..=11;

/// What people write between the digits.
const SEPARATORS: &str = " ()./-";

/// How the phone numbers of a country are built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PhonePlan {
    /// Any number that can be dialled from abroad
    International,
    /// The plan that the United States, Canada and much of the Caribbean share
    NorthAmerican,
}

/// Whether a country wants a phone number, and what one looks like.
#[derive(Debug)]
pub struct PhoneRule {
    country: String,
    demand: Demand,
    plan: PhonePlan,
    example: String,
}

impl PhoneRule {
    pub(in crate::values::country) fn new(
        country: &str,
        demand: Demand,
        plan: PhonePlan,
        example: String,
    ) -> Self {
        Self { country: country.to_owned(), demand, plan, example }
    }

    /// Whether a number must be given. Countries that demand a registration ID demand it too.
    #[must_use]
    pub const fn demand(&self) -> Demand {
        self.demand
    }

    /// The numbering plan.
    #[must_use]
    pub const fn plan(&self) -> PhonePlan {
        self.plan
    }

    /// A number of the right form that belongs to nobody.
    #[must_use]
    pub fn example(&self) -> &str {
        &self.example
    }

    pub(in crate::values::country) fn check(&'static self, text: &str) -> Result<Option<String>, Problem> {
        let Some(typed) = self.demand.met_by(plain(text), usize::MAX)? else {
            return Ok(None);
        };
        let (typed, extension) = extension::split(&typed);
        if typed.chars().count() > MAXIMUM {
            return Err(Problem::TooLong { maximum: MAXIMUM });
        }
        let typed = without_label(typed);
        let number = self.number(typed).ok_or_else(|| self.wrong(typed))?;
        Ok(Some(match extension {
            Some(extension) => extension::written(&number, extension),
            None => number,
        }))
    }

    /// The number as it is kept: from abroad with its plus sign, otherwise with the separators that were typed.
    fn number(&self, typed: &str) -> Option<String> {
        if let Some(number) = abroad::number(typed, &self.country, self.plan) {
            return Some(number);
        }
        let number = typed.trim_matches([' ', '.', '/', '-']);
        let is_number = number.chars().all(|sign| sign.is_ascii_digit() || SEPARATORS.contains(sign));
        let digits = digits(number);
        let is_dialled = match self.plan {
            PhonePlan::International => INTERNATIONAL_DIGITS.contains(&digits.len()),
            PhonePlan::NorthAmerican => {
                abroad::is_north_american(digits.strip_prefix('1').unwrap_or(&digits))
            }
        };
        (is_number && is_dialled && !abroad::is_meant(&digits)).then(|| number.to_owned())
    }

    fn wrong(&'static self, typed: &str) -> Problem {
        let digits = match self.plan {
            PhonePlan::NorthAmerican if !typed.starts_with('+') => NORTH_AMERICAN_DIGITS,
            PhonePlan::NorthAmerican | PhonePlan::International => INTERNATIONAL_DIGITS,
        };
        Problem::Phone { fault: BadPhone::of(typed, digits), example: &self.example }
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// The number without the word that stands before it in signatures and links.
fn without_label(typed: &str) -> &str {
    const LABELS: [&str; 3] = ["telephone", "phone", "tel"];
    let is_labelled =
        |label: &&&str| typed.get(..label.len()).is_some_and(|start| start.eq_ignore_ascii_case(label));
    let label = LABELS.iter().find(is_labelled).map_or(0, |label| label.len());
    typed
        .get(label..)
        .map_or(typed, |rest| if label == 0 { rest } else { rest.trim_start_matches([':', '.', ' ']) })
}
