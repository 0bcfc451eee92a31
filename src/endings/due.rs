//! The plans whose day has come.

use super::letters::ended;
use super::store::carrying::{self, Carried};
use super::store::next_due;
use crate::access::Reach;
use crate::activity::Author;
use crate::customers;
use crate::db::Connection;
use crate::error::Result;
use crate::partners::facts::name_of;
use crate::values::id::LetterId;
use crate::values::moment::Moment;

/// Carries out the plan that is due for longest, or gives it up where something stands in its way; answers how many there
/// were.
///
/// # Errors
/// When the letter cannot be written; database errors.
pub fn carry_out_next(conn: &mut Connection, now: Moment) -> Result<usize> {
    let Some(plan) = next_due(conn, now)? else { return Ok(0) };
    let customer = customers::store::find(conn, &Reach::Provider(plan.provider), &plan.customer)?;
    let provider = name_of(conn, &plan.provider)?;
    let letter = ended::of_plan(&plan, (&customer, &provider))?.map(|letter| (LetterId::new(), letter));
    let by = Author::absent((&plan.by.person, &plan.by.name), (&plan.provider, &provider));
    match carrying::carry_out(conn, &by, (&plan.id, &customer), letter.as_ref(), now)? {
        Carried::Done => {}
        Carried::Before => carrying::forget(conn, &plan, now)?,
        Carried::Hindered(hindrance) => carrying::give_up(conn, (&plan, &customer), hindrance, now)?,
    }
    Ok(1)
}
