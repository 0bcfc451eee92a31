//! The filters of the list of organisations, as they stand in its address.

use serde::{Deserialize, Serialize};

use crate::access::OrganisationKind;
use crate::partners::model::OrganisationState;
use crate::partners::store::directory::Wanted;
use crate::values::email;
use crate::values::folding::folded;
use crate::values::typed;

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct OrganisationFilter {
    pub search: String,
    pub kind: String,
    pub state: String,
}

impl OrganisationFilter {
    /// What the page may show again.
    #[must_use]
    pub fn tidy(mut self) -> Self {
        self.search = typed::search(&self.search);
        self
    }

    pub fn kind(&self) -> Option<OrganisationKind> {
        OrganisationKind::from_text(&self.kind).filter(|kind| OrganisationKind::IN_THE_CHANNEL.contains(kind))
    }

    pub fn state(&self) -> Option<OrganisationState> {
        OrganisationState::from_text(&self.state)
    }

    pub fn wanted(&self) -> Wanted {
        Wanted {
            needle: folded(&self.search),
            address: email::needle(&self.search),
            kind: self.kind(),
            state: self.state(),
        }
    }

    pub fn is_set(&self) -> bool {
        !self.search.trim().is_empty() || self.kind().is_some() || self.state().is_some()
    }
}
