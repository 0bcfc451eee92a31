//! Letters that nobody got, or not yet, of all organisations.

use diesel::dsl::exists;
use diesel::prelude::*;

use crate::access::Allowed;
use crate::access::permission::{SeeInstallation, SendLettersAgain};
use crate::activity::{self, Action, Entry};
use crate::db::Connection;
use crate::db::row_values::{Than, are};
use crate::db::schema::{
    address_links, agreement_requests, enrolment_links, enrolments, letters, organisations,
    partnership_requests, password_links,
};
use crate::error::Result;
use crate::mail::letter::{Hindrance, LetterState};
use crate::mail::outbox;
use crate::mail::trouble::Trouble;
use crate::operator::model::ListedLetter;
use crate::values::email::Email;
use crate::values::id::{LetterId, OrganisationId};
use crate::values::moment::Moment;
use crate::web::pager::{Key, PAGE_SIZE, Page, Start};

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
    start: &Start,
) -> Result<Page<ListedLetter>> {
    let (at, id) = (letters::created_at, letters::id);
    let query = letters::table
        .inner_join(organisations::table)
        .filter(letters::state.eq(state))
        .select(Row::as_select())
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
    let rows: Vec<Row> = query.load(conn)?;
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
    let rows = rows.into_iter().map(letter).collect();
    Ok(Page::new(rows, start, |row| Key::new(row.created_at.exact(), &row.id)))
}

/// Has a letter that failed, or that waits for its next try, tried at once, whosever it is. Answers `false` when it does
/// neither, or carries a link that works no more.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; database errors.
pub fn send_again(
    conn: &mut Connection,
    by: &Allowed<SendLettersAgain>,
    id: &LetterId,
    now: Moment,
) -> Result<bool> {
    let owned: OwnedRow = letters::table.find(id).select(OwnedRow::as_select()).first(conn)?;
    let (organisation, about) = (&owned.organisation_id, &owned.about);
    if !has_living_link(conn, &about.subject_kind, &about.subject_id, now)? {
        return Ok(false);
    }
    if !outbox::try_now(conn, organisation, id, now)? {
        return Ok(false);
    }
    let entry = Entry::new(Action::SendLetterAgain, "letter", id, &about.to_email);
    activity::store::record(conn, by, &entry, now)?;
    if *organisation != by.organisation.id {
        activity::store::record_for(conn, organisation, by, &entry, now)?;
    }
    Ok(true)
}

/// Whose letter it is, with what it is about.
#[derive(Queryable, Selectable)]
#[diesel(table_name = letters)]
struct OwnedRow {
    organisation_id: OrganisationId,
    #[diesel(embed)]
    about: outbox::About,
}

/// Whether the link in a letter still works. Letters about other things have none.
fn has_living_link(conn: &mut Connection, kind: &str, subject: &str, now: Moment) -> Result<bool> {
    let found: i64 = match kind {
        "partnership_request" => partnership_requests::table
            .filter(partnership_requests::id.eq(subject))
            .filter(partnership_requests::state.eq("open"))
            .filter(partnership_requests::expires_at.gt(now))
            .count()
            .get_result(conn)?,
        "agreement_request" => agreement_requests::table
            .filter(agreement_requests::id.eq(subject))
            .filter(agreement_requests::state.eq("open"))
            .filter(agreement_requests::expires_at.gt(now))
            .count()
            .get_result(conn)?,
        "password_link" | "forgotten_password" => password_links::table
            .filter(password_links::person_id.eq(subject))
            .filter(password_links::expires_at.gt(now))
            .count()
            .get_result(conn)?,
        "address_link" => address_links::table
            .filter(address_links::person_id.eq(subject))
            .filter(address_links::asked_at.gt(now.plus_days(-1)))
            .count()
            .get_result(conn)?,
        // Its own link, or one that was mailed later. What is approved needs none.
        "enrolment" => {
            let later = enrolment_links::table
                .filter(enrolment_links::enrolment_id.eq(enrolments::id))
                .filter(enrolment_links::expires_at.gt(now));
            enrolments::table
                .filter(enrolments::id.eq(subject))
                .filter(enrolments::expires_at.gt(now).or(enrolments::state.eq("approved")).or(exists(later)))
                .count()
                .get_result(conn)?
        }
        _ => return Ok(true),
    };
    Ok(found > 0)
}
