//! The answers of partners: the provider lets a reseller's subscriptions go to another one, and the new partner takes all
//! of them, some or none.

use diesel::prelude::*;

use super::closing::{Voice, begin_turn, close, entry, keep_answer, pass_on, record_with_sides, tell_end};
use super::{find_for, moving, one, ready};
use crate::access::permission::{AcceptTransfers, RefuseTransfers};
use crate::access::{Allowed, Permission as _};
use crate::activity::{Action, Change};
use crate::db::Connection;
use crate::db::schema::transfer_items;
use crate::error::{Error, Result};
use crate::transfers::form::Decision;
use crate::transfers::model::{Item, Kind, Outcome, Side, State, Transfer};
use crate::values::id::TransferId;
use crate::values::moment::Moment;
use crate::web::Site;

/// What came of a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decided {
    /// The provider lets it go.
    Approved,
    /// So many have moved, and so many could not.
    Moved(usize, usize),
    /// None could be moved any more.
    Failed,
    Refused,
    /// Somebody was faster, or the time is over.
    Over,
    /// Something is missing that the new partner has to see to first.
    NotReady,
}

/// Decides for one of the partners in a file.
///
/// # Errors
/// [`Error::NotFound`] when there is none, or the viewer's organisation has nothing to decide; [`Error::Forbidden`] for
/// accepting without the permission; when a letter cannot be written; database errors.
pub fn decide(
    conn: &mut Connection,
    by: &Allowed<RefuseTransfers>,
    (id, decision): (&TransferId, &Decision),
    site: &Site,
    now: Moment,
) -> Result<Decided> {
    let transfer = find_for(conn, by, id)?;
    let has_waited = transfer.waits_for(&by.organisation.id) && transfer.kind != Kind::Outside;
    let Some(side) = transfer.state.side().filter(|_| has_waited) else { return Ok(Decided::Over) };
    if transfer.version != decision.version || transfer.is_over(now.day()) {
        return Ok(Decided::Over);
    }
    if decision.accepted.is_empty() {
        return refuse(conn, by, (&transfer, side), decision, site, now);
    }
    if !by.may::<AcceptTransfers>() {
        return Err(Error::Forbidden(AcceptTransfers::KEY));
    }
    match side {
        Side::Provider => approve(conn, by, &transfer, site, now),
        Side::Customer | Side::Partner => accept(conn, by, &transfer, decision, site, now),
    }
}

fn refuse(
    conn: &mut Connection,
    by: &Allowed<RefuseTransfers>,
    (transfer, side): (&Transfer, Side),
    decision: &Decision,
    site: &Site,
    now: Moment,
) -> Result<Decided> {
    let (voice, reason) = (Voice::Person(by), decision.reason.as_str());
    // What the new partner does not want is refused; what it never got to decide about is left.
    if side == Side::Partner {
        keep_refusals(conn, transfer, decision)?;
    }
    if !close(conn, transfer, State::Refused, (voice, reason), now)? {
        return Ok(Decided::Over);
    }
    keep_answer(conn, transfer, (side, false), (voice, reason), now)?;
    let entry = |customer: &_| {
        entry(Action::RefuseTransfer, transfer, customer).with([Change::set("reason", reason)])
    };
    record_with_sides(conn, transfer, voice, entry, now)?;
    tell_end(conn, &transfer.id, voice, site, now)?;
    Ok(Decided::Refused)
}

fn approve(
    conn: &mut Connection,
    by: &Allowed<RefuseTransfers>,
    transfer: &Transfer,
    site: &Site,
    now: Moment,
) -> Result<Decided> {
    let Some(next) = transfer.after(Side::Provider) else { return Ok(Decided::Over) };
    if !pass_on(conn, transfer, next)? {
        return Ok(Decided::Over);
    }
    let voice = Voice::Person(by);
    keep_answer(conn, transfer, (Side::Provider, true), (voice, ""), now)?;
    let entry = |customer: &_| entry(Action::ApproveTransfer, transfer, customer);
    record_with_sides(conn, transfer, voice, entry, now)?;
    let transfer = one(conn, &transfer.id)?;
    begin_turn(conn, &transfer, next, site, now)?;
    Ok(Decided::Approved)
}

fn accept(
    conn: &mut Connection,
    by: &Allowed<RefuseTransfers>,
    transfer: &Transfer,
    decision: &Decision,
    site: &Site,
    now: Moment,
) -> Result<Decided> {
    if !ready::of(conn, transfer)?.is_ready() {
        return Ok(Decided::NotReady);
    }
    keep_refusals(conn, transfer, decision)?;
    let accepted: Vec<&Item> =
        transfer.bases().filter(|base| decision.accepted.contains(&base.subscription)).collect();
    let moved = moving::move_all(conn, by, (transfer, &accepted), now)?;
    let state = if moved == 0 { State::Failed } else { State::Done };
    let voice = Voice::Person(by);
    if !close(conn, transfer, state, (voice, ""), now)? {
        // Nothing of this may stay.
        return Err(crate::db::try_again());
    }
    keep_answer(conn, transfer, (Side::Partner, true), (voice, ""), now)?;
    let after = one(conn, &transfer.id)?;
    let failed = after.count(Outcome::Failed);
    let entry = |customer: &_| {
        entry(Action::AcceptTransfer, transfer, customer).with([
            Change::set("transfer", state.as_text()),
            Change::set("moved", moved),
            Change::set("refused_items", after.count(Outcome::Refused)),
            Change::set("failed_items", failed),
        ])
    };
    record_with_sides(conn, transfer, voice, entry, now)?;
    tell_end(conn, &transfer.id, voice, site, now)?;
    Ok(if moved == 0 { Decided::Failed } else { Decided::Moved(moved, failed) })
}

/// A base and its add-ons are refused together, with the reason for each base.
fn keep_refusals(conn: &mut Connection, transfer: &Transfer, decision: &Decision) -> Result<()> {
    for item in &transfer.items {
        let base = item.parent.unwrap_or(item.subscription);
        if decision.accepted.contains(&base) {
            continue;
        }
        let why = decision.reasons.get(&base).unwrap_or(&decision.reason);
        let waiting = transfer_items::table
            .find((&transfer.id, &item.subscription))
            .filter(transfer_items::result.eq(Outcome::Waiting));
        diesel::update(waiting)
            .set((transfer_items::result.eq(Outcome::Refused), transfer_items::why.eq(why)))
            .execute(conn)?;
    }
    Ok(())
}
