//! What other areas ask about enrolments.

use diesel::prelude::*;

use super::model::State;
use crate::access::permission::SeeInstallation;
use crate::access::{Allowed, OrganisationKind};
use crate::db::Connection;
use crate::db::schema::enrolments;
use crate::error::Result;
use crate::values::id::EnrolmentId;
use crate::web::Count;

/// How many wait to be approved or refused, for whoever runs the installation.
///
/// # Errors
/// Database errors.
pub fn waiting(conn: &mut Connection, _by: &Allowed<SeeInstallation>) -> Result<Count> {
    count_in(conn, &[State::Waiting], None)
}

/// How many companies of a kind proved their address and are no organisation yet.
///
/// # Errors
/// Database errors.
pub fn on_their_way(
    conn: &mut Connection,
    _by: &Allowed<SeeInstallation>,
    kind: OrganisationKind,
) -> Result<Count> {
    count_in(conn, &[State::Proven, State::Waiting, State::Refused], Some(kind))
}

pub(super) fn count_in(
    conn: &mut Connection,
    states: &[State],
    kind: Option<OrganisationKind>,
) -> Result<Count> {
    let mut some = enrolments::table
        .filter(enrolments::state.eq_any(states.iter().copied()))
        .select(enrolments::id)
        .limit(Count::LIMIT)
        .into_boxed();
    if let Some(kind) = kind {
        some = some.filter(enrolments::kind.eq(kind.as_text()));
    }
    Ok(Count::of(some.load::<EnrolmentId>(conn)?.len()))
}
