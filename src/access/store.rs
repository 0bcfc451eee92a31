//! Who is signed in, with which roles.

use diesel::prelude::*;

use super::allowed::Allowed;
use super::permission::{Permission, SignAgreements};
use super::role::{OrganisationKind, Role};
use super::viewer::{Organisation, Suspension, Viewer};
use crate::db::Connection;
use crate::db::schema::{
    agreement_acceptances, organisations, partner_agreements, people, person_roles, second_factors, sign_ins,
};
use crate::error::{Error, Result};
use crate::values::country::Country;
use crate::values::currency::Currency;
use crate::values::email::Email;
use crate::values::id::{AgreementId, OrganisationId, PersonId};
use crate::values::moment::Moment;
use crate::values::token::TokenHash;

/// A sign-in ends after so long without a request.
pub const IDLE_SECONDS: i64 = 12 * 3600;
/// A sign-in ends after so many days in any case.
pub const LONGEST_DAYS: i64 = 30;
/// "Last seen" is written at most this often.
const TOUCH_SECONDS: i64 = 300;

/// A viewer together with when the session was last used.
pub struct Seen {
    pub viewer: Viewer,
    last_seen_at: Moment,
}

impl Seen {
    pub fn is_stale(&self, now: Moment) -> bool {
        self.last_seen_at.plus_seconds(TOUCH_SECONDS) < now
    }
}

/// The person behind a sign-in, unless it has ended, has expired or the person is not active.
///
/// # Errors
/// Database errors.
pub fn viewer(conn: &mut Connection, token: &TokenHash, now: Moment) -> Result<Option<Seen>> {
    type Row = (
        (Moment, Option<Moment>, PersonId, String, Email, String, bool),
        (Option<PersonId>, Option<Moment>, Option<Moment>),
        (OrganisationId, OrganisationKind, String, Country, Currency, bool),
        (bool, Option<Moment>, String),
    );
    let row: Option<Row> = sign_ins::table
        .inner_join(people::table.inner_join(organisations::table).left_join(second_factors::table))
        .filter(sign_ins::token_hash.eq(token))
        .filter(sign_ins::awaits_code.eq(false))
        .filter(sign_ins::last_seen_at.gt(now.plus_seconds(-IDLE_SECONDS)))
        .filter(sign_ins::created_at.gt(now.plus_days(-LONGEST_DAYS)))
        .filter(people::state.eq("active"))
        .select((
            (
                sign_ins::last_seen_at,
                sign_ins::confirmed_at,
                people::id,
                people::name,
                people::email,
                people::time_zone,
                people::must_change_password,
            ),
            (second_factors::person_id.nullable(), people::second_factor_asked_at, people::mailbox_proved_at),
            (
                organisations::id,
                organisations::kind,
                organisations::name,
                organisations::country,
                organisations::currency,
                organisations::requires_second_factor,
            ),
            (
                organisations::state.eq("suspended"),
                organisations::suspended_at,
                organisations::suspension_reason,
            ),
        ))
        .first(conn)
        .optional()?;
    let Some((account, second_factor, organisation, (is_suspended, since, reason))) = row else {
        return Ok(None);
    };
    let (last_seen_at, confirmed_at, person, name, email, zone, must_change_password) = account;
    let (second_factor, second_factor_asked_at, mailbox_proved_at) = second_factor;
    let (id, kind, organisation_name, country, currency, requires_second_factor) = organisation;
    let roles = roles_of(conn, &person)?;
    let suspension = match is_suspended {
        true => Some(Suspension { since, reason, operator: operator(conn)? }),
        false => None,
    };
    let organisation = Organisation {
        id,
        kind,
        name: organisation_name,
        country,
        currency,
        requires_second_factor,
        suspension,
    };
    let zone = zone.parse().unwrap_or(chrono_tz::UTC);
    let mut viewer = Viewer {
        person,
        name,
        email,
        organisation,
        roles,
        zone,
        must_change_password,
        has_second_factor: second_factor.is_some(),
        second_factor_asked_at,
        has_proved_mailbox: mailbox_proved_at.is_some(),
        confirmed_at,
        agreement_waits: false,
        sealed: (),
    };
    viewer.agreement_waits = viewer.may::<SignAgreements>() && agreement_waits(conn, &viewer.organisation)?;
    Ok(Some(Seen { viewer, last_seen_at }))
}

