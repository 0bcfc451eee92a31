//! A selection as it is at one moment, for a deed that takes longer: what is ticked later changes nothing of it.

use diesel::prelude::*;

use super::find;
use crate::db::Connection;
use crate::db::schema::{customer_selections, selected_customers};
use crate::error::Result;
use crate::values::id::{CustomerId, PersonId, SelectionId};
use crate::values::moment::Moment;

/// A deed that waits for its turn finds it for so long, beyond the time after which selections are forgotten.
const WAITS_DAYS: i64 = 30;

/// Keeps what a person has selected under another id, too. Answers `false` when nothing of theirs has the first one.
///
/// # Errors
/// Database errors.
pub fn keep_apart(
    conn: &mut Connection,
    person: &PersonId,
    (id, apart): (&SelectionId, &SelectionId),
    now: Moment,
) -> Result<bool> {
    let Some(selection) = find(conn, person, id)? else { return Ok(false) };
    diesel::insert_into(customer_selections::table)
        .values((
            customer_selections::id.eq(apart),
            customer_selections::person_id.eq(person),
            customer_selections::is_all.eq(selection.is_all),
            customer_selections::view.eq(&selection.view),
            customer_selections::search.eq(&selection.search),
            customer_selections::reseller.eq(&selection.reseller),
            customer_selections::touched_at.eq(now.plus_days(WAITS_DAYS)),
        ))
        .execute(conn)?;
    let marked: Vec<CustomerId> = selected_customers::table
        .filter(selected_customers::selection_id.eq(id))
        .select(selected_customers::customer_id)
        .load(conn)?;
    for customer in marked {
        diesel::insert_into(selected_customers::table)
            .values((
                selected_customers::selection_id.eq(apart),
                selected_customers::customer_id.eq(&customer),
            ))
            .execute(conn)?;
    }
    Ok(true)
}

/// Forgets a selection that was kept apart.
///
/// # Errors
/// Database errors.
pub fn forget(conn: &mut Connection, id: &SelectionId) -> Result<()> {
    let marked = selected_customers::table.filter(selected_customers::selection_id.eq(id));
    diesel::delete(marked).execute(conn)?;
    diesel::delete(customer_selections::table.find(id)).execute(conn)?;
    Ok(())
}
