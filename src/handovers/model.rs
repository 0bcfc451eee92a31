//! A change of who looks after many customers: what was chosen, how far it is, and what came of it for each.

mod estimate;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::customers::facts::Named;
use crate::relationships::model::{Draft, Helpers, Obstacle};
use crate::text_enum;
use crate::values::id::{HandoverId, JobId, OrganisationId, PersonId, SelectionId};
use crate::values::moment::Moment;

pub use estimate::{Estimate, Sample};

/// Where the customers come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    /// What somebody had selected, kept apart.
    Selection(SelectionId),
    /// All that the former reseller administers, and those of whose subscriptions one names it.
    Former,
}

/// Which subscriptions name the new reseller for incentives from then on, or nobody where there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Earners {
    Leave,
    /// Those that name the former reseller.
    OfFormer,
    All,
}

/// What was chosen besides the two resellers and the day, as it is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Choices {
    pub source: Source,
    /// The last day of each delegation that begins.
    pub ends_on: Option<NaiveDate>,
    pub earners: Earners,
    pub helpers: Helpers,
    pub letters: Vec<Draft>,
}

text_enum! {
    /// How far it is.
    pub enum State {
        /// The customers are copied, so that what changes in the selection later changes nothing.
        Gathering = "gathering",
        /// One customer is done after another.
        Working = "working",
        Done = "done",
        /// Somebody stopped it. What was done stays.
        Stopped = "stopped",
    }
}

text_enum! {
    /// What came of it for one customer.
    pub enum Outcome {
        Waiting = "waiting",
        Done = "done",
        /// It did not concern this customer.
        Unchanged = "unchanged",
        Refused = "refused",
    }
}

text_enum! {
    /// What there is to say of a customer, beside what the rules refuse.
    pub enum Idle {
        /// The former reseller does not administer it.
        NotAdministered = "not_administered",
        /// The new one does already.
        AdministersAlready = "administers_already",
        /// The portal failed at it.
        Failed = "failed",
        /// It was done, and its contact had too many letters by then to get this one.
        LetterLeftOut = "letter_left_out",
    }
}

/// How many customers there are, and what came of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub total: i64,
    pub done: i64,
    pub unchanged: i64,
    pub refused: i64,
    /// How many subscriptions name somebody else than before.
    pub subscriptions: i64,
}

impl Tally {
    /// How many customers have had their turn.
    pub fn settled(&self) -> i64 {
        self.done.saturating_add(self.unchanged).saturating_add(self.refused)
    }

    pub fn left(&self) -> i64 {
        self.total.saturating_sub(self.settled())
    }
}

/// A reseller, as it is kept with a handover.
pub type Party = Option<(OrganisationId, String)>;

/// One such change.
#[derive(Clone, Debug)]
pub struct Handover {
    pub id: HandoverId,
    pub provider: OrganisationId,
    /// The reseller whose delegations end.
    pub former: Party,
    /// The reseller whose delegations begin.
    pub reseller: Party,
    /// The day for which it is planned with each customer.
    pub begins_on: Option<NaiveDate>,
    pub choices: Choices,
    pub state: State,
    /// Up to where the customers are copied.
    pub gathered: String,
    pub tally: Tally,
    pub begun_by: (PersonId, String),
    pub begun_at: Moment,
    pub settled_at: Option<Moment>,
    /// Who stopped it.
    pub settled_by: String,
    pub job: JobId,
}

impl Handover {
    /// Whether something of a reseller whose partnership has ended may be left, so that another one can be begun for it.
    pub fn can_begin_again(&self) -> bool {
        let is_left = self.state == State::Stopped || self.tally.refused > 0;
        let is_of_parting = self.former.is_some() && self.choices.source == Source::Former;
        is_of_parting && !self.is_under_way() && is_left
    }

    pub fn is_under_way(&self) -> bool {
        matches!(self.state, State::Gathering | State::Working)
    }

    pub fn former_name(&self) -> Option<&str> {
        self.former.as_ref().map(|(_, name)| name.as_str())
    }

    pub fn reseller_name(&self) -> Option<&str> {
        self.reseller.as_ref().map(|(_, name)| name.as_str())
    }

    pub fn former_id(&self) -> Option<&OrganisationId> {
        self.former.as_ref().map(|(id, _)| id)
    }

    pub fn reseller_id(&self) -> Option<&OrganisationId> {
        self.reseller.as_ref().map(|(id, _)| id)
    }
}

/// A customer that has its turn, or had it.
#[derive(Clone, Debug)]
pub struct Settled {
    pub customer: Named,
    pub outcome: Outcome,
    /// Why it was refused, or why nothing had to be done.
    pub why: String,
}

impl Settled {
    pub fn obstacle(&self) -> Option<Obstacle> {
        Obstacle::from_text(&self.why).filter(|_| self.outcome == Outcome::Refused)
    }

    pub fn idle(&self) -> Option<Idle> {
        Idle::from_text(&self.why)
    }
}