/// The proof again, by what the person is within this transaction: commands that decide over people do not go by what
/// was true when they began to wait.
///
/// # Errors
/// [`Error::Forbidden`] when it no longer holds; database errors.
pub fn renewed<P: Permission>(conn: &mut Connection, by: &Allowed<P>) -> Result<Allowed<P>> {
    let active = people::table.find(&by.person).filter(people::state.eq("active")).select(people::id);
    if active.first::<PersonId>(conn).optional()?.is_none() {
        return Err(Error::Forbidden(P::KEY));
    }
    Allowed::check(&Viewer { roles: roles_of(conn, &by.person)?, ..by.viewer().clone() })
}

fn roles_of(conn: &mut Connection, person: &PersonId) -> Result<Vec<Role>> {
    Ok(person_roles::table
        .filter(person_roles::person_id.eq(person))
        .order(person_roles::role)
        .select(person_roles::role)
        .load(conn)?)
}

/// Some people of an organisation who have one of these roles, and can be asked to act on it, by name: name and address.
/// Whoever was added and has not been here yet cannot be asked.
///
/// # Errors
/// Database errors.
pub fn holders(
    conn: &mut Connection,
    organisation: &OrganisationId,
    roles: &[Role],
    most: i64,
) -> Result<Vec<(String, Email)>> {
    acting(conn, organisation, (roles, Whom::BeenHere), most)
}

/// The same with those who have a temporary password: to whom letters go that somebody has to read.
///
/// # Errors
/// Database errors.
pub fn addressees(
    conn: &mut Connection,
    organisation: &OrganisationId,
    roles: &[Role],
    most: i64,
) -> Result<Vec<(String, Email)>> {
    acting(conn, organisation, (roles, Whom::All), most)
}

/// The same of one person: nobody when that person is gone, is not of this organisation or has none of these roles.
///
/// # Errors
/// Database errors.
pub fn holder(
    conn: &mut Connection,
    organisation: &OrganisationId,
    roles: &[Role],
    person: &PersonId,
) -> Result<Option<(String, Email)>> {
    Ok(acting(conn, organisation, (roles, Whom::One(person)), 1)?.pop())
}

/// Whom of those who can act is meant.
#[derive(Clone, Copy)]
enum Whom<'a> {
    All,
    /// Those who have chosen a password of their own.
    BeenHere,
    One(&'a PersonId),
}

/// The one place that knows who can act: active, with an account of one's own, in one of these roles.
fn acting(
    conn: &mut Connection,
    organisation: &OrganisationId,
    (roles, whom): (&[Role], Whom),
    most: i64,
) -> Result<Vec<(String, Email)>> {
    let has_one = person_roles::table
        .filter(person_roles::person_id.eq(people::id))
        .filter(person_roles::role.eq_any(roles.iter().copied()));
    let mut query = people::table
        .filter(people::organisation_id.eq(organisation))
        .filter(people::state.eq("active"))
        .filter(people::invited_at.is_null())
        .filter(diesel::dsl::exists(has_one))
        .order((people::sort_name, people::id))
        .select((people::name, people::email))
        .limit(most)
        .into_boxed();
    query = match whom {
        Whom::All => query,
        Whom::BeenHere => query.filter(people::must_change_password.eq(false)),
        Whom::One(person) => query.filter(people::id.eq(person)),
    };
    Ok(query.load(conn)?)
}

/// Everybody of an organisation who can act now, with the roles.
///
/// # Errors
/// Database errors.
pub fn members(conn: &mut Connection, organisation: &OrganisationId) -> Result<Vec<(PersonId, Vec<Role>)>> {
    let rows: Vec<(PersonId, Role)> = people::table
        .inner_join(person_roles::table)
        .filter(people::organisation_id.eq(organisation))
        .filter(people::state.eq("active"))
        .filter(people::invited_at.is_null())
        .order(people::id)
        .select((people::id, person_roles::role))
        .load(conn)?;
    let mut members: Vec<(PersonId, Vec<Role>)> = Vec::new();
    for (person, role) in rows {
        match members.last_mut().filter(|(last, _)| *last == person) {
            Some((_, roles)) => roles.push(role),
            None => members.push((person, vec![role])),
        }
    }
    Ok(members)
}

