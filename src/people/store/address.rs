//! Proving to read a mailbox by a mailed link, and changing an account's address: the old one counts until the new one is
//! proved, and whoever reads the old one can object for some days.

use diesel::prelude::*;

use super::prove_mailbox;
use crate::access::{OrganisationKind, Viewer};
use crate::activity::{self, Action, Change, Entry};
use crate::db::schema::{address_links, people};
use crate::db::{Connection, change_unless_taken};
use crate::error::Result;
use crate::mail::letter::Letter;
use crate::mail::outbox;
use crate::partners::store::find as find_organisation;
use crate::session::letters::ADDRESS_LINK;
use crate::session::store::ends::{drop_links, shut_out};
use crate::session::store::second_factor;
use crate::session::tally::{self, Subject};
use crate::values::email::Email;
use crate::values::id::{LetterId, OrganisationId, PersonId};
use crate::values::moment::Moment;
use crate::values::password::PasswordHash;
use crate::values::token::TokenHash;

/// For so many hours a link proves something.
pub const PROOF_HOURS: i64 = 24;
/// For so many days the old mailbox can object.
pub const OBJECTION_DAYS: i64 = 7;
/// So many old links go at once.
const STEP: i64 = 100;

/// What is mailed when a mailbox is to be proved.
#[derive(Clone)]
pub struct Asked {
    pub email: Email,
    pub token: TokenHash,
    pub letter: (LetterId, Letter),
    /// To the old mailbox, where another one is to take its place.
    pub objection: Option<(TokenHash, (LetterId, Letter))>,
}

/// Keeps links and puts the letters with them, in place of earlier ones that were not used. Answers the seconds to wait
/// when it was asked too often; then nothing is mailed.
///
/// # Errors
/// Database errors.
pub fn ask(conn: &mut Connection, viewer: &Viewer, asked: &Asked, now: Moment) -> Result<i64> {
    // Nobody floods a mailbox, one's own or another.
    let counted_by = [
        Subject::with_rate(&["address link of", viewer.person.as_str()], 5, 30 * 60),
        Subject::with_rate(&["address link to", asked.email.as_str()], 5, 30 * 60),
    ];
    let wait = tally::count_one_more(conn, &counted_by, now)?;
    if wait > 0 {
        return Ok(wait);
    }
    drop_open(conn, &viewer.person)?;
    diesel::insert_into(address_links::table)
        .values((
            address_links::token_hash.eq(&asked.token),
            address_links::person_id.eq(&viewer.person),
            address_links::old_email.eq(&viewer.email),
            address_links::new_email.eq(&asked.email),
            address_links::objection_hash.eq(asked.objection.as_ref().map(|(token, _)| token)),
            address_links::asked_at.eq(now),
        ))
        .execute(conn)?;
    outbox::put(conn, &asked.letter.0, &asked.letter.1, now)?;
    if let Some((_, (id, letter))) = &asked.objection {
        outbox::put(conn, id, letter, now)?;
        let entry = Entry::new(Action::AskForAddress, "person", viewer.person, &viewer.name)
            .with([Change::new("email", &viewer.email, &asked.email)]);
        activity::store::record(conn, viewer, &entry, now)?;
    }
    Ok(0)
}

/// The address that the viewer wants and has not proved yet.
///
/// # Errors
/// Database errors.
pub fn wanted(conn: &mut Connection, viewer: &Viewer, now: Moment) -> Result<Option<Email>> {
    Ok(open(&viewer.person, proving_since(now))
        .filter(address_links::new_email.ne(address_links::old_email))
        .select(address_links::new_email)
        .first(conn)
        .optional()?)
}

/// Drops what the viewer asked for and has not proved yet. Answers whether there was anything.
///
/// # Errors
/// Database errors.
pub fn drop_wanted(conn: &mut Connection, viewer: &Viewer) -> Result<bool> {
    drop_open(conn, &viewer.person)
}

fn drop_open(conn: &mut Connection, person: &PersonId) -> Result<bool> {
    let unused = address_links::table
        .filter(address_links::person_id.eq(person))
        .filter(address_links::done_at.is_null());
    outbox::withdraw(conn, (&ADDRESS_LINK, person.as_str()))?;
    Ok(diesel::delete(unused).execute(conn)? > 0)
}

/// A link in hand.
#[derive(Clone, Debug)]
pub struct Link {
    pub person: PersonId,
    pub organisation: OrganisationId,
    pub name: String,
    pub old: Email,
    pub new: Email,
    pub asked_at: Moment,
    /// Whether the new address is that of the account already.
    pub is_done: bool,
}

impl Link {
    /// Whether another address is to take the place of the old one.
    pub fn is_change(&self) -> bool {
        self.old != self.new
    }
}

/// What a link proves; none when it is unknown, used or too old.
///
/// # Errors
/// Database errors.
pub fn proof(conn: &mut Connection, token: &TokenHash, now: Moment) -> Result<Option<Link>> {
    let found = links()
        .filter(address_links::token_hash.eq(token))
        .filter(address_links::done_at.is_null())
        .filter(address_links::asked_at.gt(proving_since(now)))
        .filter(people::email.eq(address_links::old_email))
        .select(Row::as_select())
        .first::<Row>(conn)
        .optional()?;
    Ok(found.map(Link::from))
}

/// To what a link objects; none when it is unknown, used or too old.
///
/// # Errors
/// Database errors.
pub fn objection(conn: &mut Connection, token: &TokenHash, now: Moment) -> Result<Option<Link>> {
    let found = links()
        .filter(address_links::objection_hash.eq(token))
        .filter(address_links::asked_at.gt(now.plus_days(-OBJECTION_DAYS)))
        .select(Row::as_select())
        .first::<Row>(conn)
        .optional()?;
    Ok(found.map(Link::from))
}

