//! What browsers send.

use std::collections::BTreeSet;

use super::model::{Audience, Kept, Rule};
use super::wrong::Wrong;
use crate::error::{Error, Result};
use crate::values::id::OrganisationId;
use crate::values::problem::Problem;
use crate::web::Problems;

/// An audience as chosen.
#[derive(Clone, Debug, Default)]
pub struct AudienceForm {
    pub version: String,
    pub rule: String,
    pub listed: BTreeSet<OrganisationId>,
}

impl AudienceForm {
    /// # Errors
    /// [`Error::BadRequest`] for a reseller that is none: no page sends it.
    pub fn sent(pairs: Vec<(String, String)>) -> Result<Self> {
        let mut form = Self::default();
        for (name, value) in pairs {
            match name.as_str() {
                "version" => form.version = value,
                "rule" => form.rule = value,
                "listed" => {
                    let reseller = OrganisationId::parse(&value).ok_or(Error::BadRequest("listed"))?;
                    form.listed.insert(reseller);
                }
                _ => {}
            }
        }
        Ok(form)
    }

    pub fn of(kept: &Kept) -> Self {
        Self {
            version: kept.version.to_string(),
            rule: kept.said.rule.as_text().to_owned(),
            listed: kept.said.listed.clone(),
        }
    }

    /// # Errors
    /// What is wrong, in the order of the page.
    pub fn parse(&self) -> std::result::Result<Audience, Problems> {
        match Rule::from_text(&self.rule) {
            None => Err(("rule", Problem::NotChosen).into()),
            Some(Rule::Every) => Ok(Audience::every()),
            Some(_) if self.listed.is_empty() => Err(("listed", Problem::from(Wrong::NobodyListed)).into()),
            Some(rule) => Ok(Audience { rule, listed: self.listed.clone() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sent(pairs: &[(&str, &str)]) -> AudienceForm {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        AudienceForm::sent(pairs.iter().map(owned).collect()).unwrap()
    }

    #[test]
    fn a_rule_is_chosen_and_lists_somebody_where_it_is_about_some() {
        let reseller = OrganisationId::new();
        let ticked = ("listed", reseller.as_str());
        assert_eq!(sent(&[("rule", "every"), ticked]).parse().unwrap(), Audience::every());
        let only = sent(&[("rule", "only"), ticked, ticked]).parse().unwrap();
        assert_eq!(only, Audience { rule: Rule::Only, listed: [reseller].into() });
        assert!(sent(&[("rule", "all_but")]).parse().unwrap_err().at("listed").is_some());
        assert!(sent(&[ticked]).parse().unwrap_err().at("rule").is_some());
    }

    proptest! {
        #[test]
        fn any_text_is_answered(name in any::<String>(), value in any::<String>()) {
            let pairs = |name: &str| vec![(name.to_owned(), value.clone())];
            prop_assert!(AudienceForm::sent(pairs(&name)).is_ok_and(|form| form.parse().is_err()) || name == "listed");
            prop_assert!(AudienceForm::sent(pairs("listed")).is_err());
        }
    }
}
