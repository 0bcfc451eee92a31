//! What the browser sends.

use serde::{Deserialize, Serialize};

use super::model::search::{self, Filter, Search};
use crate::error::{Error, Result};
use crate::values::id::OrganisationId;

/// The filters of the list, as they stand in its address.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct CustomerListForm {
    pub search: String,
    pub reseller: String,
}

impl CustomerListForm {
    /// What the page may show again: without control characters, not longer than a search can be.
    pub fn tidy(self) -> Self {
        Self { search: search::tidy(&self.search), ..self }
    }

    /// # Errors
    /// [`Error::BadRequest`] for a reseller that is no id: no page links to such a list.
    pub fn parse(&self) -> Result<Filter> {
        let reseller = match self.reseller.as_str() {
            "" => None,
            text => Some(OrganisationId::parse(text).ok_or(Error::BadRequest("reseller"))?),
        };
        Ok(Filter { search: Search::parse(&self.search), reseller })
    }

    /// The same list, not searched.
    pub fn without_search(&self) -> Self {
        Self { search: String::new(), ..self.clone() }
    }

    /// The same list, of every reseller.
    pub fn without_reseller(&self) -> Self {
        Self { reseller: String::new(), ..self.clone() }
    }
}