/// What came of a proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proved {
    Now,
    /// Somebody else signs in with the new address.
    Taken,
    /// The link works no more.
    Closed,
}

/// Whoever holds the link reads the mailbox: notes it, or puts the new address in the place of the old one.
///
/// # Errors
/// Database errors.
pub fn prove(conn: &mut Connection, token: &TokenHash, now: Moment) -> Result<Proved> {
    let Some(link) = proof(conn, token, now)? else { return Ok(Proved::Closed) };
    let person = people::table.find(&link.person).filter(people::email.eq(&link.old));
    let changed = change_unless_taken(conn, |conn| {
        diesel::update(person)
            .set((people::email.eq(&link.new), people::version.eq(people::version + 1)))
            .execute(conn)
    })?;
    if !changed {
        return Ok(Proved::Taken);
    }
    diesel::update(address_links::table.find(token)).set(address_links::done_at.eq(now)).execute(conn)?;
    prove_mailbox(conn, &link.person, now)?;
    let who = (&link.person, link.name.as_str());
    if link.is_change() {
        // They were mailed to the old address.
        drop_links(conn, &link.person)?;
        let change = Change::new("email", &link.old, &link.new);
        activity::store::record_own_with(
            conn,
            &link.organisation,
            who,
            (Action::ChangeAddress, vec![change]),
            now,
        )?;
    } else {
        activity::store::record_own(conn, &link.organisation, who, Action::ProveAddress, now)?;
    }
    Ok(Proved::Now)
}

/// What came of an objection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Objected {
    Restored,
    /// Everybody is out, and somebody else signs in with the old address by now.
    AddressTaken,
    /// The link works no more.
    Closed,
}

/// The old mailbox objects: its address is that of the account again, everybody is signed out, and the password, which
/// somebody else knows, opens nothing any more, nor does a second factor from after the change was asked for.
///
/// # Errors
/// Database errors.
pub fn object(conn: &mut Connection, token: &TokenHash, now: Moment) -> Result<Objected> {
    let Some(link) = objection(conn, token, now)? else { return Ok(Objected::Closed) };
    let person = people::table.find(&link.person);
    diesel::update(person)
        .set((
            people::password_hash.eq(PasswordHash::of_nobody()),
            people::must_change_password.eq(false),
            people::version.eq(people::version + 1),
        ))
        .execute(conn)?;
    if second_factor::find(conn, &link.person)?.is_some_and(|factor| factor.since >= link.asked_at) {
        second_factor::drop_all(conn, &link.person)?;
    }
    outbox::withdraw(conn, (&ADDRESS_LINK, link.person.as_str()))?;
    diesel::delete(address_links::table.filter(address_links::person_id.eq(&link.person))).execute(conn)?;
    shut_out(conn, &link.person)?;
    let is_restored = change_unless_taken(conn, |conn| {
        diesel::update(person).set(people::email.eq(&link.old)).execute(conn)
    })?;
    if find_organisation(conn, &link.organisation)?.kind == OrganisationKind::Customer {
        // The objection came from the company's contact: nobody has shown to read the mailbox of the user name.
        diesel::update(person).set(people::mailbox_proved_at.eq(None::<Moment>)).execute(conn)?;
    }
    let who = (&link.person, link.name.as_str());
    let change = Change::new("email", &link.new, &link.old);
    activity::store::record_own_with(
        conn,
        &link.organisation,
        who,
        (Action::ObjectAddress, if is_restored { vec![change] } else { Vec::new() }),
        now,
    )?;
    Ok(if is_restored { Objected::Restored } else { Objected::AddressTaken })
}

/// Forgets some links that are of no use any more; answers how many.
///
/// # Errors
/// Database errors.
pub fn forget_old(conn: &mut Connection, now: Moment) -> Result<usize> {
    let old: Vec<TokenHash> = address_links::table
        .filter(address_links::asked_at.lt(now.plus_days(-OBJECTION_DAYS)))
        .order(address_links::asked_at)
        .select(address_links::token_hash)
        .limit(STEP)
        .load(conn)?;
    if old.is_empty() {
        return Ok(0);
    }
    Ok(diesel::delete(address_links::table.filter(address_links::token_hash.eq_any(old))).execute(conn)?)
}

/// Links that were asked for earlier prove nothing any more.
fn proving_since(now: Moment) -> Moment {
    now.plus_seconds(-PROOF_HOURS * 3600)
}

/// Links of a person that can still be used, asked for since a moment.
#[diesel::dsl::auto_type]
fn open<'a>(person: &'a PersonId, since: Moment) -> _ {
    address_links::table
        .filter(address_links::person_id.eq(person))
        .filter(address_links::done_at.is_null())
        .filter(address_links::asked_at.gt(since))
}

/// Links of people who can sign in.
#[diesel::dsl::auto_type]
fn links() -> _ {
    address_links::table.inner_join(people::table).filter(people::state.eq("active"))
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = address_links)]
struct Row {
    person_id: PersonId,
    #[diesel(select_expression = people::organisation_id)]
    organisation: OrganisationId,
    #[diesel(select_expression = people::name)]
    name: String,
    old_email: Email,
    new_email: Email,
    asked_at: Moment,
    done_at: Option<Moment>,
}

impl From<Row> for Link {
    fn from(row: Row) -> Self {
        Self {
            person: row.person_id,
            organisation: row.organisation,
            name: row.name,
            old: row.old_email,
            new: row.new_email,
            asked_at: row.asked_at,
            is_done: row.done_at.is_some(),
        }
    }
}
