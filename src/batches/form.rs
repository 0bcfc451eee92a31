//! What the browser sends.

use serde::{Deserialize, Serialize};

use crate::sheets::{Outcome, Verdict};

/// Which rows of a file are shown, as it stands in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct RowFilter {
    /// What they would do.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub verdict: String,
    /// What came of them.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub result: String,
    /// Only those that are not taken back, since something was built on them.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub stays: String,
    /// Only those for which somebody has to choose, or has.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub choice: String,
}

impl RowFilter {
    /// What the page may show again.
    pub fn tidy(self) -> Self {
        let verdict = Verdict::from_text(&self.verdict).map(|one| one.as_text().to_owned());
        let result = Outcome::from_text(&self.result).map(|one| one.as_text().to_owned());
        let yes = |is_so: bool| if is_so { "yes".to_owned() } else { String::new() };
        let (stays, choice) = (yes(self.only_built_on()), yes(self.only_to_choose()));
        Self { verdict: verdict.unwrap_or_default(), result: result.unwrap_or_default(), stays, choice }
    }

    pub fn only_built_on(&self) -> bool {
        self.stays == "yes"
    }

    pub fn only_to_choose(&self) -> bool {
        self.choice == "yes"
    }

    pub fn of_choices() -> Self {
        Self { choice: "yes".to_owned(), ..Self::default() }
    }

    pub fn of_built_on() -> Self {
        Self { stays: "yes".to_owned(), ..Self::default() }
    }

    pub fn of_verdict(verdict: Verdict) -> Self {
        Self { verdict: verdict.as_text().to_owned(), ..Self::default() }
    }

    pub fn of_outcome(outcome: Outcome) -> Self {
        Self { result: outcome.as_text().to_owned(), ..Self::default() }
    }
}

/// In which state the page showed what is to be stopped.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct StopForm {
    pub state: String,
}

/// What the page showed of passwords that were handed over.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct MarkForm {
    pub mark: String,
}

/// Whether only that is taken back on which nothing was built.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ReturnForm {
    pub rest: String,
}

impl ReturnForm {
    pub fn only_rest(&self) -> bool {
        self.rest == "1"
    }
}
