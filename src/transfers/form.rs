//! What the browser sends.

pub mod answer;
pub mod decision;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::model::{State, open_until_latest};
use super::wrong::Wrong;
use crate::error::{Error, Result};
use crate::links::form::needle;
use crate::values::day;
use crate::values::id::{CustomerId, SubscriptionId, TransferId};
use crate::values::moment::days_after;
use crate::values::mpn_id::MpnId;
use crate::values::name;
use crate::values::problem::Problem;
use crate::values::typed::{printable, printable_line, typed};
use crate::web::Problems;

pub use answer::{Answered, OwnAnswerForm};
pub use decision::{Decision, DecisionForm, RecordForm, Recorded, WithdrawalForm};

pub const LONGEST_REASON: usize = 500;
const LONGEST_MESSAGE: usize = 1000;
/// So many days a file is left open where nobody says otherwise.
const USUAL_DAYS: u64 = 30;
/// So many bases move with one file; no page ticks more.
const MOST: usize = 100;

/// The new partner, as somebody means it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sought {
    MpnId(MpnId),
    Name(String),
    /// It is none of this installation.
    Outside {
        name: String,
        mpn_id: Option<MpnId>,
    },
}

impl Sought {
    /// The field that says it.
    pub fn field(&self) -> &'static str {
        match self {
            Self::MpnId(_) | Self::Name(_) => "partner",
            Self::Outside { .. } => "outside_name",
        }
    }
}

/// What somebody wants to move where.
#[derive(Clone, Debug)]
pub struct Wish {
    pub id: TransferId,
    pub customer: CustomerId,
    pub sought: Sought,
    /// Bases.
    pub chosen: Vec<SubscriptionId>,
    pub message: String,
    pub open_until: NaiveDate,
    /// [`super::store::starting::Plan::mark`] of what was shown.
    pub shown: String,
}

/// Where the button leads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Step {
    /// To what it will do.
    #[default]
    Look,
    Back,
    Do,
}

impl Step {
    pub fn of(button: &str) -> Self {
        match button {
            "do" => Self::Do,
            "back" => Self::Back,
            _ => Self::Look,
        }
    }
}

/// The same as typed. Ticks repeat, so it arrives as pairs.
#[derive(Clone, Debug, Default)]
pub struct StartForm {
    /// Chosen by the page, so that sending it twice starts one.
    pub id: String,
    /// `here` or `outside`.
    pub place: String,
    pub partner: String,
    pub outside_name: String,
    pub outside_mpn_id: String,
    pub items: Vec<String>,
    pub message: String,
    pub open_until: String,
    pub shown: String,
    pub step: Step,
}

impl StartForm {
    pub fn fresh(today: NaiveDate) -> Self {
        Self {
            id: TransferId::new().to_string(),
            place: "here".to_owned(),
            open_until: days_after(today, USUAL_DAYS).to_string(),
            ..Self::default()
        }
    }

    pub fn of(pairs: Vec<(String, String)>) -> Self {
        let mut form = Self::default();
        for (name, value) in pairs {
            match name.as_str() {
                "id" => form.id = value,
                "place" => form.place = value,
                "partner" => form.partner = printable_line(&value),
                "outside_name" => form.outside_name = printable_line(&value),
                "outside_mpn_id" => form.outside_mpn_id = printable_line(&value),
                "item" => form.items.push(value),
                "message" => form.message = printable(&value),
                "open_until" => form.open_until = day::for_calendars(printable_line(&value)),
                "shown" => form.shown = value,
                "step" => form.step = Step::of(&value),
                _ => {}
            }
        }
        form
    }

    pub fn has(&self, subscription: &SubscriptionId) -> bool {
        self.items.iter().any(|item| item == subscription.as_str())
    }

    /// What is wanted, as seen on a day.
    ///
    /// # Errors
    /// [`Error::BadRequest`] where the page's own id is missing.
    pub fn parse(
        &self,
        customer: &CustomerId,
        today: NaiveDate,
    ) -> Result<std::result::Result<Wish, Problems>> {
        let id = TransferId::parse(&self.id).ok_or(Error::BadRequest("id"))?;
        let mut problems = Problems::default();
        let sought = self.sought(&mut problems);
        let mut chosen: Vec<SubscriptionId> = Vec::new();
        for item in &self.items {
            let item = SubscriptionId::parse(item).ok_or(Error::BadRequest("item"))?;
            if !chosen.contains(&item) {
                chosen.push(item);
            }
        }
        if chosen.len() > MOST {
            return Err(Error::BadRequest("item"));
        }
        if chosen.is_empty() {
            problems.on("items", Wrong::NothingChosen);
        }
        let message = problems.field("message", paragraphs_if_any(&self.message, LONGEST_MESSAGE));
        let open_until = problems.field("open_until", open_until(&self.open_until, today));
        Ok(problems.or(|| {
            let (customer, shown) = (*customer, self.shown.clone());
            let (sought, message, open_until) = (sought?, message?, open_until?);
            Some(Wish { id, customer, sought, chosen, message, open_until, shown })
        }))
    }

    fn sought(&self, problems: &mut Problems) -> Option<Sought> {
        if self.place == "outside" {
            let name = problems.field("outside_name", name::required(&self.outside_name, name::COMPANY));
            let mpn_id = match self.outside_mpn_id.trim() {
                "" => Some(None),
                typed => problems.field("outside_mpn_id", MpnId::parse(typed).map(Some)),
            };
            return Some(Sought::Outside { name: name?, mpn_id: mpn_id? });
        }
        if let Ok(mpn_id) = MpnId::parse(&self.partner) {
            return Some(Sought::MpnId(mpn_id));
        }
        problems.field("partner", name::required(&self.partner, name::COMPANY)).map(Sought::Name)
    }
}

fn open_until(typed: &str, today: NaiveDate) -> std::result::Result<NaiveDate, Problem> {
    let day = day::parse(typed)?;
    match day {
        early if early < today => Err(Wrong::BeforeToday.into()),
        late if late > open_until_latest(today) => Err(Wrong::TooLate.into()),
        day => Ok(day),
    }
}

/// Several lines, or none.
fn paragraphs_if_any(typed: &str, most: usize) -> std::result::Result<String, Problem> {
    if typed.trim().is_empty() { Ok(String::new()) } else { name::paragraphs(typed, most) }
}

/// What the list is narrowed to.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct ListFilter {
    /// `in` for what others offer.
    pub direction: String,
    #[serde(deserialize_with = "typed")]
    pub search: String,
    /// `open`, or how it ended.
    pub state: String,
}

/// How a file can stand, as the list tells it apart.
pub const STANDINGS: [&str; 6] = ["open", "done", "refused", "withdrawn", "expired", "failed"];

impl ListFilter {
    /// What the page may show again.
    #[must_use]
    pub fn tidy(self) -> Self {
        let direction = if self.is_incoming() { self.direction } else { String::new() };
        let state = if STANDINGS.contains(&self.state.as_str()) { self.state } else { String::new() };
        Self { direction, state, search: self.search }
    }

    pub fn is_incoming(&self) -> bool {
        self.direction == "in"
    }

    pub fn needle(&self) -> String {
        needle(&self.search)
    }

    pub fn states(&self) -> Vec<State> {
        match self.state.as_str() {
            "open" => State::ALL.iter().copied().filter(|state| state.is_open()).collect(),
            state => State::from_text(state).filter(|state| !state.is_open()).into_iter().collect(),
        }
    }

    pub fn is_set(&self) -> bool {
        !self.needle().is_empty() || !self.states().is_empty()
    }
}

#[cfg(test)]
mod tests;
