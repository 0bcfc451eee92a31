//! The answers of partners, as they are sent.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::Deserialize;

use super::{LONGEST_REASON, Step, paragraphs_if_any};
use crate::error::Result;
use crate::transfers::model::{Side, Transfer};
use crate::transfers::wrong::Wrong;
use crate::values::day;
use crate::values::id::SubscriptionId;
use crate::values::name;
use crate::values::problem::Problem;
use crate::values::typed::{printable, printable_line, typed};
use crate::web::{Problems, version};

/// What a partner decides.
#[derive(Clone, Debug, Default)]
pub struct Decision {
    /// Of the file that its page showed.
    pub version: i32,
    /// Bases; none refuses everything.
    pub accepted: Vec<SubscriptionId>,
    /// Why others are refused.
    pub reasons: HashMap<SubscriptionId, String>,
    /// All of these, each once.
    pub reason: String,
}

/// The same as typed: a choice and a reason for each base.
#[derive(Clone, Debug, Default)]
pub struct DecisionForm {
    pub version: String,
    /// Of the provider, which lets all of it go or nothing.
    pub all: String,
    pub reason: String,
    choices: HashMap<String, String>,
    whys: HashMap<String, String>,
    pub step: Step,
}

impl DecisionForm {
    pub fn fresh(transfer: &Transfer) -> Self {
        Self { version: transfer.version.to_string(), ..Self::default() }
    }

    pub fn of(pairs: Vec<(String, String)>) -> Self {
        let mut form = Self::default();
        for (name, value) in pairs {
            match name.as_str() {
                "version" => form.version = value,
                "all" => form.all = value,
                "reason" => form.reason = printable(&value),
                "step" => form.step = Step::of(&value),
                name => {
                    if let Some(id) = name.strip_prefix("item-") {
                        form.choices.insert(id.to_owned(), value);
                    } else if let Some(id) = name.strip_prefix("why-") {
                        form.whys.insert(id.to_owned(), printable_line(&value));
                    }
                }
            }
        }
        form
    }

    pub fn choice(&self, base: &SubscriptionId) -> &str {
        self.choices.get(base.as_str()).map_or("", String::as_str)
    }

    pub fn why(&self, base: &SubscriptionId) -> &str {
        self.whys.get(base.as_str()).map_or("", String::as_str)
    }

    /// What is decided about a file, by the side whose turn it is.
    ///
    /// # Errors
    /// [`crate::error::Error::BadRequest`] without a version.
    pub fn parse(&self, transfer: &Transfer) -> Result<std::result::Result<Decision, Problems>> {
        let version = version::read(&self.version)?;
        Ok(match transfer.state.side() {
            Some(Side::Provider) => self.of_provider(transfer, version),
            _ => self.of_partner(transfer, version),
        })
    }

    fn of_provider(&self, transfer: &Transfer, version: i32) -> std::result::Result<Decision, Problems> {
        let bases = transfer.bases().map(|base| base.subscription);
        match self.all.as_str() {
            "yes" => Ok(Decision { version, accepted: bases.collect(), ..Decision::default() }),
            "no" => {
                let reason = name::paragraphs(&self.reason, LONGEST_REASON);
                let reason = reason.map_err(|problem| Problems::from(("reason", problem)))?;
                Ok(Decision { version, reason, ..Decision::default() })
            }
            _ => Err(("all", Problem::NotChosen).into()),
        }
    }

    fn of_partner(&self, transfer: &Transfer, version: i32) -> std::result::Result<Decision, Problems> {
        let mut problems = Problems::default();
        let mut decision = Decision { version, ..Decision::default() };
        for base in transfer.bases() {
            let id = base.subscription;
            match self.choice(&id) {
                "yes" => decision.accepted.push(id),
                "no" => {
                    let why = name::required(self.why(&id), LONGEST_REASON);
                    let why = why.map_err(|problem| match problem {
                        Problem::Missing => Wrong::NoReason.into(),
                        other => other,
                    });
                    if let Some(why) = problems.field(format!("why-{id}"), why) {
                        decision.reasons.insert(id, why);
                    }
                }
                _ => problems.on(format!("item-{id}"), Problem::NotChosen),
            }
        }
        let mut reasons: Vec<&str> = Vec::new();
        for base in transfer.bases() {
            let why = decision.reasons.get(&base.subscription).map(String::as_str);
            reasons.extend(why.filter(|why| !reasons.contains(why)));
        }
        decision.reason = reasons.join("\n");
        problems.or(|| Some(decision))
    }
}

/// The hand-over to a partner elsewhere.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RecordForm {
    pub version: String,
    #[serde(deserialize_with = "typed")]
    pub on: String,
    pub step: String,
}

/// From which day on the partner elsewhere has them.
#[derive(Clone, Copy, Debug)]
pub struct Recorded {
    pub version: i32,
    pub on: NaiveDate,
}

impl RecordForm {
    pub fn step(&self) -> Step {
        Step::of(&self.step)
    }

    /// What is recorded; the day lies between these two.
    ///
    /// # Errors
    /// [`crate::error::Error::BadRequest`] without a version.
    pub fn parse(
        &self,
        (earliest, today): (NaiveDate, NaiveDate),
    ) -> Result<std::result::Result<Recorded, Problems>> {
        let version = version::read(&self.version)?;
        let on = match day::parse(&self.on) {
            Ok(day) if day > today => Err(Problem::InTheFuture),
            Ok(day) if day < earliest => Err(Wrong::BeforeConsent.into()),
            parsed => parsed,
        };
        Ok(on.map(|on| Recorded { version, on }).map_err(|problem| ("on", problem).into()))
    }
}

/// Why a file is withdrawn, if whoever does it says so.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct WithdrawalForm {
    #[serde(deserialize_with = "typed")]
    pub reason: String,
}

impl WithdrawalForm {
    /// # Errors
    /// What is wrong with the reason.
    pub fn parse(&self) -> std::result::Result<String, Problems> {
        paragraphs_if_any(&self.reason, LONGEST_REASON).map_err(|problem| ("reason", problem).into())
    }
}
