//! The customer's answer: by somebody of it who is signed in, or by the mailed link. Once, whoever is faster.

use super::closing::{Voice, begin_turn, close, entry, keep_answer, pass_on, record_with_sides, tell_end};
use super::{by_token, find_own, one};
use crate::access::Allowed;
use crate::access::permission::AnswerOwnTransfers;
use crate::activity::{Action, Change};
use crate::db::Connection;
use crate::error::Result;
use crate::transfers::form::Answered as Typed;
use crate::transfers::model::{Side, State, Transfer};
use crate::values::id::TransferId;
use crate::values::moment::Moment;
use crate::values::token::TokenHash;
use crate::web::Site;

/// What came of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answered {
    Consented,
    Refused,
    /// It is not the customer's turn any more: its page says how the file stands.
    Over,
}

/// By somebody of the company.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when there is no such file; when a letter cannot be written; database errors.
pub fn answer_own(
    conn: &mut Connection,
    by: &Allowed<AnswerOwnTransfers>,
    (id, typed): (&TransferId, &Typed),
    site: &Site,
    now: Moment,
) -> Result<Answered> {
    let transfer = find_own(conn, by, id)?;
    answer(conn, &transfer, (Voice::Person(by), typed), site, now)
}

/// By the mailed link.
///
/// # Errors
/// When a letter cannot be written; database errors.
pub fn answer_by_link(
    conn: &mut Connection,
    (token, typed): (&TokenHash, &Typed),
    site: &Site,
    now: Moment,
) -> Result<Answered> {
    let Some(transfer) = by_token(conn, token)? else { return Ok(Answered::Over) };
    let by = Voice::Visitor(&typed.name, &transfer.company_name);
    answer(conn, &transfer, (by, typed), site, now)
}

fn answer(
    conn: &mut Connection,
    transfer: &Transfer,
    (by, typed): (Voice<'_>, &Typed),
    site: &Site,
    now: Moment,
) -> Result<Answered> {
    if transfer.state != State::Customer || transfer.is_over(now.day()) {
        return Ok(Answered::Over);
    }
    if !typed.is_yes {
        return refuse(conn, transfer, (by, &typed.reason), site, now);
    }
    let Some(next) = transfer.after(Side::Customer) else { return Ok(Answered::Over) };
    if !pass_on(conn, transfer, next)? {
        return Ok(Answered::Over);
    }
    keep_answer(conn, transfer, (Side::Customer, true), (by, ""), now)?;
    let entry = |customer: &_| entry(Action::ConsentToTransfer, transfer, customer);
    record_with_sides(conn, transfer, by, entry, now)?;
    let transfer = one(conn, &transfer.id)?;
    begin_turn(conn, &transfer, next, site, now)?;
    Ok(Answered::Consented)
}

fn refuse(
    conn: &mut Connection,
    transfer: &Transfer,
    (by, reason): (Voice<'_>, &str),
    site: &Site,
    now: Moment,
) -> Result<Answered> {
    if !close(conn, transfer, State::Refused, (by, reason), now)? {
        return Ok(Answered::Over);
    }
    keep_answer(conn, transfer, (Side::Customer, false), (by, reason), now)?;
    let entry = |customer: &_| {
        entry(Action::RefuseTransfer, transfer, customer).with([Change::set("reason", reason)])
    };
    record_with_sides(conn, transfer, by, entry, now)?;
    tell_end(conn, &transfer.id, by, site, now)?;
    Ok(Answered::Refused)
}
