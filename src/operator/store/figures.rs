//! The installation in numbers. Nothing is counted further than people read.

use diesel::prelude::*;

use crate::access::permission::SeeInstallation;
use crate::access::{Allowed, OrganisationKind};
use crate::db::Connection;
use crate::db::schema::{customers, enrolments, letters, organisations, subscriptions};
use crate::error::Result;
use crate::jobs;
use crate::mail::letter::LetterState;
use crate::mail::standing::standing;
use crate::operator::model::Figures;
use crate::partners::model::OrganisationState;
use crate::web::Count;

/// So many chores that fail are shown, the latest first.
const SHOWN: i64 = 20;

/// The numbers of this moment.
///
/// # Errors
/// Database errors.
pub fn figures(conn: &mut Connection, _by: &Allowed<SeeInstallation>) -> Result<Figures> {
    let mut of_kinds = Vec::new();
    for kind in OrganisationKind::ALL {
        for state in OrganisationState::ALL {
            let count = match state {
                OrganisationState::Enrolling => on_their_way(conn, *kind)?,
                state => organisations_of(conn, *kind, *state)?,
            };
            of_kinds.push((*kind, *state, count));
        }
    }
    let some = customers::table.select(customers::id).limit(Count::LIMIT).load::<String>(conn)?;
    let customers = Count::of(some.len());
    let some = subscriptions::table.select(subscriptions::id).limit(Count::LIMIT).load::<String>(conn)?;
    let subscriptions = Count::of(some.len());
    Ok(Figures {
        organisations: of_kinds,
        enrolments_waiting: enrolments_waiting(conn)?,
        customers,
        subscriptions,
        letters_waiting: letters_in(conn, LetterState::Waiting)?,
        letters_failed: letters_in(conn, LetterState::Failed)?,
        mail_trouble: standing(conn)?,
        failing_chores: jobs::store::failing(conn, SHOWN)?,
    })
}

/// Companies that proved their address and are no organisation yet.
fn on_their_way(conn: &mut Connection, kind: OrganisationKind) -> Result<Count> {
    let some = enrolments::table
        .filter(enrolments::state.eq_any(["proven", "waiting", "refused"]))
        .filter(enrolments::kind.eq(kind.as_text()))
        .select(enrolments::id)
        .limit(Count::LIMIT)
        .load::<String>(conn)?;
    Ok(Count::of(some.len()))
}

/// Companies that wait to be approved or refused.
fn enrolments_waiting(conn: &mut Connection) -> Result<Count> {
    let some = enrolments::table
        .filter(enrolments::state.eq("waiting"))
        .select(enrolments::id)
        .limit(Count::LIMIT)
        .load::<String>(conn)?;
    Ok(Count::of(some.len()))
}

fn organisations_of(
    conn: &mut Connection,
    kind: OrganisationKind,
    state: OrganisationState,
) -> Result<Count> {
    let some = organisations::table
        .filter(organisations::state.eq(state))
        .filter(organisations::kind.eq(kind))
        .select(organisations::id)
        .limit(Count::LIMIT)
        .load::<String>(conn)?;
    Ok(Count::of(some.len()))
}

fn letters_in(conn: &mut Connection, state: LetterState) -> Result<Count> {
    let some = letters::table
        .filter(letters::state.eq(state))
        .select(letters::id)
        .limit(Count::LIMIT)
        .load::<String>(conn)?;
    Ok(Count::of(some.len()))
}
