//! The operator's decision: approve, which makes an organisation, or refuse.

use anyhow::anyhow;
use diesel::prelude::*;

use super::ENROLMENT;
use super::link::{self, FreshLink};
use super::list::find;
use crate::access::permission::DecideEnrolments;
use crate::access::{Allowed, Role};
use crate::activity::{self, Action, Change, Entry};
use crate::db::Connection;
use crate::db::schema::enrolments;
use crate::enrolment::form::DetailsForm;
use crate::enrolment::letters;
use crate::enrolment::model::{Details, Enrolment, LINK_DAYS, Obstacle, State};
use crate::error::{Error, Result};
use crate::mail::letter::Letter;
use crate::mail::outbox;
use crate::partners::store as partners;
use crate::people::store::{NewPerson, add, has_account, prove_mailbox};
use crate::values::id::{EnrolmentId, LetterId, LocationId, OrganisationId, PersonId};
use crate::values::moment::Moment;
use crate::values::password::PasswordHash;
use crate::values::token::TokenHash;

/// What the first person of an organisation is: customers are the agents' work, and without the second role that
/// person could only manage people.
const FIRST_ROLES: [Role; 2] = [Role::GlobalAdmin, Role::AdminAgent];

/// What an approval makes, and the letter that says so.
#[derive(Clone, Debug)]
pub struct Founder {
    pub organisation: OrganisationId,
    pub location: LocationId,
    pub person: PersonId,
    pub letter: (LetterId, Letter),
}

impl Founder {
    /// What the logs say of it.
    pub(super) fn changes(&self, enrolment: &Enrolment, details: &Details) -> Vec<Change> {
        let roles = FIRST_ROLES.iter().map(Role::as_text).collect::<Vec<_>>().join(" ");
        vec![
            Change::set("company", &details.company),
            Change::set("country", details.country),
            Change::set("mpn_id", &details.mpn_id),
            Change::set("email", &enrolment.email),
            Change::set("roles", roles),
        ]
    }
}

/// What came of a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decided {
    Done,
    /// Somebody else decided first, or it was changed and handed in again: it has to be read again.
    Changed,
    /// It cannot be approved as it is.
    Obstacle(Obstacle),
}

/// Approves an enrolment that waits: organisation, location, first admin and letter, all or nothing.
///
/// # Errors
/// [`Error::NotFound`]; database errors.
pub fn approve(
    conn: &mut Connection,
    by: &Allowed<DecideEnrolments>,
    (id, version): (&EnrolmentId, i32),
    founder: &Founder,
    now: Moment,
) -> Result<Decided> {
    let enrolment = find(conn, by, id)?;
    if enrolment.state != State::Waiting || enrolment.version != version {
        return Ok(Decided::Changed);
    }
    let details = match obstacle(conn, &enrolment)? {
        Ok(details) => details,
        Err(obstacle) => {
            let entry = entry(Action::ApproveEnrolment, &enrolment)
                .with([Change::set("refused", key_of(&obstacle))])
                .failed();
            activity::store::record(conn, by, &entry, now)?;
            return Ok(Decided::Obstacle(obstacle));
        }
    };
    found(conn, &enrolment, &details, founder, now)?;
    close(conn, &enrolment, founder, Some(&by.name), now)?;
    let entry = entry(Action::ApproveEnrolment, &enrolment).with(founder.changes(&enrolment, &details));
    activity::store::record(conn, by, &entry, now)?;
    activity::store::record_for(conn, &founder.organisation, by, &entry, now)?;
    Ok(Decided::Done)
}

/// What a refusal says, with the fresh link that its letter holds: the old one is kept as a hash only.
#[derive(Clone, Debug)]
pub struct Refusal {
    pub reason: String,
    pub token_hash: TokenHash,
    pub letter: (LetterId, Letter),
}

