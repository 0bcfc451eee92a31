//! What the browser sends.

use serde::{Deserialize, Serialize};

use super::model::search::{self, Filter, Search};
use crate::error::{Error, Result};
use crate::values::id::{DelegationId, OrganisationId};
use crate::values::problem::Problem;
use crate::web::Problems;

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
}

/// Which reseller is to administer a customer.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct AssociationForm {
    /// Chosen by the page, so that sending it twice associates once.
    pub delegation: String,
    /// Who administered the customer when the page was drawn.
    pub mark: String,
    pub reseller: String,
}

impl AssociationForm {
    /// The reseller that is meant.
    pub fn parse(&self) -> Result<OrganisationId, Problems> {
        let reseller = match self.reseller.trim() {
            "" => Err(Problem::NotChosen),
            text => OrganisationId::parse(text).ok_or(Problem::UnknownChoice),
        };
        reseller.map_err(|problem| ("reseller", problem).into())
    }

    /// # Errors
    /// [`Error::BadRequest`] where the page's own id is missing.
    pub fn id(&self) -> Result<DelegationId> {
        DelegationId::parse(&self.delegation).ok_or(Error::BadRequest("an association without an id"))
    }
}
