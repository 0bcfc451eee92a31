//! Letters that nobody got, of all organisations.

use diesel::dsl::exists;
use diesel::prelude::*;

use crate::access::Allowed;
use crate::access::permission::{SeeInstallation, SendLettersAgain};
use crate::activity::{self, Action, Entry};
use crate::db::Connection;
use crate::db::schema::{
    address_links, agreement_requests, enrolment_links, enrolments, letters, organisations,
    partnership_requests, password_links,
};
use crate::error::Result;
use crate::mail::letter::LetterState;
use crate::mail::outbox;
use crate::operator::model::FailedLetter;
use crate::values::email::Email;
use crate::values::id::{LetterId, OrganisationId};
use crate::values::moment::Moment;
use crate::web::pager::{Key, PAGE_SIZE, Page, Start};

type Row = (LetterId, String, Email, String, Option<String>, i32, Moment);

/// A page of letters that failed, the newest first. What was withdrawn has no text any more and did not fail.
///
/// # Errors
/// Database errors.
pub fn page_of(
    conn: &mut Connection,
    _by: &Allowed<SeeInstallation>,
    start: &Start,
) -> Result<Page<FailedLetter>> {
    let (at, id) = (letters::created_at, letters::id);
    let query = letters::table
        .inner_join(organisations::table)
        .filter(letters::state.eq(LetterState::Failed))
        .filter(letters::body_text.ne(""))
        .select((
            letters::id,
            organisations::name,
            letters::to_email,
            letters::subject,
            letters::last_error,
            letters::attempts,
            letters::created_at,
        ))
        .limit(i64::try_from(PAGE_SIZE + 1).unwrap_or(i64::MAX))
        .into_boxed();
    // A key that makes no sense begins at the newest.
    let place = |key: &Key| Moment::parse_exact(&key.sort).zip(LetterId::parse(&key.id));
    let query = match start {
        Start::After(key) | Start::Before(key) if place(key).is_none() => query.order((at.desc(), id.desc())),
        Start::First => query.order((at.desc(), id.desc())),
        Start::After(key) => {
            let (moment, than) = place(key).unwrap_or((Moment::now(), LetterId::new()));
            query.filter(at.le(moment)).filter(at.lt(moment).or(id.lt(than))).order((at.desc(), id.desc()))
        }
        Start::Before(key) => {
            let (moment, than) = place(key).unwrap_or((Moment::now(), LetterId::new()));
            query.filter(at.ge(moment)).filter(at.gt(moment).or(id.gt(than))).order((at.asc(), id.asc()))
        }
    };
    let rows: Vec<Row> = query.load(conn)?;
    let letter = |(id, organisation, to, subject, reason, attempts, created_at): Row| FailedLetter {
        id,
        organisation,
        to,
        subject,
        reason: reason.unwrap_or_default(),
        attempts,
        created_at,
    };
    let rows = rows.into_iter().map(letter).collect();
    Ok(Page::new(rows, start, |row| Key::new(row.created_at.exact(), &row.id)))
}

/// Puts a letter that failed back into the queue, whosever it is. Answers `false` when it did not fail, was withdrawn, or
/// carries a link that works no more.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; database errors.
pub fn send_again(
    conn: &mut Connection,
    by: &Allowed<SendLettersAgain>,
    id: &LetterId,
    now: Moment,
) -> Result<bool> {
    let (organisation, to, kind, subject): (OrganisationId, Email, String, String) = letters::table
        .find(id)
        .select((letters::organisation_id, letters::to_email, letters::subject_kind, letters::subject_id))
        .first(conn)?;
    if !has_living_link(conn, &kind, &subject, now)? {
        return Ok(false);
    }
    if !outbox::send_again(conn, &organisation, id, now)? {
        return Ok(false);
    }
    let entry = Entry::new(Action::SendLetterAgain, "letter", id, to);
    activity::store::record(conn, by, &entry, now)?;
    if organisation != by.organisation.id {
        activity::store::record_for(conn, &organisation, by, &entry, now)?;
    }
    Ok(true)
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
