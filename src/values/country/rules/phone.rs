//! Phone numbers: the North American numbering plan, and everybody else's.

use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;

use super::Demand;
use super::postal::anchored;
use crate::values::country::text::plain;
use crate::values::problem::{BadPhone, Problem};

const MAXIMUM: usize = 30;

/// At most fifteen digits (ITU-T E.164) with the usual signs between them.
static INTERNATIONAL: LazyLock<Option<Regex>> =
    LazyLock::new(|| anchored(r"[ (]*\+?[ ()./-]*(?:[0-9][ ()./-]*){5,15}"));

/// Three, three and four digits, with or without the calling code 1 (North American Numbering Plan).
static NORTH_AMERICAN: LazyLock<Option<Regex>> =
    LazyLock::new(|| anchored(r"(?:\+?1[ /.-]?)?(?:\([0-9]{3}\)|[0-9]{3})[ /.-]?[0-9]{3}[ /.-]?[0-9]{4}"));

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
    demand: Demand,
    plan: PhonePlan,
    example: String,
}

impl PhoneRule {
    pub(in crate::values::country) fn new(demand: Demand, plan: PhonePlan, example: String) -> Self {
        Self { demand, plan, example }
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
        let Some(phone) = self.demand.met_by(plain(text), MAXIMUM)? else {
            return Ok(None);
        };
        let pattern = match self.plan {
            PhonePlan::International => &INTERNATIONAL,
            PhonePlan::NorthAmerican => &NORTH_AMERICAN,
        };
        match pattern.as_ref() {
            Some(pattern) if pattern.is_match(&phone) => Ok(Some(phone)),
            _ => {
                let digits = match self.plan {
                    PhonePlan::International => (5, 15),
                    PhonePlan::NorthAmerican => (10, 11),
                };
                Err(Problem::Phone { fault: BadPhone::of(&phone, digits), example: &self.example })
            }
        }
    }
}
