//! Every query of the area, by what it is about.

pub mod decision;
pub mod details;
pub mod handing_in;
pub mod hints;
pub mod link;
pub mod list;
pub mod returning;
mod row;
pub mod start;
pub mod sweep;

use diesel::prelude::*;

use crate::access::permission::DecideEnrolments;
use crate::access::{OrganisationKind, Permission as _};
use crate::db::Connection;
use crate::db::schema::enrolments;
use crate::enrolment::model::State;
use crate::error::Result;
use crate::people::facts::{RoleHolder, addressees};
use crate::values::id::OrganisationId;
use crate::values::moment::Moment;
use crate::values::token::TokenHash;
pub use link::by_link;

/// What the log says of an enrolment is about.
const ENROLMENT: &str = "enrolment";
/// So many people of the operator are told of an enrolment that waits.
const TOLD: i64 = 20;

/// Somebody came by the link and said so: the address is theirs. Answers `false` when there is nothing to prove.
///
/// # Errors
/// Database errors.
pub fn prove(conn: &mut Connection, token: &TokenHash, now: Moment) -> Result<bool> {
    let led = by_link(conn, token)?;
    let Some(led) = led.filter(|led| led.state == State::Started && !led.is_expired(now)) else {
        return Ok(false);
    };
    link::settle(conn, &led)?;
    let proven = diesel::update(enrolments::table.find(&led.id))
        .filter(enrolments::state.eq(State::Started))
        .set((
            enrolments::state.eq(State::Proven),
            enrolments::state_since.eq(now),
            enrolments::version.eq(enrolments::version + 1),
        ))
        .execute(conn)?;
    Ok(proven == 1)
}

/// The people of the operator who decide about enrolments.
///
/// # Errors
/// Database errors.
pub fn deciders(conn: &mut Connection, operator: &OrganisationId) -> Result<Vec<RoleHolder>> {
    addressees(conn, operator, DecideEnrolments::roles_in(OrganisationKind::Operator), TOLD)
}
