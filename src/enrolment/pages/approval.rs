//! What an approval makes, whoever approves.

use crate::enrolment::letter::{self, Turn};
use crate::enrolment::model::{Details, Enrolment};
use crate::enrolment::store::decision::Founder;
use crate::error::Result;
use crate::partners::store::operator::Operator;
use crate::paths;
use crate::values::email::Email;
use crate::values::id::{LetterId, LocationId, OrganisationId, PersonId};
use crate::web::{Site, Vault};

use super::way_back;

/// What an approval makes, with its letter; an answer to it goes to whoever decided.
///
/// # Errors
/// When a template cannot be rendered.
pub fn founder(
    enrolment: &Enrolment,
    details: &Details,
    by: Option<&Email>,
    (operator, site, vault): (&Operator, &Site, &Vault),
) -> Result<Founder> {
    let link = format!("{}{}", site.base_url, paths::session::sign_in());
    let leads_back = way_back(vault, enrolment).is_some();
    let turn =
        Turn::Approved { name: &details.person_name, company: &details.company, link: &link, leads_back };
    let to = (&enrolment.id, &enrolment.email);
    Ok(Founder {
        organisation: OrganisationId::new(),
        location: LocationId::new(),
        person: PersonId::new(),
        letter: (LetterId::new(), letter::to_applicant(to, &turn, operator, by, site)?),
    })
}
