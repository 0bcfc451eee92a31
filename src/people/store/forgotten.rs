//! Forgotten passwords: the page only keeps what was typed; whether there is such an account shows afterwards.

use diesel::prelude::*;

use super::passwords::{Purpose, put_link};
use crate::activity::{self, Action, Entry};
use crate::db::Connection;
use crate::db::schema::{forgotten_passwords, password_links, people};
use crate::error::Result;
use crate::mail::letter::Letter;
use crate::mail::outbox;
use crate::partners::facts::{organisation, organisation_state};
use crate::partners::model::OrganisationState;
use crate::people::facts::{addressee, is_there};
use crate::session::letters::Addressee;
use crate::session::tally::{self, Network, Subject};
use crate::values::email::Email;
use crate::values::id::{LetterId, PersonId};
use crate::values::moment::Moment;
use crate::values::token::TokenHash;

/// Keeps that somebody forgot the password of an account, whether there is one or not. Answers the seconds to wait when
/// it was asked too often; then nothing is kept.
///
/// # Errors
/// Database errors.
pub fn ask(
    conn: &mut Connection,
    id: &str,
    (email, network): (&Email, &Network),
    now: Moment,
) -> Result<i64> {
    // Nobody floods a mailbox, or the outbox.
    let counted_by = [
        Subject::with_rate(&["new password for", email.as_str()], 3, 30 * 60),
        Subject::with_rate(&["new password from", network.as_str()], 30, 60),
        Subject::with_rate(&["new password from around", network.wider()], 120, 15),
    ];
    let wait = tally::count_one_more(conn, &counted_by, now)?;
    if wait == 0 {
        diesel::insert_into(forgotten_passwords::table)
            .values((
                forgotten_passwords::id.eq(id),
                forgotten_passwords::email.eq(email),
                forgotten_passwords::asked_at.eq(now),
            ))
            .execute(conn)?;
    }
    Ok(wait)
}

/// What was asked longer ago is not answered: whoever asked has given up, or asked again.
const ANSWERED_SECONDS: i64 = 3600;

/// Somebody who asked, and to whom a link is due if there is such an account.
#[derive(Clone, Debug)]
pub struct Asked {
    pub id: String,
    pub whom: Option<Addressee>,
    /// Whoever was invited is invited again.
    pub purpose: Purpose,
    asked_at: Moment,
}

impl Asked {
    pub fn is_fresh(&self, now: Moment) -> bool {
        self.asked_at.plus_seconds(ANSWERED_SECONDS) > now
    }
}

/// Some of those who asked, the longest waiting first.
///
/// # Errors
/// Database errors.
pub fn waiting(conn: &mut Connection, most: i64) -> Result<Vec<Asked>> {
    let rows: Vec<Row> = forgotten_passwords::table
        .order((forgotten_passwords::asked_at, forgotten_passwords::id))
        .select(Row::as_select())
        .limit(most)
        .load(conn)?;
    let mut asked = Vec::new();
    for Row { id, email, asked_at } in rows {
        let person: Option<PersonRow> = people::table
            .inner_join(organisation(people::organisation_id))
            .filter(people::email.eq(&email))
            .filter(people::state.eq("active"))
            // Nobody comes into a suspended organisation.
            .filter(people::invited_at.is_null().or(organisation_state.ne(OrganisationState::Suspended)))
            .select(PersonRow::as_select())
            .first(conn)
            .optional()?;
        let is_invited = person.as_ref().is_some_and(|person| person.invited_at.is_some());
        let purpose = if is_invited { Purpose::Invitation } else { Purpose::Forgotten };
        let whom = person.map(|person| addressee(conn, &person.id)).transpose()?;
        asked.push(Asked { id, whom, purpose, asked_at });
    }
    Ok(asked)
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = forgotten_passwords)]
struct Row {
    id: String,
    email: Email,
    asked_at: Moment,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = people)]
struct PersonRow {
    id: PersonId,
    invited_at: Option<Moment>,
}

/// A link and the letter that carries it.
pub type Link = (TokenHash, LetterId, Letter);

/// Puts the link for somebody who asked, in place of earlier ones of the same kind: anybody can ask, so a link that an
/// admin mailed stays.
///
/// # Errors
/// Database errors.
pub fn answer(conn: &mut Connection, asked: &Asked, link: Option<&Link>, now: Moment) -> Result<()> {
    // Another instance may have been quicker.
    let is_first = diesel::delete(forgotten_passwords::table.find(&asked.id)).execute(conn)? == 1;
    let (Some(whom), Some((token, id, letter)), true) = (&asked.whom, link, is_first) else { return Ok(()) };
    if !is_there(conn, &whom.person)? {
        return Ok(());
    }
    let earlier = password_links::table
        .filter(password_links::person_id.eq(&whom.person))
        .filter(password_links::purpose.eq(asked.purpose));
    diesel::delete(earlier).execute(conn)?;
    outbox::withdraw(conn, (letter.kind, whom.person.as_str()))?;
    put_link(conn, &whom.person, (token, asked.purpose), now)?;
    outbox::put(conn, id, letter, now)?;
    let entry = Entry::new(Action::AskForPassword, "person", whom.person, &whom.name);
    activity::store::record_by_portal(conn, &whom.organisation, &entry, now)
}
