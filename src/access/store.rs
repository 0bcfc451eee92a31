//! Who is signed in, with which roles.

use diesel::prelude::*;

use super::permission::SignAgreements;
use super::role::{OrganisationKind, Role};
use super::viewer::{Organisation, Suspension, Viewer};
use crate::db::Connection;
use crate::db::schema::{
    agreement_acceptances, organisations, partner_agreements, people, person_roles, sign_ins,
};
use crate::error::Result;
use crate::values::country::Country;
use crate::values::currency::Currency;
use crate::values::email::Email;
use crate::values::id::{AgreementId, OrganisationId, PersonId};
use crate::values::moment::Moment;
use crate::values::token::TokenHash;

/// A sign-in ends after so long without a request.
const IDLE_SECONDS: i64 = 12 * 3600;
/// A sign-in ends after so many days in any case.
const LONGEST_DAYS: i64 = 30;
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
        (Moment, PersonId, String, Email, String, bool),
        (OrganisationId, OrganisationKind, String, Country, Currency),
        (bool, Option<Moment>, String),
    );
    let row: Option<Row> = sign_ins::table
        .inner_join(people::table.inner_join(organisations::table))
        .filter(sign_ins::token_hash.eq(token))
        .filter(sign_ins::last_seen_at.gt(now.plus_seconds(-IDLE_SECONDS)))
        .filter(sign_ins::created_at.gt(now.plus_days(-LONGEST_DAYS)))
        .filter(people::state.eq("active"))
        .select((
            (
                sign_ins::last_seen_at,
                people::id,
                people::name,
                people::email,
                people::time_zone,
                people::must_change_password,
            ),
            (
                organisations::id,
                organisations::kind,
                organisations::name,
                organisations::country,
                organisations::currency,
            ),
            (
                organisations::state.eq("suspended"),
                organisations::suspended_at,
                organisations::suspension_reason,
            ),
        ))
        .first(conn)
        .optional()?;
    let Some((own, organisation, (is_suspended, since, reason))) = row else { return Ok(None) };
    let (last_seen_at, person, name, email, zone, must_change_password) = own;
    let (id, kind, organisation_name, country, currency) = organisation;
    let roles = person_roles::table
        .filter(person_roles::person_id.eq(&person))
        .order(person_roles::role)
        .select(person_roles::role)
        .load::<Role>(conn)?;
    let suspension = match is_suspended {
        true => Some(Suspension { since, reason, operator: operator(conn)? }),
        false => None,
    };
    let organisation = Organisation { id, kind, name: organisation_name, country, currency, suspension };
    let zone = zone.parse().unwrap_or(chrono_tz::UTC);
    let mut viewer = Viewer {
        person,
        name,
        email,
        organisation,
        roles,
        zone,
        must_change_password,
        agreement_waits: false,
        sealed: (),
    };
    viewer.agreement_waits = viewer.may::<SignAgreements>() && agreement_waits(conn, &viewer.organisation)?;
    Ok(Some(Seen { viewer, last_seen_at }))
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
