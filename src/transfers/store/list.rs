//! Lists of files: those from an organisation and those to it, and those about a company.

use diesel::prelude::*;

use super::row::{Row, read};
use crate::access::Allowed;
use crate::access::permission::{AnswerOwnTransfers, SeeTransfers};
use crate::db::Connection;
use crate::db::like::any_part;
use crate::db::row_values::Both;
use crate::db::schema::transfers;
use crate::error::Result;
use crate::transfers::model::{Kind, State, Transfer};
use crate::values::id::TransferId;
use crate::web::Count;
use crate::web::pager::{Page, Portion, descending, keyset};

/// Which of them.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Those that others offer, instead of those from the viewer's organisation.
    pub is_incoming: bool,
    /// Any part of company and partners, folded.
    pub needle: String,
    pub states: Vec<State>,
}

/// A portion of them, the newest first.
///
/// # Errors
/// Database errors.
pub fn page_of(
    conn: &mut Connection,
    by: &Allowed<SeeTransfers>,
    wanted: &Wanted,
    portion: &Portion,
) -> Result<Page<Transfer>> {
    let query = narrowed(by, wanted);
    let page: Page<Row> = keyset(conn, query, descending(transfers::started_at, transfers::id), portion)?;
    page.read(|rows| read(conn, rows))
}

/// How many wait for the viewer's organisation.
///
/// # Errors
/// Database errors.
pub fn count_incoming_open(conn: &mut Connection, by: &Allowed<SeeTransfers>) -> Result<Count> {
    let wanted = Wanted { is_incoming: true, states: vec![State::Partner], ..Wanted::default() };
    let some: Vec<TransferId> = narrowed(by, &wanted).select(transfers::id).limit(Count::LIMIT).load(conn)?;
    Ok(Count::of(some.len()))
}

fn narrowed<'a>(by: &'a Allowed<SeeTransfers>, wanted: &Wanted) -> transfers::BoxedQuery<'a, Both> {
    let (all, own) = (transfers::table.into_boxed(), &by.organisation.id);
    let mut query = match (wanted.is_incoming, by.is_provider()) {
        (true, _) => all.filter(transfers::target_id.eq(own)).filter(transfers::is_shown),
        // What goes from one of its resellers to another one is among them.
        (false, true) => all.filter(transfers::provider_id.eq(own)),
        (false, false) => all.filter(transfers::source_id.eq(own)),
    };
    if !wanted.needle.is_empty() {
        query = query.filter(transfers::search_text.like(any_part(&wanted.needle)).escape('\\'));
    }
    if !wanted.states.is_empty() {
        query = query.filter(transfers::state.eq_any(wanted.states.clone()));
    }
    query
}

/// A portion of those about the viewer's company, the newest first. What resellers of one provider pass on to each other
/// is among them once it is done.
///
/// # Errors
/// Database errors.
pub fn own_page_of(
    conn: &mut Connection,
    by: &Allowed<AnswerOwnTransfers>,
    portion: &Portion,
) -> Result<Page<Transfer>> {
    let own = transfers::table
        .filter(transfers::company_id.eq(&by.organisation.id))
        .filter(transfers::kind.ne(Kind::Reseller).or(transfers::state.eq(State::Done)))
        .into_boxed();
    let page: Page<Row> = keyset(conn, own, descending(transfers::started_at, transfers::id), portion)?;
    page.read(|rows| read(conn, rows))
}