/// Refuses an enrolment that waits. The applicant may mend it and hand it in again.
///
/// # Errors
/// [`Error::NotFound`]; database errors.
pub fn refuse(
    conn: &mut Connection,
    by: &Allowed<DecideEnrolments>,
    (id, version): (&EnrolmentId, i32),
    refusal: &Refusal,
    now: Moment,
) -> Result<Decided> {
    let enrolment = find(conn, by, id)?;
    let refused = diesel::update(enrolments::table.find(id))
        .filter(enrolments::state.eq(State::Waiting))
        .filter(enrolments::version.eq(version))
        .set((
            enrolments::state.eq(State::Refused),
            enrolments::state_since.eq(now),
            enrolments::refusal_reason.eq(&refusal.reason),
            enrolments::decided_at.eq(Some(now)),
            enrolments::decided_by_name.eq(Some(&by.name)),
            enrolments::version.eq(enrolments::version + 1),
        ))
        .execute(conn)?;
    if refused == 0 {
        return Ok(Decided::Changed);
    }
    let link = FreshLink {
        token_hash: refusal.token_hash.clone(),
        enrolment_id: *id,
        person_name: enrolment.person_name.clone(),
        sealed_next: None,
        mailed_at: now,
        expires_at: now.plus_days(LINK_DAYS),
    };
    link::add(conn, &link)?;
    outbox::withdraw(conn, (&letters::ENROLMENT, id.as_str()))?;
    outbox::put(conn, &refusal.letter.0, &refusal.letter.1, now)?;
    let entry = entry(Action::RefuseEnrolment, &enrolment).with([Change::set("reason", &refusal.reason)]);
    activity::store::record(conn, by, &entry, now)?;
    Ok(Decided::Done)
}

/// What stands between an enrolment that waits and its approval; the details, if nothing does.
///
/// # Errors
/// Database errors.
pub fn obstacle(conn: &mut Connection, enrolment: &Enrolment) -> Result<Result<Details, Obstacle>> {
    let Ok(details) = DetailsForm::from_json(&enrolment.form).parse() else {
        return Ok(Err(Obstacle::Incomplete));
    };
    if let Some((owner, _)) = partners::location_of(conn, &details.mpn_id)? {
        return Ok(Err(Obstacle::MpnIdTaken { by: partners::find(conn, &owner)?.name }));
    }
    if has_account(conn, &enrolment.email)? {
        return Ok(Err(Obstacle::EmailTaken));
    }
    Ok(if enrolment.password_hash.is_some() { Ok(details) } else { Err(Obstacle::Incomplete) })
}

/// Makes organisation, location and first admin. The caller has looked for obstacles in the same transaction, so
/// whatever is in the way now undoes it.
pub(super) fn found(
    conn: &mut Connection,
    enrolment: &Enrolment,
    details: &Details,
    founder: &Founder,
    now: Moment,
) -> Result<()> {
    let founding = details.founding(enrolment.kind, &founder.organisation, &founder.location);
    if !partners::founding::found(conn, &founding, now)? {
        return Err(Error::Internal(anyhow!("the MPN ID was taken while the enrolment was approved")));
    }
    let no_password = || Error::Internal(anyhow!("an enrolment without a password was approved"));
    let person = NewPerson {
        id: founder.person,
        organisation: founder.organisation,
        name: details.person_name.clone(),
        email: enrolment.email.clone(),
        password_hash: enrolment.password_hash.clone().ok_or_else(no_password)?,
        must_change_password: false,
        time_zone: details.zone.name().to_owned(),
        language: Some(enrolment.language),
        roles: FIRST_ROLES.to_vec(),
    };
    if !add(conn, &person, now)? {
        return Err(Error::Internal(anyhow!("the address was taken while the enrolment was approved")));
    }
    // The enrolment began with a mailed link.
    prove_mailbox(conn, &person.id, now)
}

/// Closes an approved enrolment with its letter. The account has the password now, so it goes from here.
pub(super) fn close(
    conn: &mut Connection,
    enrolment: &Enrolment,
    founder: &Founder,
    by: Option<&str>,
    now: Moment,
) -> Result<()> {
    diesel::update(enrolments::table.find(&enrolment.id))
        .set((
            enrolments::state.eq(State::Approved),
            enrolments::state_since.eq(now),
            enrolments::decided_at.eq(Some(now)),
            enrolments::decided_by_name.eq(by),
            enrolments::organisation_id.eq(Some(&founder.organisation)),
            enrolments::expires_at.eq(now.plus_days(LINK_DAYS)),
            enrolments::password_hash.eq(None::<PasswordHash>),
            enrolments::version.eq(enrolments::version + 1),
        ))
        .execute(conn)?;
    outbox::withdraw(conn, (&letters::ENROLMENT, enrolment.id.as_str()))?;
    outbox::put(conn, &founder.letter.0, &founder.letter.1, now)
}

fn entry(action: Action, enrolment: &Enrolment) -> Entry {
    Entry::new(action, ENROLMENT, enrolment.id, &enrolment.company_name)
}

fn key_of(obstacle: &Obstacle) -> &'static str {
    match obstacle {
        Obstacle::MpnIdTaken { .. } => "mpn_id_taken",
        Obstacle::EmailTaken => "email_taken",
        Obstacle::Incomplete => "incomplete",
    }
}
