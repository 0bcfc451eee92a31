//! What the browser sends.

mod letters;
mod prolonging;

use chrono::NaiveDate;
use serde::Deserialize;

use super::model::{Arrangement, Begins, Choices, Draft, Earners, Helpers, Plan, Wish};
use super::wrong::Wrong;
use crate::error::{Error, Result};
use crate::values::day;
use crate::values::id::{CustomerId, DelegationId, DelegationPlanId, OrganisationId, SubscriptionId};
use crate::values::mark::mark_of;
use crate::values::moment::days_after;
use crate::values::problem::Problem;
use crate::values::typed::printable;
use crate::web::Problems;

pub use letters::Letters;
pub use prolonging::{BulkForm, ProlongationForm};

/// How the form says that no reseller is to administer the customer.
pub const NOBODY: &str = "none";
/// Nobody plans further ahead.
const FARTHEST_DAYS: u64 = 3653;

/// With what the page begins, as it stands in its address.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Beginning {
    /// Already chosen.
    pub reseller: String,
    /// The plan that is changed.
    pub plan: String,
}

/// What the page is sent for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Step {
    /// To see the consequences and the letters.
    #[default]
    Look,
    /// To choose otherwise.
    Back,
    Do,
}

/// Who is to administer a customer and what goes with it, as typed. Ticks repeat, so it arrives as pairs.
#[derive(Clone, Debug, Default)]
pub struct ArrangementForm {
    pub step: Step,
    /// Chosen by the page, so that sending it twice does it once.
    pub delegation: String,
    pub plan: String,
    /// The plan that was open when the page was drawn.
    pub replaces: String,
    pub mark: String,
    pub reseller: String,
    pub begins: String,
    pub begins_on: String,
    pub ends_on: String,
    pub earners: String,
    pub helpers: String,
    pub ticked: Vec<String>,
    pub letters: Letters,
}

impl ArrangementForm {
    pub fn of(pairs: Vec<(String, String)>) -> Self {
        let mut form = Self { letters: Letters::read(&pairs), ..Self::default() };
        for (name, value) in pairs {
            let value = printable(&value);
            match name.as_str() {
                "step" => form.step = Step::of(&value),
                "delegation" => form.delegation = value,
                "plan" => form.plan = value,
                "replaces" => form.replaces = value,
                "mark" => form.mark = value,
                "reseller" => form.reseller = value,
                "begins" => form.begins = value,
                "begins_on" => form.begins_on = day::for_calendars(value),
                "ends_on" => form.ends_on = day::for_calendars(value),
                "earners" => form.earners = value,
                "helpers" => form.helpers = value,
                "ticked" => form.ticked.push(value),
                _ => {}
            }
        }
        form
    }

    /// A form that nothing was chosen in yet.
    pub fn fresh(mark: String) -> Self {
        Self {
            delegation: DelegationId::new().to_string(),
            plan: DelegationPlanId::new().to_string(),
            mark,
            begins: "now".to_owned(),
            earners: "leave".to_owned(),
            helpers: "leave".to_owned(),
            ..Self::default()
        }
    }

    /// What a plan says, to be changed.
    pub fn of_plan(plan: &Plan, mark: String) -> Self {
        let choices = &plan.choices;
        let form = Self {
            reseller: plan.reseller.as_ref().map_or_else(|| NOBODY.to_owned(), |(id, _)| id.to_string()),
            replaces: plan.id.to_string(),
            begins: "day".to_owned(),
            begins_on: plan.begins_on.to_string(),
            ends_on: choices.ends_on.map(|last| last.to_string()).unwrap_or_default(),
            earners: earners_text(&choices.earners).to_owned(),
            helpers: helpers_text(&choices.helpers).to_owned(),
            ticked: choices.ticked().iter().map(ToString::to_string).collect(),
            ..Self::fresh(mark)
        };
        Self { letters: Letters::kept(&choices.letters, form.basis()), ..form }
    }

    /// Tells whether letters still speak of what is chosen.
    fn basis(&self) -> String {
        let day = if self.begins == "day" { self.begins_on.as_str() } else { "" };
        let mut ticked = self.ticked.clone();
        ticked.sort_unstable();
        // What a page does not ask, because there is no subscription, it leaves.
        let chosen_or_left =
            |choice: &'_ String| if choice.is_empty() { "leave".to_owned() } else { choice.clone() };
        let (earners, helpers) = (chosen_or_left(&self.earners), chosen_or_left(&self.helpers));
        let chosen = [&self.reseller, day, &self.ends_on, &earners, &helpers, &ticked.join(" ")];
        mark_of(&chosen.join("\n"))
    }

    /// The same with letters, in which what was typed stands as long as it speaks of what is chosen.
    pub fn with_drafts(self, drafts: &[Draft]) -> Self {
        let basis = self.basis();
        Self { letters: self.letters.with_drafts(drafts, basis), ..self }
    }

    pub fn is_ticked(&self, id: &SubscriptionId) -> bool {
        self.ticked.iter().any(|ticked| ticked == id.as_str())
    }

