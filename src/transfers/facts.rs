//! What other areas ask about transfers.

use diesel::dsl::exists;
use diesel::prelude::*;

pub use super::model::Trace;
use super::model::{Kind, Outcome, State};
use crate::db::Connection;
use crate::db::schema::{transfer_items, transfers};
use crate::error::Result;
use crate::values::id::{OrganisationId, SubscriptionId, TransferId};
use crate::values::moment::Moment;

/// Whether a subscription is in a file that is open: its quantity is frozen.
///
/// # Errors
/// Database errors.
pub fn is_under_way(conn: &mut Connection, subscription: &SubscriptionId) -> Result<bool> {
    let open = transfer_items::table
        .filter(transfer_items::subscription_id.eq(subscription))
        .filter(transfer_items::result.eq(Outcome::Waiting));
    Ok(diesel::select(exists(open)).get_result(conn)?)
}

/// What a subscription has to do with transfers, the latest first, as far as an organisation is one of the partners in
/// them: those that it is or was in while they are open or once they moved it, and the one by which it came.
///
/// # Errors
/// Database errors.
pub fn traces(
    conn: &mut Connection,
    viewer: &OrganisationId,
    subscription: &SubscriptionId,
) -> Result<Vec<Trace>> {
    let went = transfer_items::table
        .inner_join(transfers::table.on(transfers::id.eq(transfer_items::transfer_id)))
        .filter(transfer_items::subscription_id.eq(subscription))
        .filter(transfer_items::result.eq_any([Outcome::Waiting, Outcome::Moved]))
        .filter(
            transfers::provider_id
                .eq(viewer)
                .or(transfers::source_id.eq(viewer))
                // Between resellers it keeps its id, and the new one opens it by that.
                .or(transfers::target_id.assume_not_null().eq(viewer)),
        )
        .select(TraceRow::as_select());
    let came = transfer_items::table
        .inner_join(transfers::table.on(transfers::id.eq(transfer_items::transfer_id)))
        .filter(transfer_items::became_id.eq(subscription))
        .filter(transfers::target_id.eq(viewer))
        .select(TraceRow::as_select());
    let mut rows: Vec<TraceRow> = went.load(conn)?;
    rows.extend(came.load::<TraceRow>(conn)?);
    rows.sort_by_key(|row| std::cmp::Reverse(row.started_at));
    Ok(rows.into_iter().map(|row| row.of(subscription)).collect())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = transfers)]
struct TraceRow {
    id: TransferId,
    state: State,
    kind: Kind,
    source_name: String,
    target_name: String,
    started_at: Moment,
    settled_at: Option<Moment>,
    #[diesel(select_expression = transfer_items::subscription_id)]
    subscription_id: SubscriptionId,
    #[diesel(select_expression = transfer_items::became_id)]
    became_id: Option<SubscriptionId>,
}

impl TraceRow {
    fn of(self, subscription: &SubscriptionId) -> Trace {
        Trace {
            transfer: self.id,
            is_open: self.state.is_open(),
            kind: self.kind,
            source_name: self.source_name,
            target_name: self.target_name,
            settled_at: self.settled_at,
            was: (self.subscription_id != *subscription).then_some(self.subscription_id),
            became: self.became_id.filter(|became| became != subscription),
        }
    }
}

/// Whether a file waits for the customer, so that a letter that asks it holds.
///
/// # Errors
/// Database errors.
pub fn asks_customer(conn: &mut Connection, id: &str, now: Moment) -> Result<bool> {
    stands(conn, id, &[State::Customer], now)
}

/// Whether it waits for a partner.
///
/// # Errors
/// Database errors.
pub fn waits_for_partner(conn: &mut Connection, id: &str, now: Moment) -> Result<bool> {
    stands(conn, id, &[State::Provider, State::Partner], now)
}

fn stands(conn: &mut Connection, id: &str, states: &[State], now: Moment) -> Result<bool> {
    let Some(id) = TransferId::parse(id) else { return Ok(false) };
    let waiting = transfers::table
        .filter(transfers::id.eq(id))
        .filter(transfers::state.eq_any(states.to_vec()))
        .filter(transfers::open_until.ge(now.day()));
    Ok(diesel::select(exists(waiting)).get_result(conn)?)
}
