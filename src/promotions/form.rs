//! What browsers send: the filter of the list, and a promotion as typed.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::model::{Promotion, Stage, Terms};
use super::wrong::Wrong;
use crate::catalog::model::code::OfferCode;
use crate::values::day;
use crate::values::id::PromotionId;
use crate::values::name;
use crate::values::problem::Problem;
use crate::values::quantity::Quantity;
use crate::values::typed::typed;
use crate::web::Problems;

/// The longest name.
const NAME: usize = 100;
/// So many offers at most can be named.
const MOST_OFFERS: usize = 500;

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct PromotionFilter {
    pub stage: String,
}

impl PromotionFilter {
    /// What the page may show again.
    #[must_use]
    pub fn tidy(mut self) -> Self {
        if self.stage().is_none() {
            self.stage.clear();
        }
        self
    }

    pub fn stage(&self) -> Option<Stage> {
        Stage::from_text(&self.stage)
    }
}

/// A promotion as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct PromotionForm {
    /// Made with the empty form, so that sending it twice adds one.
    pub id: String,
    pub version: String,
    #[serde(deserialize_with = "typed")]
    pub name: String,
    #[serde(deserialize_with = "typed")]
    pub percent: String,
    #[serde(deserialize_with = "typed")]
    pub starts_on: String,
    #[serde(deserialize_with = "typed")]
    pub ends_on: String,
    /// `yes` where only customers get it that have bought nothing yet.
    pub new_customers: String,
    /// Offer IDs, each on a line.
    #[serde(deserialize_with = "typed")]
    pub offers: String,
}

impl PromotionForm {
    pub fn empty() -> Self {
        Self { id: PromotionId::new().to_string(), ..Self::default() }
    }

    /// What is kept, as it would be typed.
    pub fn of(kept: &Promotion) -> Self {
        let terms = &kept.terms;
        let codes: Vec<&str> = terms.offers.iter().map(OfferCode::as_str).collect();
        Self {
            id: kept.id.to_string(),
            version: kept.version.to_string(),
            name: terms.name.clone(),
            percent: terms.percent.to_string(),
            starts_on: terms.starts_on.to_string(),
            ends_on: terms.ends_on.to_string(),
            new_customers: if terms.for_new_customers { "yes".to_owned() } else { String::new() },
            offers: codes.join("\n"),
        }
    }

    /// # Errors
    /// Everything that is wrong, in the order of the page.
    pub fn parse(&self, today: NaiveDate) -> Result<Terms, Problems> {
        let mut problems = Problems::default();
        let name = problems.field("name", name::required(&self.name, NAME));
        let percent = problems.field("percent", Quantity::parse(&self.percent, 1, 99));
        let starts_on = problems.field("starts_on", starts(&self.starts_on, today));
        let ends_on = problems.field("ends_on", ends(&self.ends_on, starts_on, today));
        let offers = problems.field("offers", offers(&self.offers));
        problems.or(|| {
            Some(Terms {
                name: name?,
                percent: i32::try_from(percent?.get()).ok()?,
                starts_on: starts_on?,
                ends_on: ends_on?,
                for_new_customers: self.new_customers == "yes",
                offers: offers?,
            })
        })
    }

    /// The same of one that has begun: first day, percentage and for whom it is stay.
    ///
    /// # Errors
    /// As for [`Self::parse`].
    pub fn parse_begun(&self, kept: &Terms, today: NaiveDate) -> Result<Terms, Problems> {
        let mut problems = Problems::default();
        let name = problems.field("name", name::required(&self.name, NAME));
        let ends_on = problems.field("ends_on", ends(&self.ends_on, Some(kept.starts_on), today));
        let offers = problems.field("offers", offers(&self.offers));
        problems.or(|| Some(Terms { name: name?, ends_on: ends_on?, offers: offers?, ..kept.clone() }))
    }
}

fn starts(typed: &str, today: NaiveDate) -> Result<NaiveDate, Problem> {
    match day::parse(typed)? {
        past if past < today => Err(Wrong::StartsInThePast { today: today.to_string() }.into()),
        day => Ok(day),
    }
}

fn ends(typed: &str, starts_on: Option<NaiveDate>, today: NaiveDate) -> Result<NaiveDate, Problem> {
    match day::parse(typed)? {
        past if past < today => Err(Wrong::EndsInThePast { today: today.to_string() }.into()),
        day if starts_on.is_some_and(|start| day < start) => Err(Wrong::EndsBeforeStart.into()),
        day => Ok(day),
    }
}

/// Each once, in the order in which they are named.
fn offers(typed: &str) -> Result<Vec<OfferCode>, Problem> {
    let mut codes: Vec<OfferCode> = Vec::new();
    let divides = |sign: char| matches!(sign, ';' | ',' | '|') || sign.is_whitespace();
    for part in typed.split(divides).filter(|part| !part.is_empty()) {
        let code = OfferCode::parse(part)?;
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    match codes.len() {
        0 => Err(Problem::Missing),
        count if count > MOST_OFFERS => Err(Wrong::TooManyOffers { maximum: MOST_OFFERS }.into()),
        _ => Ok(codes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn form() -> PromotionForm {
        PromotionForm {
            name: "Winter".to_owned(),
            percent: "15".to_owned(),
            starts_on: "2026-12-01".to_owned(),
            ends_on: "2026-12-31".to_owned(),
            offers: "suite-e3, suite-e5\nSUITE-E3".to_owned(),
            ..PromotionForm::empty()
        }
    }

    fn today() -> NaiveDate {
        "2026-11-30".parse().unwrap()
    }

    /// The fields that are wrong.
    fn wrong(form: &PromotionForm) -> Vec<String> {
        let problems = form.parse(today()).unwrap_err();
        problems.all().map(|(field, _)| field.to_owned()).collect()
    }

    #[test]
    fn a_promotion_reads_as_people_write_it() {
        let terms = form().parse(today()).unwrap();
        assert_eq!((terms.percent, terms.for_new_customers), (15, false));
        assert!(terms.offers.len() >= 2);
    }

    #[test]
    fn days_follow_each_other_and_percentages_leave_a_price() {
        assert_eq!(wrong(&PromotionForm { ends_on: "2026-11-30".to_owned(), ..form() }), ["ends_on"]);
        assert_eq!(wrong(&PromotionForm { starts_on: "2026-11-29".to_owned(), ..form() }), ["starts_on"]);
        for percent in ["0", "100", "12.5", "-3"] {
            assert_eq!(wrong(&PromotionForm { percent: percent.to_owned(), ..form() }), ["percent"]);
        }
        let empty = PromotionForm::empty();
        assert_eq!(wrong(&empty), ["name", "percent", "starts_on", "ends_on", "offers"]);
    }

    proptest! {
        #[test]
        fn any_text_is_answered(typed in any::<String>()) {
            let form = PromotionForm {
                name: typed.clone(), percent: typed.clone(), starts_on: typed.clone(), ends_on: typed.clone(),
                offers: typed, ..PromotionForm::default()
            };
            prop_assert!(form.parse(today()).is_err());
        }
    }
}
