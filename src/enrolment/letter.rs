//! The letters of this area: to the applicant at each turn, and to those who decide.

use askama::Template;

use super::model::{Details, Kind};
use crate::error::Result;
use crate::mail::face::body;
use crate::mail::letter::{Hand, Letter};
use crate::mail::text::rendered;
use crate::partners::store::operator::Operator;
use crate::paths;
use crate::values::email::Email;
use crate::values::id::EnrolmentId;
use crate::web::Site;

/// What a letter to an applicant is about; its state is shown on the enrolment's page.
pub const ENROLMENT: &str = "enrolment";
/// What a letter to somebody who has an account already is about.
const ACCOUNT: &str = "enrolment_account";
/// What a letter to somebody who decides is about.
const WAITING: &str = "enrolment_waiting";

/// Why the applicant is written to.
pub enum Turn<'a> {
    /// The link that proves the address and leads on.
    Link { kind: Kind, link: &'a str, until: &'a str },
    /// A further link to what was handed in.
    Standing { kind: Kind, link: &'a str, until: &'a str },
    /// There is an account with this address.
    Account { link: &'a str },
    /// Handed in; the link shows how it goes on.
    Received { name: &'a str, company: &'a str, link: &'a str },
    /// The account is open; the link is where one signs in. `leads_back` when a partnership request led here.
    Approved { name: &'a str, company: &'a str, link: &'a str, leads_back: bool },
    /// Refused by somebody for a reason; under the link it can be mended.
    Refused { name: &'a str, company: &'a str, by: &'a str, reason: &'a str, link: &'a str, until: &'a str },
}

#[derive(Template)]
#[template(path = "mail/enrolment_subject.txt")]
struct Subject<'a> {
    turn: &'a Turn<'a>,
    site: &'a Site,
}

#[derive(Template)]
#[template(path = "mail/enrolment.letter")]
struct Words<'a> {
    turn: &'a Turn<'a>,
    site: &'a Site,
    operator: &'a Operator,
}

/// The letter to an applicant. An answer goes to whoever decided, else to the operator's support.
///
/// # Errors
/// When a template cannot be rendered.
pub fn to_applicant(
    (id, to): (&EnrolmentId, &Email),
    turn: &Turn,
    operator: &Operator,
    reply_to: Option<&Email>,
    site: &Site,
) -> Result<Letter> {
    let kind = if matches!(turn, Turn::Account { .. }) { ACCOUNT } else { ENROLMENT };
    let subject = rendered(&Subject { turn, site })?;
    Ok(Letter {
        organisation: operator.id.clone(),
        about: (kind, id.to_string()),
        to: to.clone(),
        reply_to: reply_to.or(operator.support_email.as_ref()).cloned(),
        body: body(&site.name, &subject, &Words { turn, site, operator })?,
        subject,
        hand: Hand::Portal,
    })
}

#[derive(Template)]
#[template(path = "mail/enrolment_waiting_subject.txt")]
struct WaitingSubject<'a> {
    details: &'a Details,
}

#[derive(Template)]
#[template(path = "mail/enrolment_waiting.letter")]
struct WaitingWords<'a> {
    name: &'a str,
    kind: Kind,
    details: &'a Details,
    email: &'a Email,
    link: &'a str,
    site: &'a Site,
}

/// Tells somebody who decides that an enrolment waits. An answer goes to the applicant.
///
/// # Errors
/// When a template cannot be rendered.
pub fn to_decider(
    (name, to): (&str, &Email),
    (id, kind, email): (&EnrolmentId, Kind, &Email),
    details: &Details,
    operator: &Operator,
    site: &Site,
) -> Result<Letter> {
    let link = format!("{}{}", site.base_url, paths::enrolment::show(id));
    let link = link.as_str();
    let subject = rendered(&WaitingSubject { details })?;
    Ok(Letter {
        organisation: operator.id.clone(),
        about: (WAITING, id.to_string()),
        to: to.clone(),
        reply_to: Some(email.clone()),
        body: body(&site.name, &subject, &WaitingWords { name, kind, details, email, link, site })?,
        subject,
        hand: Hand::Portal,
    })
}
