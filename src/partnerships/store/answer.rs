//! A reseller's answer to a request.

use diesel::prelude::*;

use super::code::{self, Checked};
use super::link::{self, Invitation};
use super::requests::REQUEST;
use crate::access::permission::{AuthorizeProviders, DeclineProviders};
use crate::access::{Allowed, Viewer};
use crate::activity::{self, Action, Change, Entry};
use crate::db::schema::{partnership_requests, partnerships};
use crate::db::{Connection, unless_taken};
use crate::error::Result;
use crate::links::model::{RequestState, Standing};
use crate::mail::letter::Letter;
use crate::mail::outbox;
use crate::partners::model::Location;
use crate::partnerships::letters;
use crate::partnerships::model::PartnershipState;
use crate::values::id::{LetterId, LocationId, PartnershipId};
use crate::values::moment::Moment;
use crate::values::name::sort_name;
use crate::values::token::TokenHash;

/// What an answer needs from outside, so that it can be tried again.
#[derive(Clone, Debug)]
pub struct Given {
    pub token: TokenHash,
    pub partnership: PartnershipId,
    pub letter_id: LetterId,
    /// Tells the provider; none when nobody there can be written to.
    pub letter: Option<Letter>,
    /// The code from the addressee's mailbox, as it would be kept.
    pub code: Option<TokenHash>,
    pub now: Moment,
}

/// What became of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answered {
    Done,
    /// The same organisation has accepted before: it already holds.
    HeldAlready,
    /// The request or the organisation is not as it was when the page was shown.
    Changed,
    /// The code from the addressee's mailbox is not right.
    WrongCode,
    /// None waits any more: another one has to be mailed.
    DeadCode,
}

/// Accepts a request: one partnership, however often and from wherever it is tried.
///
/// # Errors
/// Database errors.
pub fn accept(
    conn: &mut Connection,
    by: &Allowed<AuthorizeProviders>,
    location: &LocationId,
    given: &Given,
) -> Result<Answered> {
    let Some(invitation) = link::invitation(conn, &given.token)? else { return Ok(Answered::Changed) };
    let situation = link::situation(conn, by, &invitation)?;
    if situation.are_partners {
        return Ok(Answered::HeldAlready);
    }
    let chosen = situation.locations.iter().find(|own| own.id == *location);
    let Some(location) = chosen.filter(|_| situation.obstacle.is_none()) else {
        return refused(conn, by, &invitation, given.now);
    };
    let request = &invitation.request;
    if request.addressee_only && request.standing(given.now) == Standing::Open {
        let checked = code::check(conn, &request.id, &by.organisation.id, given.code.as_ref(), given.now)?;
        match checked {
            Checked::Right => {}
            Checked::Wrong => {
                refused(conn, by, &invitation, given.now)?;
                return Ok(Answered::WrongCode);
            }
            Checked::Dead => return Ok(Answered::DeadCode),
        }
    }
    if !close(conn, by, given, RequestState::Accepted, None)? {
        return refused(conn, by, &invitation, given.now);
    }
    forget_letters(conn, &invitation)?;
    if !insert(conn, by, &invitation, location, given)? {
        return Ok(Answered::HeldAlready);
    }
    tell(conn, given)?;
    record_acceptance(conn, by, &invitation, location, given)?;
    Ok(Answered::Done)
}

/// Declines a request with a reason.
///
/// # Errors
/// Database errors.
pub fn decline(
    conn: &mut Connection,
    by: &Allowed<DeclineProviders>,
    reason: &str,
    given: &Given,
) -> Result<Answered> {
    let Some(invitation) = link::invitation(conn, &given.token)? else { return Ok(Answered::Changed) };
    let situation = link::situation(conn, by, &invitation)?;
    let is_kept = situation.obstacle.is_some_and(|obstacle| !obstacle.lets_decline());
    if is_kept || !close(conn, by, given, RequestState::Declined, Some(reason))? {
        return Ok(Answered::Changed);
    }
    forget_letters(conn, &invitation)?;
    tell(conn, given)?;
    let request = &invitation.request;
    let entry = Entry::new(Action::DeclinePartnership, REQUEST, request.id, &request.to)
        .with([Change::set("reason", reason)])
        .with(by_other(by, &invitation));
    activity::store::record(conn, by, &entry, given.now)?;
    activity::store::record_for(conn, &request.provider, by, &entry, given.now)?;
    Ok(Answered::Done)
}