/// Somebody who can act now.
#[derive(Clone, Debug)]
pub struct Member {
    /// The organisation's id, kind and name.
    pub organisation: (OrganisationId, OrganisationKind, String),
    pub roles: Vec<Role>,
}

/// The person, unless it is invited or deactivated.
///
/// # Errors
/// Database errors.
pub fn member(conn: &mut Connection, person: &PersonId) -> Result<Option<Member>> {
    let organisation = people::table
        .inner_join(organisations::table)
        .filter(people::id.eq(person))
        .filter(people::state.eq("active"))
        .filter(people::invited_at.is_null())
        .select((organisations::id, organisations::kind, organisations::name))
        .first(conn)
        .optional()?;
    let Some(organisation) = organisation else { return Ok(None) };
    Ok(Some(Member { organisation, roles: roles_of(conn, person)? }))
}

/// Who runs the installation: a name and an address, which may be empty.
///
/// # Errors
/// Database errors.
pub fn operator(conn: &mut Connection) -> Result<Option<(String, String)>> {
    let found: Option<(String, String, String)> = organisations::table
        .filter(organisations::kind.eq(OrganisationKind::Operator))
        .order(organisations::created_at)
        .select((organisations::name, organisations::support_email, organisations::contact_email))
        .first(conn)
        .optional()?;
    Ok(found.map(|(name, support, contact)| (name, if support.is_empty() { contact } else { support })))
}

/// Whether the agreement that holds for an organisation has not been accepted.
fn agreement_waits(conn: &mut Connection, organisation: &Organisation) -> Result<bool> {
    let current: Option<AgreementId> = partner_agreements::table
        .filter(partner_agreements::audience.eq(organisation.kind))
        .order(partner_agreements::version.desc())
        .select(partner_agreements::id)
        .first(conn)
        .optional()?;
    let Some(current) = current else { return Ok(false) };
    let accepted = agreement_acceptances::table.find((&organisation.id, &current));
    let accepted: Option<AgreementId> =
        accepted.select(agreement_acceptances::agreement_id).first(conn).optional()?;
    Ok(accepted.is_none())
}

/// Marks a sign-in as used.
///
/// # Errors
/// Database errors.
pub fn touch(conn: &mut Connection, token: &TokenHash, now: Moment) -> Result<()> {
    diesel::update(sign_ins::table.filter(sign_ins::token_hash.eq(token)))
        .set(sign_ins::last_seen_at.eq(now))
        .execute(conn)?;
    Ok(())
}

/// Notes that somebody is asked for a second factor from now on; the first time counts.
///
/// # Errors
/// Database errors.
pub fn ask_second_factor(conn: &mut Connection, person: &PersonId, now: Moment) -> Result<()> {
    diesel::update(people::table.find(person).filter(people::second_factor_asked_at.is_null()))
        .set(people::second_factor_asked_at.eq(now))
        .execute(conn)?;
    Ok(())
}

/// Deletes at most so many sign-ins that have ended by themselves.
///
/// # Errors
/// Database errors.
pub fn forget_ended(conn: &mut Connection, now: Moment, most: i64) -> Result<()> {
    // Whatever is too old has not been seen lately either: it is not let in, so nothing touches it.
    let ended: Vec<TokenHash> = sign_ins::table
        .filter(sign_ins::last_seen_at.le(now.plus_seconds(-IDLE_SECONDS)))
        .order(sign_ins::last_seen_at)
        .select(sign_ins::token_hash)
        .limit(most)
        .load(conn)?;
    if !ended.is_empty() {
        diesel::delete(sign_ins::table.filter(sign_ins::token_hash.eq_any(ended))).execute(conn)?;
    }
    Ok(())
}
