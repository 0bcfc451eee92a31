//! What the browser sends.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::model::{Choices, Earners, Outcome, Source};
use super::wrong::Wrong;
use crate::error::{Error, Result};
use crate::relationships::form::{Letters, Step, begins, ends_on};
use crate::relationships::model::{Begins, Draft, Helpers};
use crate::values::day;
use crate::values::id::{HandoverId, OrganisationId, SelectionId};
use crate::values::mark::mark_of;
use crate::values::problem::Problem;
use crate::values::typed::printable;
use crate::web::Problems;

/// With what the page begins, as it stands in its address.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Beginning {
    pub selection: String,
}

/// What is left after a partnership has ended goes over again.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct AgainForm {
    /// Of the handover that begins; chosen by the page, so that sending it twice begins one.
    pub id: String,
    /// `move` to the same partner, or `back`.
    pub then: String,
}

/// To which results the page about one is narrowed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct ResultFilter {
    /// Empty for all.
    pub result: String,
}

impl ResultFilter {
    pub fn outcome(&self) -> Option<Outcome> {
        Outcome::from_text(&self.result)
    }
}

/// What becomes of what a reseller has when the partnership with it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// It keeps it.
    Leave,
    /// It goes to another partner.
    Move(OrganisationId),
    /// It goes back to the provider.
    TakeBack,
}

/// The same as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RemovalForm {
    /// Chosen by the page, so that sending it twice begins it once.
    pub handover: String,
    pub then: String,
    pub reseller: String,
}

impl RemovalForm {
    pub fn fresh() -> Self {
        let handover = HandoverId::new().to_string();
        Self { handover, then: "leave".to_owned(), reseller: String::new() }
    }

    /// With the id of what is begun with it.
    ///
    /// # Errors
    /// [`Error::BadRequest`] where something is to begin and the page's own id is missing.
    pub fn parse(&self) -> Result<Result<(Then, HandoverId), Problems>> {
        let id = HandoverId::parse(&self.handover);
        let (then, id) = match self.then.as_str() {
            "" | "leave" => (Then::Leave, id.unwrap_or_else(HandoverId::new)),
            "move" => match party(&self.reseller, true) {
                Ok(Some(reseller)) => (Then::Move(reseller), id.ok_or(Error::BadRequest("handover"))?),
                Ok(None) => return Ok(Err(("reseller", Problem::NotChosen).into())),
                Err(problem) => return Ok(Err(("reseller", problem).into())),
            },
            "back" => (Then::TakeBack, id.ok_or(Error::BadRequest("handover"))?),
            _ => return Ok(Err(("then", Problem::UnknownChoice).into())),
        };
        Ok(Ok((then, id)))
    }
}

/// What somebody wants: which resellers, when, and what goes with it.
#[derive(Clone, Debug)]
pub struct Wish {
    pub id: HandoverId,
    pub selection: SelectionId,
    pub former: Option<OrganisationId>,
    pub reseller: Option<OrganisationId>,
    pub begins: Begins,
    pub choices: Choices,
    /// [`crate::handovers::model::Sample::mark`] of the page with the consequences.
    pub shown: String,
}

/// The same as typed.
#[derive(Clone, Debug, Default)]
pub struct HandoverForm {
    pub step: Step,
    /// Chosen by the page, so that sending it twice begins it once.
    pub handover: String,
    pub selection: String,
    pub what: String,
    pub reseller: String,
    pub former: String,
    pub begins: String,
    pub begins_on: String,
    pub ends_on: String,
    pub earners: String,
    pub helpers: String,
    pub letters: Letters,
    /// Tells which customers the consequences were shown of.
    pub shown: String,
}

impl HandoverForm {
    pub fn of(pairs: Vec<(String, String)>) -> Self {
        let mut form = Self { letters: Letters::read(&pairs), ..Self::default() };
        for (name, value) in pairs {
            let value = printable(&value);
            match name.as_str() {
                "step" => form.step = Step::of(&value),
                "handover" => form.handover = value,
                "selection" => form.selection = value,
                "what" => form.what = value,
                "reseller" => form.reseller = value,
                "former" => form.former = value,
                "begins" => form.begins = value,
                "begins_on" => form.begins_on = day::for_calendars(value),
                "ends_on" => form.ends_on = day::for_calendars(value),
                "earners" => form.earners = value,
                "helpers" => form.helpers = value,
                "shown" => form.shown = value,
                _ => {}
            }
        }
        form
    }

