//! Making a request: one open at a time for each draft or customer.

use diesel::prelude::*;

use super::{Row, end, entry, latest_of};
use crate::access::Allowed;
use crate::access::permission::AskForAgreements;
use crate::activity::{self, Action, Author, Change};
use crate::agreements::model::{Party, Request, Subject};
use crate::agreements::store::texts;
use crate::customers::facts::demand_lasting;
use crate::db::schema::agreement_requests;
use crate::db::{Connection, try_again, unless_taken};
use crate::error::Result;
use crate::links::model::{DraftText, RequestState};
use crate::values::id::AgreementRequestId;
use crate::values::moment::Moment;
use crate::values::token::TokenHash;

/// Whoever presses the button again within so many seconds may have lost the answer, and the link with it.
const TWICE_SECONDS: i64 = 60;

/// A request to be made.
#[derive(Clone, Debug)]
pub struct NewRequest {
    pub id: AgreementRequestId,
    pub party: Party,
    pub text: DraftText,
    pub token_hash: TokenHash,
    pub expires_at: Moment,
}

/// What became of asking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The new link is good for this request.
    New(AgreementRequestId),
    /// One for the same company and contact is open already; nothing was changed.
    Open(AgreementRequestId),
    /// The company has accepted already.
    Accepted(AgreementRequestId),
}

/// Asks for a draft or a customer. An open request to another contact, or one that has expired, ends with it.
///
/// # Errors
/// Database errors.
pub fn ask(
    conn: &mut Connection,
    by: &Allowed<AskForAgreements>,
    subject: &Subject,
    new: &NewRequest,
    now: Moment,
) -> Result<Asked> {
    if let Subject::Customer(customer) = subject {
        demand_lasting(conn, customer)?;
    }
    let latest = latest_of(conn, &by.organisation.id, subject)?;
    if let Some(latest) = latest {
        if latest.is_accepted_for(&new.party) {
            return Ok(Asked::Accepted(latest.id));
        }
        if latest.is_open() && latest.progress.expires_at > now && latest.party == new.party {
            return again(conn, by, latest, new, now);
        }
        end(conn, &Author::of(by), &latest, now)?;
    }
    let row = row(conn, by, subject, new, now)?;
    if !unless_taken(conn, diesel::insert_into(agreement_requests::table).values(&row))? {
        return Err(try_again());
    }
    let changes = [Change::set("email", &new.party.email), Change::set("expires_at", new.expires_at.iso())];
    let entry = entry(Action::RequestAgreement, &row.with(None)).with(changes);
    activity::store::record(conn, by, &entry, now)?;
    Ok(Asked::New(new.id))
}

/// The same was asked a moment ago by the same person, and nothing was done with the link: it is renewed.
fn again(
    conn: &mut Connection,
    by: &Allowed<AskForAgreements>,
    latest: Request,
    new: &NewRequest,
    now: Moment,
) -> Result<Asked> {
    let is_twice = latest.requested_by == by.person
        && latest.version == 1
        && latest.progress.sent_at.is_none()
        && latest.progress.created_at.plus_seconds(TWICE_SECONDS) > now
        && latest.progress.created_at.can_have_been(now);
    if !is_twice {
        return Ok(Asked::Open(latest.id));
    }
    diesel::update(agreement_requests::table.find(&latest.id))
        .set(agreement_requests::token_hash.eq(&new.token_hash))
        .execute(conn)?;
    Ok(Asked::New(latest.id))
}

fn row(
    conn: &mut Connection,
    by: &Allowed<AskForAgreements>,
    subject: &Subject,
    new: &NewRequest,
    now: Moment,
) -> Result<Row> {
    let text = texts::in_force(conn, new.party.country, new.text.language)?;
    let (draft_id, customer_id) = match subject {
        Subject::Draft(draft) => (Some(*draft), None),
        Subject::Customer(customer) => (None, Some(*customer)),
    };
    Ok(Row {
        id: new.id,
        provider_id: by.organisation.id,
        draft_id,
        customer_id,
        agreement_id: text.map(|text| text.id),
        requested_by: by.person,
        requested_by_name: by.name.clone(),
        requested_by_email: by.email.clone(),
        company_name: new.party.company_name.clone(),
        country: new.party.country,
        to_first_name: new.party.first_name.clone(),
        to_last_name: new.party.last_name.clone(),
        to_email: new.party.email.clone(),
        subject: new.text.subject.clone(),
        body: new.text.text.clone(),
        token_hash: new.token_hash.clone(),
        state: RequestState::Open,
        created_at: now,
        sent_at: None,
        expires_at: new.expires_at,
        answered_at: None,
        answered_first_name: String::new(),
        answered_last_name: String::new(),
        decline_reason: String::new(),
        revoked_by_name: String::new(),
        version: 1,
        language: new.text.language,
    })
}
