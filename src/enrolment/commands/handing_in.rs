//! Handing in, with the letters that tell the applicant and those who decide.

use super::approval::founder;
use super::known_operator;
use crate::enrolment::letters::Applicant;
use crate::enrolment::letters::received::Received;
use crate::enrolment::letters::waiting::Waiting;
use crate::enrolment::model::{Details, Enrolment};
use crate::enrolment::store::deciders;
use crate::enrolment::store::handing_in::{self, Given, HandedIn};
use crate::error::Result;
use crate::mail::compose::Written as _;
use crate::mail::letter::Letter;
use crate::partners::store::operator::Operator;
use crate::paths;
use crate::people::facts::RoleHolder;
use crate::values::id::LetterId;
use crate::values::moment::Moment;
use crate::values::token::Token;
use crate::web::{Portal, Site};

/// Hands in what a link leads to, as it was reviewed.
///
/// # Errors
/// Database errors.
pub async fn hand_in(
    at: &Portal,
    (token, version): (&Token, i32),
    (enrolment, details): (&Enrolment, &Details),
) -> Result<HandedIn> {
    let operator = known_operator(at).await?;
    let asked = operator.id;
    let told = at.db.read(move |conn| deciders(conn, &asked)).await?;
    let given = Given {
        token: token.hash(),
        version,
        operator: operator.id,
        received: received(token, (enrolment, details), &operator, &at.site)?,
        to_deciders: to_deciders(&told, (enrolment, details), &operator, &at.site)?,
        approval: match at.site.approves_served_resellers {
            true => Some(founder(at, &operator, (enrolment, details), None)?),
            false => None,
        },
        now: Moment::now(),
    };
    let handed_in = at.db.write(move |conn| handing_in::hand_in(conn, &given)).await?;
    at.bell.ring_if(matches!(handed_in, HandedIn::Waiting | HandedIn::Approved));
    Ok(handed_in)
}

fn received(
    token: &Token,
    (enrolment, details): (&Enrolment, &Details),
    operator: &Operator,
    site: &Site,
) -> Result<(LetterId, Letter)> {
    let link = format!("{}{}", site.base_url, paths::enrolment::link(token.reveal()));
    let to = Applicant::of(enrolment, operator, site);
    let received = Received { to, name: &details.person_name, company: &details.company, link: &link };
    Ok((LetterId::new(), received.letter()?))
}

fn to_deciders(
    told: &[RoleHolder],
    (enrolment, details): (&Enrolment, &Details),
    operator: &Operator,
    site: &Site,
) -> Result<Vec<(LetterId, Letter)>> {
    let letter =
        |to: &RoleHolder| Ok((LetterId::new(), Waiting { to, enrolment, details, operator, site }.letter()?));
    told.iter().map(letter).collect()
}
