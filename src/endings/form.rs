//! What the browser sends.

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::model::{Consent, Ending};
use super::wrong::Wrong;
use crate::activity::model::start_of;
use crate::customers::attestation::AttestationForm;
use crate::customers::model::search;
use crate::customers::model::{Account, Agreement};
use crate::error::{Error, Result};
use crate::language::Language;
use crate::links::model::DraftText;
use crate::values::country::Country;
use crate::values::id::{EndingId, SubscriptionId};
use crate::values::moment::{Moment, months_after};
use crate::values::person::full_name;
use crate::values::problem::Problem;
use crate::values::typed::typed;
use crate::values::{day, name};
use crate::web::{Problems, version};

const LONGEST_SUBJECT: usize = 200;
const LONGEST_TEXT: usize = 10_000;
/// An end can be planned so many months ahead.
const MONTHS: u32 = 12;

/// How a relationship is to end.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct EndForm {
    /// Of the plan that the page showed, or chosen by the page.
    pub ending: String,
    /// Of that plan; 0 for none.
    pub version: String,
    /// `now` or `day`.
    pub when: String,
    #[serde(deserialize_with = "typed")]
    pub on: String,
    /// Whether the customer gets the letter.
    pub tell: String,
    pub language: String,
    #[serde(deserialize_with = "typed")]
    pub subject: String,
    #[serde(deserialize_with = "typed")]
    pub text: String,
    /// The pressed button: to the question, back from it, or the deed.
    pub then: String,
}

/// What was typed, as it may be kept.
#[derive(Clone, Debug)]
pub struct Entered {
    pub day: Option<(NaiveDate, Moment)>,
    pub tells: bool,
    pub letter: DraftText,
}

impl EndForm {
    /// What stands there first: the plan, or an end at once with the letter that begins.
    pub fn of(plan: Option<&Ending>, begun: &DraftText) -> Self {
        let letter = plan.and_then(|plan| plan.letter.as_ref());
        let tells = plan.is_none() || letter.is_some();
        let letter = letter.unwrap_or(begun);
        let on = plan.and_then(|plan| plan.planned_on).map(|on| on.to_string()).unwrap_or_default();
        Self {
            ending: plan.map_or_else(EndingId::new, |plan| plan.id).to_string(),
            version: plan.map_or(0, |plan| plan.version).to_string(),
            when: if on.is_empty() { "now" } else { "day" }.to_owned(),
            on,
            tell: if tells { "yes" } else { "" }.to_owned(),
            language: letter.language.tag().to_owned(),
            subject: letter.subject.clone(),
            text: letter.text.clone(),
            then: String::new(),
        }
    }

    pub fn tells(&self) -> bool {
        self.tell == "yes"
    }

    /// # Errors
    /// [`Error::BadRequest`] where the page's own id or number is missing.
    pub fn ending(&self) -> Result<(EndingId, i32)> {
        let id = EndingId::parse(&self.ending).ok_or(Error::BadRequest("an end without an id"))?;
        Ok((id, version::read(&self.version)?))
    }

    /// What was typed by somebody in a time zone. A blank letter is asked about: whoever wants none says so.
    ///
    /// # Errors
    /// Everything that is wrong.
    pub fn parse(&self, now: Moment, zone: Tz) -> Result<Entered, Problems> {
        let mut problems = Problems::default();
        let day = match self.when.as_str() {
            "now" => Some(None),
            "day" => problems.field("on", self.day(now, zone)).map(Some),
            _ => problems.field("when", Err(Problem::NotChosen)),
        };
        let (subject, text) = match self.tells() {
            true => {
                let line = name::optional(&self.subject, LONGEST_SUBJECT);
                let line =
                    line.and_then(|line| if line.is_empty() { Err(Problem::Missing) } else { Ok(line) });
                let subject = problems.field("subject", line);
                (subject, problems.field("text", name::paragraphs(&self.text, LONGEST_TEXT)))
            }
            false => (Some(String::new()), Some(String::new())),
        };
        let language = Language::of_tag(&self.language).unwrap_or_default();
        let tells = self.tells();
        problems.or(|| {
            let letter = DraftText { language, subject: subject?, text: text? };
            Some(Entered { day: day?, tells, letter })
        })
    }

    fn day(&self, now: Moment, zone: Tz) -> Result<(NaiveDate, Moment), Problem> {
        let today = now.at(zone).date_naive();
        match day::parse(&self.on)? {
            day if day <= today => Err(Wrong::NotAhead.into()),
            day if day > months_after(today, MONTHS) => Err(Wrong::TooFar.into()),
            day => Ok((day, start_of(day, zone))),
        }
    }
}

/// Which plan is given up.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct PlanForm {
    pub version: String,
}

/// That a customer agreed again, and what comes back with it.
#[derive(Clone, Debug, Default)]
pub struct ComebackForm {
    /// Of the end that the page showed.
    pub version: String,
    /// `agreed` or `later`.
    pub consent: String,
    pub attestation: AttestationForm,
    /// The ticked subscriptions, each with its version.
    pub ticked: Vec<(SubscriptionId, i32)>,
}

