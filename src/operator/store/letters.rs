//! Letters that nobody got, or not yet, of all organisations.

use diesel::prelude::*;

use crate::access::Allowed;
use crate::access::permission::SeeInstallation;
use crate::db::Connection;
use crate::db::row_values::{Than, are};
use crate::error::Result;
use crate::mail::letter::{Hindrance, LetterState};
use crate::mail::outbox;
use crate::mail::outbox::listed::{self, Listed};
use crate::operator::model::ListedLetter;
use crate::partners::facts::{organisation, organisation_name};
use crate::web::pager::{Key, PAGE_SIZE, Page, Start};

/// A page of letters that failed or that wait, the newest first.
///
/// # Errors
/// Database errors.
pub fn page_of(
    conn: &mut Connection,
    _by: &Allowed<SeeInstallation>,
    state: LetterState,
    start: &Start,
) -> Result<Page<ListedLetter>> {
    let (at, id) = (listed::letter_created_at, listed::letter_id);
    let query = listed::all_in(state)
        .inner_join(organisation(listed::letter_organisation))
        .select((Listed::as_select(), organisation_name))
        .limit(i64::try_from(PAGE_SIZE + 1).unwrap_or(i64::MAX))
        .into_boxed();
    let query = match start.moment() {
        // A key that makes no sense begins at the newest.
        None => query.order((at.desc(), id.desc())),
        Some(place) if start.is_backwards() => {
            query.filter(are((at, id), Than::Greater, place)).order((at.asc(), id.asc()))
        }
        Some(place) => query.filter(are((at, id), Than::Less, place)).order((at.desc(), id.desc())),
    };
    let rows: Vec<(Listed, String)> = query.load(conn)?;
    let held_until = outbox::held_until(conn)?;
    let letter = |(row, organisation): (Listed, String)| ListedLetter {
        id: row.id,
        organisation,
        to: row.to_email,
        subject: row.subject,
        hindrance: Hindrance::of(row.trouble, row.last_error),
        attempts: row.attempts,
        created_at: row.created_at,
        next_try: held_until.map_or(row.due_at, |until| row.due_at.max(until)),
        leased_until: row.leased_until,
    };
    let rows = rows.into_iter().map(letter).collect();
    Ok(Page::new(rows, start, |row| Key::new(row.created_at.exact(), &row.id)))
}
