//! Queries about ends.

pub mod carrying;
pub mod comeback;
pub mod consenting;
pub mod giving_back;
pub mod list;
pub mod planning;
pub mod question;
pub mod reinstating;
pub mod remedies;
mod row;

use diesel::prelude::*;

use super::model::{Ending, Obstacles, State};
use crate::db::Connection;
use crate::db::schema::endings;
use crate::error::Result;
use crate::orders::facts::{cancellable_of, open_drafts_of};
use crate::reservations::facts::lasting_of;
use crate::subscriptions::model::Status;
use crate::subscriptions::store::of_customer::in_states;
use crate::values::id::CustomerId;
use crate::values::moment::Moment;
use row::Row;

/// The latest end of a customer in a state.
///
/// # Errors
/// Database errors.
pub fn latest(conn: &mut Connection, customer: &CustomerId, state: State) -> Result<Option<Ending>> {
    let row: Option<Row> = endings::table
        .filter(endings::customer_id.eq(customer))
        .filter(endings::state.eq(state))
        .order((endings::created_at.desc(), endings::id.desc()))
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    Ok(row.map(Ending::from))
}

/// The plan that is due for longest.
///
/// # Errors
/// Database errors.
pub fn next_due(conn: &mut Connection, now: Moment) -> Result<Option<Ending>> {
    let row: Option<Row> = endings::table
        .filter(endings::state.eq(State::Planned))
        .filter(endings::due_at.le(now))
        .order(endings::due_at)
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    Ok(row.map(Ending::from))
}

/// Everything that stands in the way of ending the relationship with a customer now.
///
/// # Errors
/// Database errors.
pub fn obstacles(conn: &mut Connection, customer: &CustomerId, now: Moment) -> Result<Obstacles> {
    Ok(Obstacles {
        active: in_states(conn, customer, &[Status::Active])?,
        pending: in_states(conn, customer, &[Status::Pending])?,
        drafts: open_drafts_of(conn, customer)?,
        orders: cancellable_of(conn, customer, now)?,
        reservations: lasting_of(conn, customer, now.day())?,
    })
}
