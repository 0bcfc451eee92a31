//! The installation in numbers. Nothing is counted further than people read.

use crate::access::permission::SeeInstallation;
use crate::access::{Allowed, OrganisationKind};
use crate::customers::facts as customers;
use crate::db::Connection;
use crate::enrolment::facts as enrolments;
use crate::error::Result;
use crate::jobs;
use crate::mail::letter::LetterState;
use crate::mail::outbox::listed as letters;
use crate::mail::standing::standing;
use crate::operator::model::Figures;
use crate::partners::model::OrganisationState;
use crate::partners::store::directory;
use crate::qualifications::facts as qualifications;
use crate::subscriptions::facts as subscriptions;
use crate::web::Count;

/// So many chores that fail are shown, the latest first.
const SHOWN: i64 = 20;

/// The numbers of this moment.
///
/// # Errors
/// Database errors.
pub fn figures(conn: &mut Connection, by: &Allowed<SeeInstallation>) -> Result<Figures> {
    let mut of_kinds = Vec::new();
    for kind in OrganisationKind::IN_THE_CHANNEL {
        for state in OrganisationState::ALL {
            let count = match state {
                OrganisationState::Enrolling => enrolments::on_their_way(conn, by, kind)?,
                state => directory::count_of(conn, by, kind, *state)?,
            };
            of_kinds.push((kind, *state, count));
        }
    }
    Ok(Figures {
        organisations: of_kinds,
        enrolments_waiting: enrolments::waiting(conn, by)?,
        qualifications_waiting: qualifications::waiting(conn, by)?,
        customers: customers::count(conn)?,
        subscriptions: subscriptions::count(conn)?,
        letters_waiting: letters_in(conn, LetterState::Waiting)?,
        letters_failed: letters_in(conn, LetterState::Failed)?,
        mail_trouble: standing(conn)?,
        failing_chores: jobs::store::failing(conn, SHOWN)?,
    })
}

fn letters_in(conn: &mut Connection, state: LetterState) -> Result<Count> {
    Ok(Count::of(letters::count(conn, state, Count::LIMIT)?))
}
