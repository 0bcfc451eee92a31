//! Handing an enrolment in.

use diesel::prelude::*;

use super::decision::{Founder, close, found};
use super::details::check;
use super::hints;
use super::link::settle;
use super::{ENROLMENT, by_link};
use crate::activity::{self, Action, Change, Entry};
use crate::db::Connection;
use crate::db::schema::enrolments;
use crate::enrolment::letters;
use crate::enrolment::model::{Details, Enrolment, Kind, LINK_DAYS, State};
use crate::error::Result;
use crate::mail::letter::Letter;
use crate::mail::outbox;
use crate::partners::store::is_served;
use crate::people::store::has_account;
use crate::values::id::{LetterId, OrganisationId};
use crate::values::moment::Moment;
use crate::values::token::TokenHash;

/// What handing in needs from outside, so that it can be tried again.
#[derive(Clone, Debug)]
pub struct Given {
    pub token: TokenHash,
    /// Of the enrolment as it was reviewed.
    pub version: i32,
    pub operator: OrganisationId,
    /// To the applicant: it was received.
    pub received: (LetterId, Letter),
    /// To everybody who may decide.
    pub to_deciders: Vec<(LetterId, Letter)>,
    /// Where the portal itself approves resellers of regions that are served: what that takes.
    pub approval: Option<Founder>,
    pub now: Moment,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandedIn {
    Waiting,
    Approved,
    /// It was handed in before.
    Already,
    /// Something was changed after it was reviewed.
    Changed,
    /// Something is wrong or missing.
    Incomplete,
    /// The email address has an account by now.
    EmailTaken,
    /// The link leads to nothing that could be handed in.
    Closed,
}

/// Hands an enrolment in, or approves it where the setting says so.
///
/// # Errors
/// Database errors.
pub fn hand_in(conn: &mut Connection, given: &Given) -> Result<HandedIn> {
    let now = given.now;
    let Some(enrolment) = by_link(conn, &given.token)? else { return Ok(HandedIn::Closed) };
    if matches!(enrolment.state, State::Waiting | State::Approved) {
        return Ok(HandedIn::Already);
    }
    if !enrolment.is_editable() || enrolment.is_expired(now) {
        return Ok(HandedIn::Closed);
    }
    if enrolment.version != given.version {
        return Ok(HandedIn::Changed);
    }
    let Ok(details) = check(conn, &enrolment)? else { return Ok(HandedIn::Incomplete) };
    if has_account(conn, &enrolment.email)? {
        return Ok(HandedIn::EmailTaken);
    }
    settle(conn, &enrolment)?;
    wait(conn, &enrolment, now)?;
    let entry = Entry::new(Action::HandInEnrolment, ENROLMENT, enrolment.id, &details.company);
    let changes = [Change::set("email", &enrolment.email), Change::set("mpn_id", &details.mpn_id)];
    activity::store::record_by_portal(conn, &given.operator, &entry.with(changes), now)?;
    if let Some(founder) = &given.approval
        && enrolment.kind == Kind::Reseller
        && is_served(conn, details.country.region())?
        && !hints::is_familiar(conn, &enrolment)?
    {
        approve(conn, &enrolment, &details, founder, given)?;
        return Ok(HandedIn::Approved);
    }
    outbox::put(conn, &given.received.0, &given.received.1, now)?;
    for (id, letter) in &given.to_deciders {
        outbox::put(conn, id, letter, now)?;
    }
    Ok(HandedIn::Waiting)
}

fn wait(conn: &mut Connection, enrolment: &Enrolment, now: Moment) -> Result<()> {
    outbox::withdraw(conn, (&letters::ENROLMENT, enrolment.id.as_str()))?;
    diesel::update(enrolments::table.find(&enrolment.id))
        .set((
            enrolments::state.eq(State::Waiting),
            enrolments::state_since.eq(now),
            enrolments::handed_in_at.eq(Some(now)),
            enrolments::decided_at.eq(None::<Moment>),
            enrolments::decided_by_name.eq(None::<String>),
            // The link shows how it goes on, and deciding may take a while.
            enrolments::expires_at.eq(now.plus_days(LINK_DAYS)),
            enrolments::version.eq(enrolments::version + 1),
        ))
        .execute(conn)?;
    Ok(())
}

/// What nobody decided is recorded as the portal's doing, in both logs.
fn approve(
    conn: &mut Connection,
    enrolment: &Enrolment,
    details: &Details,
    founder: &Founder,
    given: &Given,
) -> Result<()> {
    found(conn, enrolment, details, founder, given.now)?;
    close(conn, enrolment, founder, None, given.now)?;
    let entry = Entry::new(Action::ApproveEnrolment, ENROLMENT, enrolment.id, &details.company)
        .with(founder.changes(enrolment, details))
        .with([Change::set("reason", "region_served")]);
    for organisation in [&given.operator, &founder.organisation] {
        activity::store::record_by_portal(conn, organisation, &entry, given.now)?;
    }
    Ok(())
}
