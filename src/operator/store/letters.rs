//! Letters that nobody got, or not yet, of all organisations.

use diesel::prelude::*;

use crate::access::Allowed;
use crate::access::permission::SeeInstallation;
use crate::db::Connection;
use crate::db::clock::Clock;
use crate::error::Result;
use crate::mail::letter::{Hindrance, LetterState};
use crate::mail::outbox;
use crate::mail::outbox::listed::{self, Listed};
use crate::operator::model::ListedLetter;
use crate::partners::facts::{Named, organisation};
use crate::web::pager::{Page, Portion, descending, keyset};

/// A page of letters that failed or that wait, the newest first. Which of them are under way is judged by the clock by
/// which they are held.
///
/// # Errors
/// Database errors.
pub fn page_of(
    conn: &mut Connection,
    _by: &Allowed<SeeInstallation>,
    state: LetterState,
    portion: &Portion,
    clock: &Clock,
) -> Result<Page<ListedLetter>> {
    let query = listed::all_in(state).inner_join(organisation(listed::letter_organisation)).into_boxed();
    let order = descending(listed::letter_created_at, listed::letter_id);
    let page: Page<(Listed, Named)> = keyset(conn, query, order, portion)?;
    let shared = clock.shared(conn)?;
    let held_until = outbox::held_until(conn)?;
    let letter = |(row, organisation): (Listed, Named)| ListedLetter {
        id: row.id,
        organisation: organisation.name,
        to: row.to_email,
        subject: row.subject,
        hindrance: Hindrance::of(row.trouble, row.last_error),
        attempts: row.attempts,
        created_at: row.created_at,
        next_try: held_until.map_or(row.due_at, |until| row.due_at.max(until)),
        is_under_way: row.leased_until.is_some_and(|until| until > shared),
    };
    Ok(page.map(letter))
}
