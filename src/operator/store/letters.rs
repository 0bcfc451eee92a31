//! Letters that nobody got, or not yet, of all organisations.

use diesel::prelude::*;

use crate::access::Allowed;
use crate::access::permission::SeeInstallation;
use crate::db::Connection;
use crate::db::schema::{letters, organisations};
use crate::error::Result;
use crate::mail::letter::{Hindrance, LetterState};
use crate::mail::outbox;
use crate::mail::trouble::Trouble;
use crate::operator::model::ListedLetter;
use crate::values::email::Email;
use crate::values::id::LetterId;
use crate::values::moment::Moment;
use crate::web::pager::{Page, Portion, descending, keyset};

/// A letter as its columns are, with whose it is.
#[derive(Queryable, Selectable)]
#[diesel(table_name = letters)]
struct Row {
    id: LetterId,
    #[diesel(select_expression = organisations::name)]
    organisation: String,
    to_email: Email,
    subject: String,
    trouble: Option<Trouble>,
    last_error: Option<String>,
    attempts: i32,
    created_at: Moment,
    due_at: Moment,
    leased_until: Option<Moment>,
}

/// A page of letters that failed or that wait, the newest first.
///
/// # Errors
/// Database errors.
pub fn page_of(
    conn: &mut Connection,
    _by: &Allowed<SeeInstallation>,
    state: LetterState,
    portion: &Portion,
) -> Result<Page<ListedLetter>> {
    let query = letters::table.inner_join(organisations::table).filter(letters::state.eq(state)).into_boxed();
    let page: Page<Row> = keyset(conn, query, descending(letters::created_at, letters::id), portion)?;
    let held_until = outbox::held_until(conn)?;
    let letter = |row: Row| ListedLetter {
        id: row.id,
        organisation: row.organisation,
        to: row.to_email,
        subject: row.subject,
        hindrance: Hindrance::of(row.trouble, row.last_error),
        attempts: row.attempts,
        created_at: row.created_at,
        next_try: held_until.map_or(row.due_at, |until| row.due_at.max(until)),
        leased_until: row.leased_until,
    };
    Ok(page.map(letter))
}
