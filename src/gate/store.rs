//! Who is signed in, with which roles.

use diesel::prelude::*;

use crate::access::Allowed;
use crate::access::permission::{Permission, SignAgreements};
use crate::access::viewer::{Known, Organisation, Suspension, Viewer};
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::partners::facts::{Home, agreement_waits, operator, organisation};
use crate::people::facts::{
    Oneself, active_person, is_active, is_there, mailbox, person, person_id, person_organisation, roles_of,
};
use crate::session::facts::{SignIn, lasting, second_factor, second_factor_of, signed_in};
use crate::values::id::PersonId;
use crate::values::moment::Moment;
use crate::values::token::TokenHash;

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
    let row: Option<Row> = lasting(token, now)
        .inner_join(person(signed_in))
        .inner_join(organisation(person_organisation))
        .left_join(second_factor(person_id))
        .filter(is_active())
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    let Some(Row { sign_in, who }) = row else { return Ok(None) };
    let confirmed_at = sign_in.confirmed_at;
    let known = Known { confirmed_at, ..known(conn, who)? };
    Ok(Some(Seen { viewer: Viewer::looked_up(known), last_seen_at: sign_in.last_seen_at }))
}

/// Whoever asked for something that the portal does later, as they are by then: nobody once they are not active. Only
/// for jobs, where no sign-in proves who asks.
///
/// # Errors
/// Database errors.
pub fn absent(conn: &mut Connection, person: &PersonId) -> Result<Option<Viewer>> {
    let row: Option<Who> = active_person(person)
        .inner_join(organisation(person_organisation))
        .left_join(second_factor(person_id))
        .select(Who::as_select())
        .first(conn)
        .optional()?;
    row.map(|who| Ok(Viewer::looked_up(known(conn, who)?))).transpose()
}

fn known(conn: &mut Connection, Who { person, second_factor, organisation }: Who) -> Result<Known> {
    let mut known = Known {
        roles: roles_of(conn, &person.id)?,
        person: person.id,
        name: person.name,
        mailbox: mailbox(&person.email, person.mailbox_proved_at.is_some(), &organisation.spokesman),
        email: person.email,
        organisation: organisation_of(conn, organisation)?,
        zone: person.time_zone.parse().unwrap_or(chrono_tz::UTC),
        language: person.language,
        must_change_password: person.must_change_password,
        has_second_factor: second_factor.is_some(),
        second_factor_asked_at: person.second_factor_asked_at,
        has_proved_mailbox: person.mailbox_proved_at.is_some(),
        confirmed_at: None,
        agreement_waits: false,
    };
    let Organisation { id, kind, .. } = &known.organisation;
    known.agreement_waits = known.may::<SignAgreements>() && agreement_waits(conn, id, *kind)?;
    Ok(known)
}

fn organisation_of(conn: &mut Connection, row: Home) -> Result<Organisation> {
    let suspension = match row.is_suspended() {
        true => Some(Suspension {
            since: row.suspended_at,
            reason: row.suspension_reason,
            operator: operator(conn)?,
        }),
        false => None,
    };
    let own = row.organisation;
    Ok(Organisation {
        id: own.id,
        kind: own.kind,
        name: own.name,
        country: own.country,
        currency: own.currency,
        requires_second_factor: row.requires_second_factor,
        suspension,
    })
}

/// A sign-in with whose it is.
#[derive(Queryable, Selectable)]
struct Row {
    #[diesel(embed)]
    sign_in: SignIn,
    #[diesel(embed)]
    who: Who,
}

/// Somebody with their organisation.
#[derive(Queryable, Selectable)]
struct Who {
    #[diesel(embed)]
    person: Oneself,
    #[diesel(select_expression = second_factor_of.nullable())]
    second_factor: Option<PersonId>,
    #[diesel(embed)]
    organisation: Home,
}

/// The proof again, by what the person is within this transaction: commands that decide over people do not go by what
/// was true when they began to wait.
///
/// # Errors
/// [`Error::Forbidden`] when it no longer holds; database errors.
pub fn renewed<P: Permission>(conn: &mut Connection, by: &Allowed<P>) -> Result<Allowed<P>> {
    if !is_there(conn, &by.person)? {
        return Err(Error::Forbidden(P::KEY));
    }
    let known = Known { roles: roles_of(conn, &by.person)?, ..by.viewer().known().clone() };
    Allowed::check(&Viewer::looked_up(known))
}
