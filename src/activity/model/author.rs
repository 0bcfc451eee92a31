//! In whose name something is done.

use crate::access::Viewer;
use crate::values::id::{OrganisationId, PersonId};

/// Whoever asks for something now, whoever decided it before the portal does it, or the portal for an organisation.
#[derive(Clone, Debug)]
pub struct Author {
    /// Nobody, where the portal does it by itself.
    person: Option<PersonId>,
    pub name: String,
    pub organisation: OrganisationId,
    pub organisation_name: String,
}

impl Author {
    pub fn of(by: &Viewer) -> Self {
        let organisation = (&by.organisation.id, by.organisation.name.as_str());
        Self::absent((&by.person, &by.name), organisation)
    }

    /// Somebody who decided it and need not be here any more when it is done.
    pub fn absent(
        (person, name): (&PersonId, &str),
        (organisation, organisation_name): (&OrganisationId, &str),
    ) -> Self {
        Self {
            person: Some(*person),
            name: name.to_owned(),
            organisation: *organisation,
            organisation_name: organisation_name.to_owned(),
        }
    }

    /// The portal, at its time.
    pub fn portal((organisation, organisation_name): (&OrganisationId, &str)) -> Self {
        Self {
            person: None,
            name: String::new(),
            organisation: *organisation,
            organisation_name: organisation_name.to_owned(),
        }
    }

    /// Whoever it is; nobody where the portal does it by itself.
    pub fn person(&self) -> Option<&PersonId> {
        self.person.as_ref()
    }

    /// As a record keeps it: the person's id and name, and the organisation's name. Of the portal it keeps nothing.
    pub fn recorded(&self) -> (&str, &str, &str) {
        match &self.person {
            Some(person) => (person.as_str(), &self.name, &self.organisation_name),
            None => ("", "", ""),
        }
    }
}
