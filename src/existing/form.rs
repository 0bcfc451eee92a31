//! What the browser sends.

use serde::Deserialize;

use crate::sheets::Choice;

/// What becomes of rows that may be of a customer who is there: of one, or of all for which nobody has chosen.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ChoiceForm {
    /// The number of a row; empty for all.
    row: String,
    choice: String,
    /// Behind which row the page began that is shown again, or before which it ended.
    after: String,
    before: String,
}

impl ChoiceForm {
    /// Where the page is that is shown again.
    pub fn here(&self) -> Vec<(&'static str, &str)> {
        let all = [("after", self.after.as_str()), ("before", self.before.as_str())];
        all.into_iter().filter(|(_, key)| !key.is_empty()).collect()
    }

    /// What is chosen; none of what no page offers.
    pub fn parse(&self) -> Option<(Option<i64>, Choice)> {
        let choice = Choice::from_text(&self.choice)?;
        let row = if self.row.is_empty() { None } else { Some(self.row.parse().ok()?) };
        Some((row, choice))
    }
}