    /// What is wanted for a customer, where a delegation is to end, as seen on a day.
    ///
    /// # Errors
    /// [`Error::BadRequest`] where one of the page's own ids is missing.
    pub fn parse(
        &self,
        (customer, former): (&CustomerId, Option<&DelegationId>),
        today: NaiveDate,
    ) -> Result<Result<Wish, Problems>> {
        let delegation = DelegationId::parse(&self.delegation).ok_or(Error::BadRequest("delegation"))?;
        let plan = DelegationPlanId::parse(&self.plan).ok_or(Error::BadRequest("plan"))?;
        let mut problems = Problems::default();
        let reseller = problems.field("reseller", self.reseller(former.is_some()));
        let begins = problems.field("begins_on", begins((&self.begins, &self.begins_on), today));
        let is_nobody = reseller == Some(None);
        let ends_on = if is_nobody {
            Some(None)
        } else {
            problems.field("ends_on", ends_on(&self.ends_on, begins, today))
        };
        let earners = problems.field("earners", self.earners());
        let helpers = problems.field("helpers", self.helpers(is_nobody));
        let letters = self.letters.parse(&mut problems);
        Ok(problems.or(|| {
            let choices =
                Choices { delegation, ends_on: ends_on?, earners: earners?, helpers: helpers?, letters };
            let (customer, former) = (*customer, former.copied());
            Some(Wish {
                arrangement: Arrangement { customer, former, reseller: reseller?, choices },
                begins: begins?,
                plan,
                replaces: DelegationPlanId::parse(&self.replaces),
                mark: self.mark.clone(),
            })
        }))
    }

    fn reseller(&self, may_be_nobody: bool) -> Result<Option<OrganisationId>, Problem> {
        match self.reseller.trim() {
            "" => Err(Problem::NotChosen),
            NOBODY if may_be_nobody => Ok(None),
            text => OrganisationId::parse(text).map(Some).ok_or(Problem::UnknownChoice),
        }
    }

    fn earners(&self) -> Result<Earners, Problem> {
        match self.earners.as_str() {
            "" | "leave" => Ok(Earners::Leave),
            "former" => Ok(Earners::OfFormer),
            "these" => self.these().map(Earners::These),
            _ => Err(Problem::UnknownChoice),
        }
    }

    /// What is ticked, which must be something.
    fn these(&self) -> Result<Vec<SubscriptionId>, Problem> {
        if self.ticked.is_empty() {
            return Err(Wrong::NothingTicked.into());
        }
        let ids: Option<Vec<SubscriptionId>> =
            self.ticked.iter().map(|id| SubscriptionId::parse(id)).collect();
        ids.ok_or(Problem::UnknownChoice)
    }

    fn helpers(&self, is_nobody: bool) -> Result<Helpers, Problem> {
        match self.helpers.as_str() {
            "" | "leave" => Ok(Helpers::Leave),
            "reseller" | "all" | "these" if is_nobody => Err(Wrong::NobodyToHelp.into()),
            "reseller" => Ok(Helpers::ToReseller),
            "provider" => Ok(Helpers::ToProvider),
            "all" => Ok(Helpers::All),
            "these" => self.these().map(Helpers::These),
            _ => Err(Problem::UnknownChoice),
        }
    }
}

/// When something begins, as typed: at once, or on a day.
///
/// # Errors
/// For a day that is not later, or too far away.
pub fn begins((choice, day): (&str, &str), today: NaiveDate) -> Result<Begins, Problem> {
    if choice != "day" {
        return Ok(Begins::AtOnce);
    }
    let day = day::parse(day)?;
    match () {
        () if day <= today => Err(Wrong::NotLater.into()),
        () if day > days_after(today, FARTHEST_DAYS) => Err(Wrong::TooFar.into()),
        () => Ok(Begins::On(day)),
    }
}

/// The last day of a delegation that begins then, if one was typed.
///
/// # Errors
/// For a day before it begins, or too far away.
pub fn ends_on(typed: &str, begins: Option<Begins>, today: NaiveDate) -> Result<Option<NaiveDate>, Problem> {
    let from = match begins {
        Some(Begins::On(day)) => day,
        Some(Begins::AtOnce) | None => days_after(today, 1),
    };
    last_day(typed, from, today)
}

impl Step {
    pub fn of(text: &str) -> Self {
        match text {
            "do" => Self::Do,
            "back" => Self::Back,
            _ => Self::Look,
        }
    }
}

/// The last day that was typed, if any was: not before a day.
fn last_day(typed: &str, from: NaiveDate, today: NaiveDate) -> Result<Option<NaiveDate>, Problem> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let last = day::parse(typed)?;
    match () {
        () if last < from => Err(Wrong::EndsTooEarly.into()),
        () if last > days_after(today, FARTHEST_DAYS) => Err(Wrong::TooFar.into()),
        () => Ok(Some(last)),
    }
}

fn earners_text(earners: &Earners) -> &'static str {
    match earners {
        Earners::Leave => "leave",
        Earners::OfFormer => "former",
        Earners::These(_) => "these",
    }
}

fn helpers_text(helpers: &Helpers) -> &'static str {
    match helpers {
        Helpers::Leave => "leave",
        Helpers::ToReseller => "reseller",
        Helpers::ToProvider => "provider",
        Helpers::All => "all",
        Helpers::These(_) => "these",
    }
}

#[cfg(test)]
mod tests;
