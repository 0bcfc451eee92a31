//! What other areas ask about ends: what is planned, what came of it, and what a customer that came back has not agreed to.

mod planned;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::model::{Hindrance, State};
use crate::customers::model::Customer;
use crate::db::Connection;
use crate::db::schema::endings;
use crate::error::Result;
use crate::values::moment::Moment;

pub use planned::{next_planned, unaware_of_plans};

/// For so many days the first pages say that an end was not carried out; nothing is known to come of it after that.
const FAILED_DAYS: i64 = 30;

/// Something about the relationship that the first pages of the customer say. That it has ended stands on all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
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
    state_since: Moment,
    planned_on: Option<NaiveDate>,
    by_name: String,
    hindrance: Option<Hindrance>,
    consent_on: Option<NaiveDate>,
}

/// What there is to say about the relationship with a customer; nothing for most.
///
/// # Errors
/// Database errors.
pub fn notices(conn: &mut Connection, customer: &Customer, today: NaiveDate) -> Result<Vec<Notice>> {
    if customer.ended_at.is_some() {
        return Ok(Vec::new());
    }
    let rows: Vec<Row> = endings::table
        .filter(endings::customer_id.eq(&customer.id))
        .order((endings::created_at.desc(), endings::id.desc()))
        .select(Row::as_select())
        .load(conn)?;
    let latest = rows.first().and_then(|row| match row.state {
        State::Planned => row.planned_on.map(|on| Notice::Planned { on, by: row.by_name.clone() }),
        State::Refused if today < row.state_since.plus_days(FAILED_DAYS).day() => {
            row.planned_on.zip(row.hindrance).map(|(on, hindrance)| Notice::Failed { on, hindrance })
        }
        State::Refused | State::Ended | State::Reinstated | State::Dropped => None,
    });
    let last_back = rows.iter().find(|row| row.state == State::Reinstated);
    let awaits = customer.can_agree() && last_back.is_some_and(|row| row.consent_on.is_none());
    Ok(latest.into_iter().chain(awaits.then_some(Notice::AwaitsConsent)).collect())
}
