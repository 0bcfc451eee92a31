//! What other areas ask about ends: how the relationship with a customer stands, and what rests for it.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::model::{Hindrance, State};
use crate::db::Connection;
use crate::db::schema::endings;
use crate::error::{Error, Rest, Result};
use crate::values::id::CustomerId;
use crate::values::moment::Moment;

/// Something about the relationship that every page of the customer says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    Ended {
        at: Moment,
        by: String,
    },
    Planned {
        on: NaiveDate,
        by: String,
    },
    /// What was planned for a day was not carried out.
    Failed {
        on: NaiveDate,
        hindrance: Hindrance,
    },
    /// It came back without delegated administration.
    AwaitsConsent,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = endings)]
struct Row {
    state: State,
    planned_on: Option<NaiveDate>,
    by_name: String,
    hindrance: Option<Hindrance>,
    ended_at: Option<Moment>,
    consent_on: Option<NaiveDate>,
}

/// What there is to say about the relationship with a customer; nothing for most.
///
/// # Errors
/// Database errors.
pub fn notices(conn: &mut Connection, customer: &CustomerId) -> Result<Vec<Notice>> {
    let rows: Vec<Row> = endings::table
        .filter(endings::customer_id.eq(customer))
        .filter(endings::state.ne(State::Dropped))
        .order((endings::created_at.desc(), endings::id.desc()))
        .select(Row::as_select())
        .load(conn)?;
    let latest = rows.first().and_then(|row| match row.state {
        State::Ended => row.ended_at.map(|at| Notice::Ended { at, by: row.by_name.clone() }),
        State::Planned => row.planned_on.map(|on| Notice::Planned { on, by: row.by_name.clone() }),
        State::Refused => {
            row.planned_on.zip(row.hindrance).map(|(on, hindrance)| Notice::Failed { on, hindrance })
        }
        State::Reinstated | State::Dropped => None,
    });
    let has_ended = matches!(latest, Some(Notice::Ended { .. }));
    let last_back = rows.iter().find(|row| row.state == State::Reinstated);
    let awaits = !has_ended && last_back.is_some_and(|row| row.consent_on.is_none());
    Ok(latest.into_iter().chain(awaits.then_some(Notice::AwaitsConsent)).collect())
}

/// What administers a customer's users asks this: one that came back has to agree to it anew.
///
/// # Errors
/// [`Error::AtRest`] as long as it has not; database errors.
pub fn demand_consent(conn: &mut Connection, customer: &CustomerId) -> Result<()> {
    match notices(conn, customer)?.contains(&Notice::AwaitsConsent) {
        true => Err(Error::AtRest(*customer, Rest::AwaitsConsent)),
        false => Ok(()),
    }
}
