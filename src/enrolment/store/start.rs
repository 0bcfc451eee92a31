//! Beginning to enrol, and getting a fresh link.

use diesel::prelude::*;

use super::link::{self, FreshLink};
use super::row::Row;
use crate::db::Connection;
use crate::db::schema::enrolments;
use crate::enrolment::form::DetailsForm;
use crate::enrolment::model::{Enrolment, Kind, LINK_DAYS, State, counted_with_all};
use crate::error::Result;
use crate::language::Language;
use crate::mail::letter::Letter;
use crate::mail::outbox;
use crate::partnerships::facts::is_open;
use crate::people::store::has_account;
use crate::session::tally::{self, Subject};
use crate::values::email::Email;
use crate::values::id::{EnrolmentId, LetterId};
use crate::values::moment::Moment;
use crate::values::token::TokenHash;

/// What somebody who begins brings along, with the letters that may be the answer.
#[derive(Clone, Debug)]
pub struct Beginning {
    pub id: EnrolmentId,
    pub kind: Kind,
    pub person_name: String,
    pub email: Email,
    /// In which the letters are written.
    pub language: Language,
    pub token_hash: TokenHash,
    pub sealed_next: Option<String>,
    /// The token of the partnership link that led here.
    pub invited_by: Option<TokenHash>,
    pub letter_id: LetterId,
    /// With the link.
    pub link: Letter,
    /// With the link, for whom what was handed in waits or was refused.
    pub standing: Letter,
    /// For whom there is an account already.
    pub account: Letter,
}

/// What came of beginning; whether there is an account, or an enrolment already, nobody is told but by mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begun {
    Mailed,
    /// Too many letters to this address or from this network; the next one goes in so many seconds.
    Slowed {
        seconds: i64,
    },
}

/// Mails the link to a new enrolment, a fresh link to the one that is open, or that there is an account.
///
/// # Errors
/// Database errors.
pub fn begin(conn: &mut Connection, new: &Beginning, counted_by: &[Subject], now: Moment) -> Result<Begun> {
    let mut counted_by = counted_by.to_vec();
    if !is_invited(conn, new, now)? {
        counted_by.push(counted_with_all());
    }
    let seconds = tally::count_one_more(conn, &counted_by, now)?;
    if seconds > 0 {
        return Ok(Begun::Slowed { seconds });
    }
    if has_account(conn, &new.email)? {
        outbox::put(conn, &new.letter_id, &new.account, now)?;
        return Ok(Begun::Mailed);
    }
    let (id, letter) = match open(conn, new)? {
        Some(open) => {
            add_link(conn, &open, new, now)?;
            let stands = matches!(open.state, State::Waiting | State::Refused);
            (open.id, if stands { &new.standing } else { &new.link })
        }
        None => {
            insert(conn, new, now)?;
            (new.id, &new.link)
        }
    };
    let letter = Letter { about: id.to_string(), ..letter.clone() };
    outbox::put(conn, &new.letter_id, &letter, now)?;
    Ok(Begun::Mailed)
}

/// Whether somebody of the installation waits for the company. Only who was sent the link can know its token.
fn is_invited(conn: &mut Connection, new: &Beginning, now: Moment) -> Result<bool> {
    let Some(token) = &new.invited_by else { return Ok(false) };
    is_open(conn, token, now)
}

fn open(conn: &mut Connection, new: &Beginning) -> Result<Option<Enrolment>> {
    let row: Option<Row> = enrolments::table
        .filter(enrolments::email.eq(&new.email))
        .filter(enrolments::kind.eq(new.kind))
        .filter(enrolments::state.ne(State::Approved))
        .order((enrolments::started_at.desc(), enrolments::id.desc()))
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    Ok(row.map(Into::into))
}

/// A further link to what is there. Nothing else changes, nor does any other link or letter: who asks has proven nothing
/// yet. The way back belongs to the letter that is followed, as long as the address is not proven.
fn add_link(conn: &mut Connection, open: &Enrolment, new: &Beginning, now: Moment) -> Result<()> {
    let fresh = FreshLink {
        token_hash: new.token_hash.clone(),
        enrolment_id: open.id,
        person_name: new.person_name.clone(),
        sealed_next: new.sealed_next.clone().filter(|_| open.state == State::Started),
        mailed_at: now,
        expires_at: now.plus_days(LINK_DAYS),
    };
    link::add(conn, &fresh)
}

fn insert(conn: &mut Connection, new: &Beginning, now: Moment) -> Result<()> {
    let form = DetailsForm { name: new.person_name.clone(), ..DetailsForm::default() };
    diesel::insert_into(enrolments::table)
        .values((
            enrolments::id.eq(&new.id),
            enrolments::kind.eq(new.kind),
            enrolments::state.eq(State::Started),
            enrolments::state_since.eq(now),
            enrolments::person_name.eq(&new.person_name),
            enrolments::email.eq(&new.email),
            enrolments::token_hash.eq(&new.token_hash),
            enrolments::expires_at.eq(now.plus_days(LINK_DAYS)),
            enrolments::form.eq(form.to_json()),
            enrolments::company_name.eq(""),
            enrolments::sort_name.eq(""),
            enrolments::country.eq(""),
            enrolments::mpn_id.eq(""),
            enrolments::sealed_next.eq(&new.sealed_next),
            enrolments::refusal_reason.eq(""),
            enrolments::started_at.eq(now),
            enrolments::version.eq(1),
            enrolments::language.eq(new.language),
        ))
        .execute(conn)?;
    Ok(())
}
