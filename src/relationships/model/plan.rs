//! A change that waits for its day.

use chrono::NaiveDate;

use super::{Choices, Obstacle};
use crate::text_enum;
use crate::values::id::{CustomerId, DelegationId, DelegationPlanId, OrganisationId, PersonId};
use crate::values::moment::Moment;

text_enum! {
    /// How far a plan is.
    pub enum PlanState {
        /// It waits for its day.
        Open = "open",
        Done = "done",
        /// Somebody dropped it, or made another one in its place.
        Dropped = "dropped",
        /// On its day it could not be carried out, and nothing of it was.
        Failed = "failed",
    }
}

/// What somebody decided to change on a later day.
#[derive(Clone, Debug)]
pub struct Plan {
    pub id: DelegationPlanId,
    pub customer: CustomerId,
    pub provider: OrganisationId,
    /// The delegation that ends, with the name of its reseller.
    pub former: Option<(DelegationId, String)>,
    /// The reseller whose delegation begins.
    pub reseller: Option<(OrganisationId, String)>,
    /// The day in UTC.
    pub begins_on: NaiveDate,
    pub choices: Choices,
    pub state: PlanState,
    pub obstacle: Option<Obstacle>,
    pub made_by: (PersonId, String),
    pub created_at: Moment,
    pub settled_at: Option<Moment>,
    pub settled_by: String,
}

impl Plan {
    pub fn is_open(&self) -> bool {
        self.state == PlanState::Open
    }

    pub fn former_name(&self) -> Option<&str> {
        self.former.as_ref().map(|(_, name)| name.as_str())
    }

    pub fn reseller_name(&self) -> Option<&str> {
        self.reseller.as_ref().map(|(_, name)| name.as_str())
    }

    pub fn former_id(&self) -> Option<&DelegationId> {
        self.former.as_ref().map(|(id, _)| id)
    }
}
