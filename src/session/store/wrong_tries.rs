//! Wrong passwords and codes on their way into the security log of the account's organisation. They are not written there
//! while the visitor waits: the answer must not tell whether there is such an account.

use diesel::prelude::*;

use super::throttle;
use crate::activity::security::{self, Event, EventKind};
use crate::activity::{self, Action, Entry};
use crate::db::Connection;
use crate::db::schema::wrong_tries;
use crate::error::Result;
use crate::mail::outbox;
use crate::people::facts::{addressee, is_there};
use crate::session::letters::account_news::{Told, notice};
use crate::session::model::throttle::{code_alarm, password_alarm};
use crate::values::id::PersonId;
use crate::values::moment::Moment;
use crate::values::token::Token;
use crate::web::Site;

/// Keeps a wrong try at an account, or, for nobody, that there was one where there is no account, and after so many that
/// somebody is guessing. What was typed is not kept.
///
/// # Errors
/// Database errors.
pub fn note(
    conn: &mut Connection,
    person: Option<&PersonId>,
    kind: EventKind,
    address: &str,
    now: Moment,
) -> Result<()> {
    put(conn, (person, kind, address), now)?;
    let (alarm, guessed) = match kind {
        EventKind::WrongCode => (code_alarm(person), EventKind::CodesGuessed),
        _ => (password_alarm(person), EventKind::PasswordsGuessed),
    };
    throttle::count_one_more(conn, std::slice::from_ref(&alarm), now)?;
    if throttle::alarms(conn, &[alarm])? {
        put(conn, (person, guessed, address), now)?;
    }
    Ok(())
}

fn put(
    conn: &mut Connection,
    (person, kind, address): (Option<&PersonId>, EventKind, &str),
    now: Moment,
) -> Result<()> {
    diesel::insert_into(wrong_tries::table)
        .values((
            wrong_tries::id.eq(Token::random().hash()),
            wrong_tries::person_id.eq(person),
            wrong_tries::kind.eq(kind),
            wrong_tries::address.eq(address),
            wrong_tries::tried_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// A wrong try at an account.
#[derive(Queryable, Selectable)]
#[diesel(table_name = wrong_tries)]
struct Row {
    id: String,
    #[diesel(select_expression = wrong_tries::person_id.assume_not_null())]
    person: PersonId,
    kind: EventKind,
    address: String,
    tried_at: Moment,
}

/// Writes some of what was kept into the logs, and tells owners whose passwords are being guessed; what belongs to no
/// account is forgotten. Answers how many there were.
///
/// # Errors
/// Database errors; when a letter cannot be written.
pub fn tell(conn: &mut Connection, most: i64, site: &Site) -> Result<usize> {
    diesel::delete(wrong_tries::table.filter(wrong_tries::person_id.is_null())).execute(conn)?;
    let kept: Vec<Row> = wrong_tries::table
        .order((wrong_tries::tried_at, wrong_tries::id))
        .select(Row::as_select())
        .limit(most)
        .load(conn)?;
    for Row { id, person, kind, address, tried_at: at } in &kept {
        diesel::delete(wrong_tries::table.find(id)).execute(conn)?;
        if !is_there(conn, person)? {
            continue;
        }
        let whom = addressee(conn, person)?;
        let event = Event {
            organisation: &whom.organisation,
            person: (person, &whom.name),
            kind: *kind,
            detail: "",
            address,
        };
        security::store::record(conn, &event, *at)?;
        let (action, told) = match kind {
            EventKind::PasswordsGuessed => (Action::SlowPasswords, Told::PasswordsGuessed { address }),
            EventKind::CodesGuessed => (Action::SlowSignIn, Told::CodesGuessed { address }),
            _ => continue,
        };
        let entry = Entry::new(action, "person", person, &whom.name).failed();
        activity::store::record_by_portal(conn, &whom.organisation, &entry, *at)?;
        let (id, letter) = notice(&whom, told, *at, site)?;
        outbox::put(conn, &id, &letter, *at)?;
    }
    Ok(kept.len())
}
