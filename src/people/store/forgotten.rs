//! Forgotten passwords: the page only keeps what was typed; whether there is such an account shows afterwards.

use diesel::prelude::*;

use super::passwords::{Purpose, put_link};
use crate::activity::{self, Action};
use crate::db::Connection;
use crate::db::schema::{forgotten_passwords, people};
use crate::error::Result;
use crate::mail::letter::Letter;
use crate::mail::outbox;
use crate::session::letter::Addressee;
use crate::session::model::throttle::{Network, asking_subjects};
use crate::session::store::ends::drop_links;
use crate::session::store::{addressee, throttle};
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
    let wait = throttle::count_one_more(conn, &asking_subjects(email.as_str(), network), now)?;
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

/// Somebody who asked, and to whom a link is due if there is such an account.
#[derive(Clone, Debug)]
pub struct Asked {
    pub id: String,
    pub whom: Option<Addressee>,
}

/// Some of those who asked, the longest waiting first.
///
/// # Errors
/// Database errors.
pub fn waiting(conn: &mut Connection, most: i64) -> Result<Vec<Asked>> {
    let rows: Vec<(String, Email)> = forgotten_passwords::table
        .order((forgotten_passwords::asked_at, forgotten_passwords::id))
        .select((forgotten_passwords::id, forgotten_passwords::email))
        .limit(most)
        .load(conn)?;
    let mut asked = Vec::new();
    for (id, email) in rows {
        let person: Option<PersonId> = people::table
            .filter(people::email.eq(&email))
            .filter(people::state.eq("active"))
            .select(people::id)
            .first(conn)
            .optional()?;
        let whom = person.map(|person| addressee(conn, &person)).transpose()?;
        asked.push(Asked { id, whom });
    }
    Ok(asked)
}

/// Puts the link for somebody who asked, in place of all earlier ones.
///
/// # Errors
/// Database errors.
pub fn answer(
    conn: &mut Connection,
    asked: &Asked,
    link: Option<&(TokenHash, LetterId, Letter)>,
    now: Moment,
) -> Result<()> {
    // Another instance may have been quicker.
    let is_first = diesel::delete(forgotten_passwords::table.find(&asked.id)).execute(conn)? == 1;
    let (Some(whom), Some((token, id, letter)), true) = (&asked.whom, link, is_first) else { return Ok(()) };
    drop_links(conn, &whom.person)?;
    put_link(conn, &whom.person, (token, Purpose::Forgotten), now)?;
    outbox::put(conn, id, letter, now)?;
    let who = (&whom.person, whom.name.as_str());
    activity::store::record_own(conn, &whom.organisation, who, Action::AskForPassword, now)
}