impl ComebackForm {
    /// What stands there first: the primary contact, and nothing ticked.
    pub fn of(account: &Account, version: i32) -> Self {
        let attestation = AttestationForm {
            agreement_first_name: account.first_name.clone(),
            agreement_last_name: account.last_name.clone(),
            agreement_email: account.email.to_string(),
            ..AttestationForm::default()
        };
        Self { version: version.to_string(), attestation, ..Self::default() }
    }

    pub fn read(pairs: Vec<(String, String)>) -> Self {
        let mut form = Self::default();
        for (name, value) in pairs {
            match name.as_str() {
                "version" => form.version = value,
                "consent" => form.consent = value,
                "agreement_first_name" => form.attestation.agreement_first_name = value,
                "agreement_last_name" => form.attestation.agreement_last_name = value,
                "agreement_email" => form.attestation.agreement_email = value,
                "agreement_on" => form.attestation.agreement_on = value,
                "subscription" => form.ticked.extend(tick(&value)),
                _ => {}
            }
        }
        form.attestation = form.attestation.printable();
        form
    }

    pub fn is_ticked(&self, id: &SubscriptionId) -> bool {
        self.ticked.iter().any(|(ticked, _)| ticked == id)
    }

    /// Whether the customer agreed, and who did; without when it is to agree later. Where it took delegated
    /// administration away by itself, nothing is asked: it alone gives that again.
    ///
    /// # Errors
    /// Everything that is wrong.
    pub fn parse(
        &self,
        (country, is_withdrawn): (Country, bool),
        today: NaiveDate,
    ) -> Result<Option<Consent>, Problems> {
        match self.consent.as_str() {
            _ if is_withdrawn => Ok(None),
            "later" => Ok(None),
            "agreed" => self.parse_consent(country, today).map(Some),
            _ => Err(("consent", Problem::from(Wrong::NoAnswer)).into()),
        }
    }

    /// # Errors
    /// Everything that is wrong.
    pub fn parse_consent(&self, country: Country, today: NaiveDate) -> Result<Consent, Problems> {
        let mut problems = Problems::default();
        let agreed = self.attestation.parse(Some(country), today, &mut problems);
        problems.or(|| match agreed? {
            Agreement::Accepted { first_name, last_name, email, on, .. } => {
                Some(Consent { name: full_name(country, &first_name, "", &last_name), email, on })
            }
            Agreement::Awaited => None,
        })
    }
}

fn tick(value: &str) -> Option<(SubscriptionId, i32)> {
    let (id, version) = value.split_once(':')?;
    Some((SubscriptionId::parse(id)?, version.parse().ok()?))
}

/// What becomes of the subscriptions that name the reseller.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct GiveBackForm {
    /// `stays` or `goes`.
    pub named: String,
}

impl GiveBackForm {
    /// Whether they go on naming it. Where none does, nothing is asked.
    ///
    /// # Errors
    /// What is wrong with the choice.
    pub fn parse(&self, is_asked: bool) -> Result<bool, Problems> {
        match self.named.as_str() {
            "stays" => Ok(true),
            "goes" => Ok(false),
            _ if !is_asked => Ok(true),
            _ => Err(("named", Problem::NotChosen).into()),
        }
    }
}

/// What the list is searched for.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct EndedFilter {
    pub search: String,
}

impl EndedFilter {
    /// What the page may show again.
    pub fn tidy(self) -> Self {
        Self { search: search::tidy(&self.search) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ZONE: Tz = Tz::Asia__Tokyo;

    fn now() -> Moment {
        Moment::parse_iso("2026-11-29T16:00:00Z").unwrap()
    }

    fn parsed(on: &str) -> Result<Entered, Problems> {
        let form = EndForm { when: "day".to_owned(), on: on.to_owned(), ..EndForm::default() };
        form.parse(now(), ZONE)
    }

    #[test]
    fn a_day_lies_ahead_where_the_planner_is_and_at_most_a_year_away() {
        // In Tokyo the 30th has begun.
        assert!(parsed("2026-11-30").is_err());
        let (day, at) = parsed("2026-12-01").unwrap().day.unwrap();
        assert_eq!((day.to_string().as_str(), at.iso().as_str()), ("2026-12-01", "2026-11-30T15:00:00Z"));
        assert!(parsed("2027-11-30").is_ok());
        assert!(parsed("2027-12-01").is_err());
    }

    #[test]
    fn a_blank_letter_is_asked_about() {
        let form =
            |tell: &str| EndForm { when: "now".to_owned(), tell: tell.to_owned(), ..EndForm::default() };
        let problems = form("yes").parse(now(), ZONE).unwrap_err();
        assert!(problems.at("subject").is_some() && problems.at("text").is_some());
        assert!(!form("").parse(now(), ZONE).unwrap().tells);
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_taken_or_refused(when in "now|day|.{0,5}", on in ".{0,12}", text in ".{0,40}") {
            let form = EndForm { when, on, tell: "yes".to_owned(), subject: text.clone(), text, ..EndForm::default() };
            if let Ok(entered) = form.parse(now(), ZONE) {
                prop_assert!(!entered.letter.subject.is_empty() && !entered.letter.text.is_empty());
            }
            let _ = tick(&form.on);
        }
    }
}
