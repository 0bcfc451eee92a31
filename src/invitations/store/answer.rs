//! The answer to a request.

use diesel::prelude::*;

use super::requests::{By, REQUEST, request, withdraw};
use crate::activity::{self, Action, Change, Entry};
use crate::db::Connection;
use crate::db::schema::customer_requests;
use crate::error::Result;
use crate::invitations::model::Request;
use crate::links::model::RequestState;
use crate::mail::letter::Letter;
use crate::mail::outbox;
use crate::values::id::LetterId;
use crate::values::moment::Moment;
use crate::values::token::TokenHash;

/// What a refusal needs from outside, so that it can be tried again.
#[derive(Clone, Debug)]
pub struct Refusal {
    pub token: TokenHash,
    pub name: String,
    pub reason: String,
    /// Tells whoever asked; none when nobody there can be written to.
    pub letter: Option<(LetterId, Letter)>,
    pub now: Moment,
}

/// Declines a request: that opens nothing, so it takes no more than the link. Answers `false` when it was answered or
/// revoked in the meantime.
///
/// # Errors
/// Database errors.
pub fn decline(conn: &mut Connection, refusal: &Refusal) -> Result<bool> {
    let Some(asked) = request(conn, By::Token(&refusal.token))? else { return Ok(false) };
    let declined = diesel::update(customer_requests::table)
        .filter(customer_requests::token_hash.eq(&refusal.token))
        .filter(customer_requests::state.eq(RequestState::Open))
        .filter(customer_requests::expires_at.gt(refusal.now))
        .set((
            customer_requests::state.eq(RequestState::Declined),
            customer_requests::answered_at.eq(Some(refusal.now)),
            customer_requests::answered_by_name.eq(&refusal.name),
            customer_requests::decline_reason.eq(&refusal.reason),
            customer_requests::version.eq(customer_requests::version + 1),
        ))
        .execute(conn)?;
    if declined == 0 {
        return Ok(false);
    }
    withdraw(conn, &asked.id)?;
    if let Some((id, letter)) = &refusal.letter {
        outbox::put(conn, id, letter, refusal.now)?;
    }
    let entry = Entry::new(Action::DeclineInvitation, REQUEST, asked.id, &asked.drafted.to)
        .with([Change::set("reason", &refusal.reason)]);
    record(conn, &asked, (&refusal.name, ""), &entry, refusal.now)?;
    Ok(true)
}

/// Records what a visitor did, in the logs of all who asked.
pub(super) fn record(
    conn: &mut Connection,
    asked: &Request,
    visitor: (&str, &str),
    entry: &Entry,
    now: Moment,
) -> Result<()> {
    for organisation in std::iter::once(&asked.provider).chain(&asked.reseller) {
        activity::store::record_by_visitor(conn, organisation, visitor, entry, now)?;
    }
    Ok(())
}