/// Whatever still waits about a request that is answered holds no longer.
fn forget_letters(conn: &mut Connection, invitation: &Invitation) -> Result<()> {
    outbox::withdraw(conn, (&letters::request::KIND, invitation.request.id.as_str()))?;
    code::forget_all(conn, &invitation.request.id)
}

fn tell(conn: &mut Connection, given: &Given) -> Result<()> {
    match &given.letter {
        Some(letter) => outbox::put(conn, &given.letter_id, letter, given.now),
        None => Ok(()),
    }
}

/// That somebody else answered than whom it was sent to is evidence for both sides.
fn by_other(by: &Viewer, invitation: &Invitation) -> Vec<Change> {
    let to = &invitation.request.to;
    if *to == by.email {
        return Vec::new();
    }
    vec![Change::set("addressee", to), Change::set("answered_with", &by.email)]
}

/// Closes an open request with an answer. The state is the lock: of two answers one finds it open.
fn close(
    conn: &mut Connection,
    by: &Viewer,
    given: &Given,
    state: RequestState,
    reason: Option<&str>,
) -> Result<bool> {
    let closed = diesel::update(partnership_requests::table)
        .filter(partnership_requests::token_hash.eq(&given.token))
        .filter(partnership_requests::state.eq(RequestState::Open))
        .filter(partnership_requests::expires_at.gt(given.now))
        .set((
            partnership_requests::state.eq(state),
            partnership_requests::answered_at.eq(Some(given.now)),
            partnership_requests::answered_by_name.eq(Some(&by.name)),
            partnership_requests::answered_by_email.eq(Some(&by.email)),
            partnership_requests::reseller_id.eq(Some(&by.organisation.id)),
            partnership_requests::decline_reason.eq(reason),
            partnership_requests::version.eq(partnership_requests::version + 1),
        ))
        .execute(conn)?;
    Ok(closed == 1)
}

fn insert(
    conn: &mut Connection,
    by: &Allowed<AuthorizeProviders>,
    invitation: &Invitation,
    location: &Location,
    given: &Given,
) -> Result<bool> {
    unless_taken(
        conn,
        diesel::insert_into(partnerships::table).values((
            partnerships::id.eq(&given.partnership),
            partnerships::provider_id.eq(&invitation.provider.id),
            partnerships::reseller_id.eq(&by.organisation.id),
            partnerships::location_id.eq(&location.id),
            partnerships::request_id.eq(Some(&invitation.request.id)),
            partnerships::reseller_sort_name.eq(sort_name(&by.organisation.name)),
            partnerships::state.eq(PartnershipState::Active),
            partnerships::accepted_by_name.eq(&by.name),
            partnerships::since.eq(given.now),
        )),
    )
}

fn record_acceptance(
    conn: &mut Connection,
    by: &Allowed<AuthorizeProviders>,
    invitation: &Invitation,
    location: &Location,
    given: &Given,
) -> Result<()> {
    let entry = |with: &str| {
        Entry::new(Action::CreatePartnership, "partnership", given.partnership, with)
            .with([
                Change::set("location", &location.name),
                Change::set("mpn_id", &location.mpn_id),
                Change::set("requested_by", &invitation.request.requested_by_name),
            ])
            .with(by_other(by, invitation))
    };
    activity::store::record(conn, by, &entry(&invitation.provider.name), given.now)?;
    let theirs = entry(&by.organisation.name);
    activity::store::record_for(conn, &invitation.provider.id, by, &theirs, given.now)
}

/// Tried and refused by a rule: the reseller's own log shows that, too.
fn refused(
    conn: &mut Connection,
    by: &Allowed<AuthorizeProviders>,
    invitation: &Invitation,
    now: Moment,
) -> Result<Answered> {
    let request = &invitation.request;
    let state = Change::set("state", request.standing(now).as_text());
    let entry = Entry::new(Action::CreatePartnership, REQUEST, request.id, &invitation.provider.name)
        .with((request.standing(now) != Standing::Open).then_some(state))
        .failed();
    activity::store::record(conn, by, &entry, now)?;
    Ok(Answered::Changed)
}
