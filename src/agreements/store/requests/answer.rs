//! The customer's answer.

use diesel::prelude::*;

use crate::agreements::letters::REQUEST;
use crate::agreements::model::Request;
use crate::db::Connection;
use crate::db::schema::agreement_requests;
use crate::error::Result;
use crate::links::model::RequestState;
use crate::mail::outbox;
use crate::values::id::CustomerAgreementId;
use crate::values::moment::Moment;

/// What somebody answered behind the link, under the name they typed.
#[derive(Clone, Debug)]
pub struct Answer {
    pub first_name: String,
    pub last_name: String,
    pub verdict: Verdict,
}

#[derive(Clone, Debug)]
pub enum Verdict {
    /// This text; none where none is published.
    Accepted(Option<CustomerAgreementId>),
    /// With the reason.
    Declined(String),
}

/// Closes an open request with an answer. The state is the lock: of two answers one finds it open.
///
/// # Errors
/// Database errors.
pub fn close(conn: &mut Connection, request: &Request, answer: &Answer, now: Moment) -> Result<bool> {
    let (state, agreement, reason) = match &answer.verdict {
        Verdict::Accepted(agreement) => (RequestState::Accepted, agreement.as_ref(), ""),
        Verdict::Declined(reason) => (RequestState::Declined, request.agreement.as_ref(), reason.as_str()),
    };
    let closed = diesel::update(agreement_requests::table)
        .filter(agreement_requests::token_hash.eq(&request.progress.token_hash))
        .filter(agreement_requests::state.eq(RequestState::Open))
        .filter(agreement_requests::expires_at.gt(now))
        .set((
            agreement_requests::state.eq(state),
            agreement_requests::agreement_id.eq(agreement),
            agreement_requests::answered_at.eq(Some(now)),
            agreement_requests::answered_first_name.eq(&answer.first_name),
            agreement_requests::answered_last_name.eq(&answer.last_name),
            agreement_requests::decline_reason.eq(reason),
            agreement_requests::version.eq(agreement_requests::version + 1),
        ))
        .execute(conn)?;
    if closed == 1 {
        outbox::withdraw(conn, (&REQUEST, request.id.as_str()))?;
    }
    Ok(closed == 1)
}
