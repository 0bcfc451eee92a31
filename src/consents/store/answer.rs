//! What a mailed link leads to, and what an answer does.

use crate::access::Reach;
use crate::activity::{self, Action, Change};
use crate::agreements::model::{Party, Request, Text};
use crate::agreements::store::contact::contact_for;
use crate::agreements::store::requests::{self, Answer, Verdict};
use crate::agreements::store::texts;
use crate::customers;
use crate::customers::model::Agreement;
use crate::customers::store::agreement::consent;
use crate::db::Connection;
use crate::error::Result;
use crate::language::Language;
use crate::mail::letter::Letter;
use crate::mail::outbox;
use crate::partners;
use crate::partners::model::Organisation;
use crate::partners::model::contact::Contact;
use crate::values::id::{CustomerId, LetterId, OrganisationId};
use crate::values::moment::Moment;
use crate::values::token::TokenHash;

/// A request, who made it, and the text that it is about now.
#[derive(Clone, Debug)]
pub struct Invitation {
    pub request: Request,
    pub provider: Organisation,
    /// Who at the provider gets the answer.
    pub contact: Option<Contact>,
    /// The text in force; for what was accepted, the text that was.
    pub text: Option<Text>,
}

/// The invitation behind a link, with the text in the language of whoever reads it, if there is one.
///
/// # Errors
/// Database errors.
pub fn invitation(
    conn: &mut Connection,
    token: &TokenHash,
    language: Language,
) -> Result<Option<Invitation>> {
    let Some(request) = requests::by_token(conn, token)? else { return Ok(None) };
    let provider = partners::store::find(conn, &request.provider)?;
    let contact = contact_for(conn, &request)?;
    let text = match &request.agreement {
        Some(accepted) if !request.is_open() => Some(texts::find(conn, accepted)?),
        None if !request.is_open() => None,
        _ => texts::in_force(conn, request.party.country, language)?,
    };
    Ok(Some(Invitation { request, provider, contact, text }))
}

/// What an answer needs from outside, so that it can be tried again.
#[derive(Clone, Debug)]
pub struct Given {
    pub token: TokenHash,
    pub answer: Answer,
    pub letter: Option<(LetterId, Letter)>,
    pub now: Moment,
}

/// What became of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answered {
    Done,
    /// Another text holds than the one that was read.
    OtherText,
    /// The request is not as it was when the page was shown: its page says how it stands.
    Changed,
}

/// Takes an answer: once, however often and from wherever it is given. What is accepted for a customer is kept with
/// it; what is accepted for a draft stays with the request until there is a customer.
///
/// # Errors
/// Database errors.
pub fn give(conn: &mut Connection, given: &Given) -> Result<Answered> {
    let Some(request) = requests::by_token(conn, &given.token)? else { return Ok(Answered::Changed) };
    if let Verdict::Accepted(read) = &given.answer.verdict {
        let country = request.party.country;
        let holds = match read {
            Some(read) => texts::holds(conn, country, read)?,
            None => texts::in_force(conn, country, Language::ENGLISH)?.is_none(),
        };
        if request.is_open() && !holds {
            return Ok(Answered::OtherText);
        }
    }
    if !requests::close(conn, &request, &given.answer, given.now)? {
        return Ok(Answered::Changed);
    }
    // Read again: with the answer, and with the customer that the draft may have become.
    let Some(request) = requests::by_token(conn, &given.token)? else { return Ok(Answered::Changed) };
    if let (Some(customer), Some(agreement)) = (&request.customer, Agreement::of(&request))
        && request.is_for(&party_of(conn, &request.provider, customer)?)
    {
        consent(conn, &request.provider, customer, &agreement, given.now)?;
    }
    if let Some((id, letter)) = &given.letter {
        outbox::put(conn, id, letter, given.now)?;
    }
    record(conn, &request, &given.answer, given.now)?;
    Ok(Answered::Done)
}

/// The customer as its account stands: what was accepted for another company or country counts for that one only.
fn party_of(conn: &mut Connection, provider: &OrganisationId, customer: &CustomerId) -> Result<Party> {
    let reach = Reach::Provider(*provider);
    Ok(customers::store::find(conn, &reach, customer)?.account.party())
}

fn record(conn: &mut Connection, request: &Request, answer: &Answer, now: Moment) -> Result<()> {
    let (action, change) = match &answer.verdict {
        Verdict::Accepted(_) => (
            Action::AcceptCustomerAgreement,
            request.agreement_version.map(|version| Change::set("version", version)),
        ),
        Verdict::Declined(reason) => (Action::DeclineCustomerAgreement, Some(Change::set("reason", reason))),
    };
    let entry = requests::entry(action, request).with(change);
    let (name, company) = (request.answerer(), &request.party.company_name);
    activity::store::record_by_visitor(conn, &request.provider, (&name, company), &entry, now)
}
