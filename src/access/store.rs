//! Who is signed in, with which roles.

mod acting;

use diesel::prelude::*;

pub use acting::{Member, MemberOf, RoleHolder, addressees, holder, holders, member, members};

use super::allowed::Allowed;
use super::permission::{Permission, SignAgreements};
use super::role::{OrganisationKind, Role};
use super::viewer::{Organisation, Suspension, Viewer};
use crate::db::Connection;
use crate::db::schema::{
    agreement_acceptances, organisations, partner_agreements, people, person_roles, second_factors, sign_ins,
};
use crate::error::{Error, Result};
use crate::language::Language;
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
        self.last_seen_at.plus_seconds(TOUCH_SECONDS) < now || !self.last_seen_at.can_have_been(now)
    }
}

/// The person behind a sign-in, unless it has ended, has expired or the person is not active.
///
/// # Errors
/// Database errors.
pub fn viewer(conn: &mut Connection, token: &TokenHash, now: Moment) -> Result<Option<Seen>> {
    let row: Option<SignInRow> = sign_ins::table
        .inner_join(people::table.inner_join(organisations::table).left_join(second_factors::table))
        .filter(sign_ins::token_hash.eq(token))
        .filter(sign_ins::awaits_code.eq(false))
        .filter(sign_ins::last_seen_at.gt(now.plus_seconds(-IDLE_SECONDS)))
        .filter(sign_ins::created_at.gt(now.plus_days(-LONGEST_DAYS)))
        .filter(people::state.eq("active"))
        .select(SignInRow::as_select())
        .first(conn)
        .optional()?;
    let Some(SignInRow { last_seen_at, confirmed_at, person, second_factor, organisation }) = row else {
        return Ok(None);
    };
    let mut viewer = Viewer {
        roles: roles_of(conn, &person.id)?,
        person: person.id,
        name: person.name,
        email: person.email,
        organisation: organisation_of(conn, organisation)?,
        zone: person.time_zone.parse().unwrap_or(chrono_tz::UTC),
        language: person.language,
        must_change_password: person.must_change_password,
        has_second_factor: second_factor.is_some(),
        second_factor_asked_at: person.second_factor_asked_at,
        has_proved_mailbox: person.mailbox_proved_at.is_some(),
        confirmed_at,
        agreement_waits: false,
        sealed: (),
    };
    viewer.agreement_waits = viewer.may::<SignAgreements>() && agreement_waits(conn, &viewer.organisation)?;
    Ok(Some(Seen { viewer, last_seen_at }))
}

fn organisation_of(conn: &mut Connection, row: OrganisationRow) -> Result<Organisation> {
    let suspension = match row.is_suspended {
        true => Some(Suspension {
            since: row.suspended_at,
            reason: row.suspension_reason,
            operator: operator(conn)?,
        }),
        false => None,
    };
    Ok(Organisation {
        id: row.id,
        kind: row.kind,
        name: row.name,
        country: row.country,
        currency: row.currency,
        requires_second_factor: row.requires_second_factor,
        suspension,
    })
}

/// A sign-in as its columns are, with whose it is.
#[derive(Queryable, Selectable)]
#[diesel(table_name = sign_ins)]
struct SignInRow {
    last_seen_at: Moment,
    confirmed_at: Option<Moment>,
    #[diesel(embed)]
    person: PersonRow,
    #[diesel(select_expression = second_factors::person_id.nullable())]
    second_factor: Option<PersonId>,
    #[diesel(embed)]
    organisation: OrganisationRow,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = people)]
struct PersonRow {
    id: PersonId,
    name: String,
    email: Email,
    time_zone: String,
    language: Option<Language>,
    must_change_password: bool,
    second_factor_asked_at: Option<Moment>,
    mailbox_proved_at: Option<Moment>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = organisations)]
struct OrganisationRow {
    id: OrganisationId,
    kind: OrganisationKind,
    name: String,
    country: Country,
    currency: Currency,
    requires_second_factor: bool,
    #[diesel(select_expression = organisations::state.eq("suspended"))]
    is_suspended: bool,
    suspended_at: Option<Moment>,
    suspension_reason: String,
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

/// Who runs the installation: a name and an address, which may be empty.
///
/// # Errors
/// Database errors.
pub fn operator(conn: &mut Connection) -> Result<Option<(String, String)>> {
    let found: Option<OperatorRow> = organisations::table
        .filter(organisations::kind.eq(OrganisationKind::Operator))
        .order(organisations::created_at)
        .select(OperatorRow::as_select())
        .first(conn)
        .optional()?;
    Ok(found.map(|row| {
        let email = if row.support_email.is_empty() { row.contact_email } else { row.support_email };
        (row.name, email)
    }))
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = organisations)]
struct OperatorRow {
    name: String,
    support_email: String,
    contact_email: String,
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
    let begun_later = sign_ins::table.find(token).filter(sign_ins::created_at.gt(now));
    diesel::update(begun_later).set(sign_ins::created_at.eq(now)).execute(conn)?;
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

/// Deletes at most so many sign-ins that have ended by themselves; answers how many.
///
/// # Errors
/// Database errors.
pub fn forget_ended(conn: &mut Connection, now: Moment, most: i64) -> Result<usize> {
    bring_back(conn, now)?;
    // Whatever is too old has not been seen lately either: it is not let in, so nothing touches it.
    let ended: Vec<TokenHash> = sign_ins::table
        .filter(sign_ins::last_seen_at.le(now.plus_seconds(-IDLE_SECONDS)))
        .order(sign_ins::last_seen_at)
        .select(sign_ins::token_hash)
        .limit(most)
        .load(conn)?;
    if ended.is_empty() {
        return Ok(0);
    }
    Ok(diesel::delete(sign_ins::table.filter(sign_ins::token_hash.eq_any(ended))).execute(conn)?)
}

/// What seems to have been seen later than now was seen while the clock was ahead: it would not end for so much longer.
fn bring_back(conn: &mut Connection, now: Moment) -> Result<()> {
    let seen_later = || sign_ins::table.filter(sign_ins::last_seen_at.gt(now.farthest(0)));
    let begun_later = seen_later().filter(sign_ins::created_at.gt(now));
    diesel::update(begun_later).set(sign_ins::created_at.eq(now)).execute(conn)?;
    diesel::update(seen_later()).set(sign_ins::last_seen_at.eq(now)).execute(conn)?;
    Ok(())
}
