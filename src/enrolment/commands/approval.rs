//! What an approval makes, whoever approves.

use crate::enrolment::letters::Applicant;
use crate::enrolment::letters::approved::Approved;
use crate::enrolment::model::{Details, Enrolment};
use crate::enrolment::store::decision::Founder;
use crate::enrolment::way_back::WayBack;
use crate::error::Result;
use crate::mail::compose::Written as _;
use crate::partners::store::operator::Operator;
use crate::paths;
use crate::values::email::Email;
use crate::values::id::{LetterId, LocationId, OrganisationId, PersonId};
use crate::web::Portal;

/// What an approval makes, with its letter; an answer to it goes to whoever decided.
///
/// # Errors
/// When a template cannot be rendered.
pub fn founder(
    at: &Portal,
    operator: &Operator,
    (enrolment, details): (&Enrolment, &Details),
    by: Option<&Email>,
) -> Result<Founder> {
    let link = format!("{}{}", at.site.base_url, paths::session::sign_in());
    let leads_back = WayBack::of(&at.vault, enrolment).is_some();
    let to = Applicant::of(enrolment, operator, &at.site);
    let (name, company) = (&details.person_name, &details.company);
    let approved = Approved { to, name, company, link: &link, leads_back, by };
    Ok(Founder {
        organisation: OrganisationId::new(),
        location: LocationId::new(),
        person: PersonId::new(),
        letter: (LetterId::new(), approved.letter()?),
    })
}
