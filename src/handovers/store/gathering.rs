//! Copying the customers that a handover is about, in portions.

use anyhow::anyhow;
use diesel::prelude::*;

use crate::access::Reach;
use crate::customers::facts::within;
use crate::customers::store::delegations::customers_of_pair;
use crate::customers::store::selection::{self, ids_after, living_filter_of};
use crate::db::among::is_among;
use crate::db::schema::{handover_customers, handovers};
use crate::db::{Connection, try_again};
use crate::error::Result;
use crate::handovers::model::{Handover, Outcome, Source, State};
use crate::subscriptions::store::handover::customers_dealing_with;
use crate::values::id::{CustomerId, SelectionId};
use crate::web::pager::Cursor;

/// So many are copied at once.
const PORTION: usize = 500;

/// Copies the next portion, or goes on to the work when there is none.
///
/// # Errors
/// Database errors.
pub fn gather_some(conn: &mut Connection, handover: &Handover) -> Result<()> {
    let (found, next) = match &handover.choices.source {
        Source::Selection(selection) => of_selection(conn, handover, selection)?,
        Source::Former => of_former(conn, handover)?,
    };
    let copied = copy(conn, handover, &found)?;
    let (state, gathered) = match next {
        Some(next) => (State::Gathering, next),
        None => (State::Working, String::new()),
    };
    if let (State::Working, Source::Selection(selection)) = (state, &handover.choices.source) {
        selection::forget(conn, selection)?;
    }
    let as_read = handovers::table
        .filter(handovers::id.eq(&handover.id))
        .filter(handovers::state.eq(State::Gathering))
        .filter(handovers::gathered.eq(&handover.gathered));
    let met = diesel::update(as_read)
        .set((
            handovers::state.eq(state),
            handovers::gathered.eq(gathered),
            handovers::total.eq(handovers::total + copied),
        ))
        .execute(conn)?;
    if met == 1 { Ok(()) } else { Err(try_again()) }
}

/// The next customers, and from where to go on after them.
type Portion = (Vec<CustomerId>, Option<String>);

fn of_selection(conn: &mut Connection, handover: &Handover, id: &SelectionId) -> Result<Portion> {
    let Some(filter) = living_filter_of(conn, &handover.begun_by.0, id)? else {
        return Err(anyhow!("what was selected is forgotten").into());
    };
    let after = Some(handover.gathered.clone()).filter(|after| !after.is_empty());
    let portion = Cursor { after, before: None }.chunk();
    let page = ids_after(conn, &Reach::Provider(handover.provider), &filter, &portion)?;
    let next = page.next.as_ref().map(|key| key.text());
    Ok((page.rows, next))
}

/// By id: those that it administers, and those of whose subscriptions one names it.
fn of_former(conn: &mut Connection, handover: &Handover) -> Result<Portion> {
    let Some(former) = handover.former_id() else { return Ok((Vec::new(), None)) };
    let (pair, after) = ((&handover.provider, former), handover.gathered.as_str());
    let most = i64::try_from(PORTION).unwrap_or(i64::MAX);
    let mut found = customers_of_pair(conn, pair, after, most)?;
    found.extend(customers_dealing_with(conn, pair, after, most)?);
    found.sort_unstable();
    found.dedup();
    let has_more = found.len() >= PORTION;
    found.truncate(PORTION);
    let next = found.last().filter(|_| has_more).map(ToString::to_string);
    Ok((found, next))
}

/// Adds them to the queue. One that moved in the list meanwhile stands in it already.
fn copy(conn: &mut Connection, handover: &Handover, found: &[CustomerId]) -> Result<i64> {
    let of = handover_customers::table.filter(handover_customers::handover_id.eq(&handover.id));
    let there: Vec<CustomerId> = of
        .filter(is_among(handover_customers::customer_id, found))
        .select(handover_customers::customer_id)
        .load(conn)?;
    let own = within(conn, &Reach::Provider(handover.provider), found.iter().copied())?;
    let mut position = handover.tally.total;
    for customer in found.iter().filter(|one| !there.contains(one) && own.contains(one)) {
        position = position.saturating_add(1);
        diesel::insert_into(handover_customers::table)
            .values((
                handover_customers::handover_id.eq(&handover.id),
                handover_customers::customer_id.eq(customer),
                handover_customers::position.eq(position),
                handover_customers::result.eq(Outcome::Waiting),
                handover_customers::why.eq(""),
            ))
            .execute(conn)?;
    }
    Ok(position.saturating_sub(handover.tally.total))
}