    /// A form that nothing was chosen in yet.
    pub fn fresh(selection: &SelectionId) -> Self {
        Self {
            handover: HandoverId::new().to_string(),
            selection: selection.to_string(),
            begins: "now".to_owned(),
            earners: "leave".to_owned(),
            helpers: "leave".to_owned(),
            ..Self::default()
        }
    }

    /// Tells whether letters still speak of what is chosen.
    fn basis(&self) -> String {
        let day = if self.begins == "day" { self.begins_on.as_str() } else { "" };
        let chosen =
            [&self.what, &self.reseller, &self.former, day, &self.ends_on, &self.earners, &self.helpers];
        mark_of(&chosen.join("\n"))
    }

    /// The same with letters, in which what was typed stands as long as it speaks of what is chosen.
    pub fn with_drafts(self, drafts: &[Draft]) -> Self {
        let basis = self.basis();
        Self { letters: self.letters.with_drafts(drafts, basis), ..self }
    }

    /// # Errors
    /// [`Error::NotFound`] where it is no id.
    pub fn selection(&self) -> Result<SelectionId> {
        SelectionId::parse(&self.selection).ok_or(Error::NotFound)
    }

    /// What is wanted, as seen on a day.
    ///
    /// # Errors
    /// [`Error::BadRequest`] where the page's own id is missing.
    pub fn parse(&self, today: NaiveDate) -> Result<Result<Wish, Problems>> {
        let id = HandoverId::parse(&self.handover).ok_or(Error::BadRequest("handover"))?;
        let selection = self.selection()?;
        let mut problems = Problems::default();
        let (joins, leaves) = match self.what.as_str() {
            "join" => (true, false),
            "replace" => (true, true),
            "remove" => (false, true),
            _ => {
                problems.field("what", Err::<(), Problem>(Problem::NotChosen));
                (false, false)
            }
        };
        let former = problems.field("former", party(&self.former, leaves));
        let reseller = problems.field("reseller", self.reseller(joins, former));
        let begins = problems.field("begins_on", begins((&self.begins, &self.begins_on), today));
        let ends_on = match joins {
            true => problems.field("ends_on", ends_on(&self.ends_on, begins, today)),
            false => Some(None),
        };
        let earners = problems.field("earners", self.earners(joins, leaves));
        let helpers = problems.field("helpers", self.helpers(joins, leaves));
        let letters = self.letters.parse(&mut problems);
        Ok(problems.or(|| {
            let source = Source::Selection(selection);
            let choices =
                Choices { source, ends_on: ends_on?, earners: earners?, helpers: helpers?, letters };
            let (former, reseller, begins) = (former?, reseller?, begins?);
            Some(Wish { id, selection, former, reseller, begins, choices, shown: self.shown.clone() })
        }))
    }

    fn reseller(
        &self,
        joins: bool,
        former: Option<Option<OrganisationId>>,
    ) -> Result<Option<OrganisationId>, Problem> {
        let reseller = party(&self.reseller, joins)?;
        let is_same = reseller.is_some() && former == Some(reseller);
        if is_same { Err(Wrong::Same.into()) } else { Ok(reseller) }
    }

    fn earners(&self, joins: bool, leaves: bool) -> Result<Earners, Problem> {
        match self.earners.as_str() {
            "" | "leave" => Ok(Earners::Leave),
            "former" if !leaves => Err(Wrong::NoFormer.into()),
            "former" => Ok(Earners::OfFormer),
            "all" if !joins => Err(Wrong::NoReseller.into()),
            "all" => Ok(Earners::All),
            _ => Err(Problem::UnknownChoice),
        }
    }

    fn helpers(&self, joins: bool, leaves: bool) -> Result<Helpers, Problem> {
        match self.helpers.as_str() {
            "" | "leave" => Ok(Helpers::Leave),
            "reseller" | "provider" if !leaves => Err(Wrong::NoFormer.into()),
            "reseller" | "all" if !joins => Err(Wrong::NoReseller.into()),
            "reseller" => Ok(Helpers::ToReseller),
            "provider" => Ok(Helpers::ToProvider),
            "all" => Ok(Helpers::All),
            _ => Err(Problem::UnknownChoice),
        }
    }
}

/// A reseller where one is wanted. What else was chosen in its field counts for nothing.
fn party(typed: &str, is_wanted: bool) -> Result<Option<OrganisationId>, Problem> {
    match typed.trim() {
        _ if !is_wanted => Ok(None),
        "" => Err(Problem::NotChosen),
        text => OrganisationId::parse(text).map(Some).ok_or(Problem::UnknownChoice),
    }
}

#[cfg(test)]
mod tests;
