//! What the browser sends.

use serde::Deserialize;

use crate::error::{Error, Result};
use crate::subscriptions::form::WITHIN;

/// How far ahead the letters look; nothing for no letters.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ChoiceForm {
    pub days: String,
}

impl ChoiceForm {
    /// The days that are chosen.
    ///
    /// # Errors
    /// [`Error::BadRequest`] for any that the page does not offer.
    pub fn parse(&self) -> Result<Option<u64>> {
        if self.days.is_empty() {
            return Ok(None);
        }
        let days = self.days.parse().ok().filter(|days| WITHIN.contains(days));
        days.map(Some).ok_or(Error::BadRequest("days"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_page_offers_is_chosen() {
        let parsed = |days: &str| ChoiceForm { days: days.to_owned() }.parse();
        assert_eq!(parsed("").unwrap(), None);
        assert_eq!(parsed("30").unwrap(), Some(30));
        for bad in ["8", "-7", "seven", "99999999999999999999"] {
            assert!(parsed(bad).is_err(), "{bad}");
        }
    }
}
