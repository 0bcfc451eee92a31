//! How members get to a password: by a mailed link, or by a temporary one that an admin passes on.

use diesel::prelude::*;

use super::change::{entry, hindrance, kept, refused};
use super::list::find;
use super::{NewPerson, add, prove_mailbox};
use crate::access::permission::OpenAccounts;
use crate::access::{Allowed, Role};
use crate::activity::{self, Action, Change, Entry};
use crate::db::Connection;
use crate::db::schema::{password_links, people};
use crate::error::{Error, Result};
use crate::gate::renewed;
use crate::mail::kind::Kind;
use crate::mail::letter::Letter;
use crate::mail::outbox;
use crate::partners::facts::{organisation, organisation_name, organisation_state};
use crate::partners::model::OrganisationState;
use crate::people::facts::addressee;
use crate::people::model::{Member, Refusal, Standing, givable};
use crate::session::letters::{FORGOTTEN_PASSWORD, PASSWORD_LINK};
use crate::session::postage;
use crate::session::store::ends::{drop_links, shut_out};
use crate::session::store::{browsers, throttle};
use crate::session::tally::{Network, subjects_of_owner};
use crate::text_enum;
use crate::values::email::Email;
use crate::values::id::{LetterId, PersonId};
use crate::values::moment::Moment;
use crate::values::password::PasswordHash;
use crate::values::token::TokenHash;

/// At most so many links are forgotten at once, so that nobody waits for it.
const STEP: i64 = 100;

text_enum! {
    /// What a mailed link is for.
    pub enum Purpose {
        Invitation = "invitation",
        Reset = "reset",
        /// The person asked for it, having forgotten the old one.
        Forgotten = "forgotten",
    }
}

impl Purpose {
    /// For how long the link works.
    pub fn hours(&self) -> i64 {
        match self {
            Self::Invitation => 7 * 24,
            Self::Reset => 24,
            Self::Forgotten => 1,
        }
    }

    /// The kind of the letter that carries the link.
    pub fn letter(&self) -> &'static Kind {
        match self {
            Self::Invitation | Self::Reset => &PASSWORD_LINK,
            Self::Forgotten => &FORGOTTEN_PASSWORD,
        }
    }
}

/// How somebody gets to a password, made before the transaction.
#[derive(Clone)]
pub enum Way {
    /// A letter with a link under which one chooses it.
    Mail { token: TokenHash, id: LetterId, letter: Box<Letter> },
    /// The admin passes it on, and it is changed at the first sign-in. The owner of an account is told.
    Temporary { hash: PasswordHash, notice: Box<(LetterId, Letter)> },
}

impl Way {
    /// As the log keeps it.
    pub fn as_text(&self) -> &'static str {
        match self {
            Self::Mail { .. } => "mail",
            Self::Temporary { .. } => "temporary",
        }
    }
}

/// Somebody to be added to the viewer's organisation.
#[derive(Clone, Debug)]
pub struct NewMember {
    /// Chosen by the page, so that sending it twice adds one.
    pub id: PersonId,
    pub name: String,
    pub email: Email,
    pub roles: Vec<Role>,
}

/// What came of adding somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    Now,
    /// The same page was sent before.
    Before,
    /// The same page was sent before, with somebody else in it.
    BeforeWithAnother,
    EmailTaken,
    Refused(Refusal),
}

/// Adds a member.
///
/// # Errors
/// Database errors.
pub fn add_member(
    conn: &mut Connection,
    by: &Allowed<OpenAccounts>,
    new: &NewMember,
    way: &Way,
    now: Moment,
) -> Result<Added> {
    let by = &renewed(conn, by)?;
    match find(conn, &by.organisation.id, &new.id) {
        Ok(before) if before.email == new.email => return Ok(Added::Before),
        Ok(_) => return Ok(Added::BeforeWithAnother),
        Err(Error::NotFound) => {}
        Err(error) => return Err(error),
    }
    let name_and_email = format!("{} ({})", new.name, new.email);
    let entry = Entry::new(Action::AddPerson, "person", new.id, name_and_email);
    let givable = givable(&by.roles);
    if !new.roles.iter().all(|role| givable.contains(role)) {
        let refusal = Refusal::TakesGlobalAdmin;
        let entry = entry.with([Change::set("refused", refusal.as_text())]).failed();
        activity::store::record(conn, by, &entry, now)?;
        return Ok(Added::Refused(refusal));
    }
    let password_hash = match way {
        Way::Mail { .. } => PasswordHash::of_nobody(),
        Way::Temporary { hash, .. } => hash.clone(),
    };
    let person = NewPerson {
        id: new.id,
        organisation: by.organisation.id,
        name: new.name.clone(),
        email: new.email.clone(),
        password_hash,
        must_change_password: matches!(way, Way::Temporary { .. }),
        time_zone: by.zone.name().to_owned(),
        language: None,
        roles: new.roles.clone(),
    };
    if !add(conn, &person, now)? {
        return Ok(Added::EmailTaken);
    }
    if let Way::Mail { token, id, letter } = way {
        diesel::update(people::table.find(&new.id)).set(people::invited_at.eq(now)).execute(conn)?;
        put_link(conn, &new.id, (token, Purpose::Invitation), now)?;
        postage::put(conn, by, id, letter, now)?;
    }
    let entry = entry.with([
        Change::set("name", &new.name),
        Change::set("email", &new.email),
        Change::set("roles", kept(&new.roles)),
        Change::set("password", way.as_text()),
    ]);
    activity::store::record(conn, by, &entry, now)?;
    Ok(Added::Now)
}

/// Gives a member a way to a new password. A temporary one replaces the old one and ends all sign-ins; with a
/// link the old one works until it is used.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when there is no such member; database errors.
pub fn reset(
    conn: &mut Connection,
    by: &Allowed<OpenAccounts>,
    (id, version): (&PersonId, i32),
    way: &Way,
    now: Moment,
) -> Result<Result<(), Refusal>> {
    let (by, member) = (&renewed(conn, by)?, find(conn, &by.organisation.id, id)?);
    // Nobody is there any more to read a temporary password of one's own.
    if let Some(refusal) = hindrance(by, &member) {
        return refused(conn, by, (Action::ResetPassword, &member), refusal, now);
    }
    let unchanged = people::table.find(id).filter(people::version.eq(version));
    let bump = people::version.eq(people::version + 1);
    let met = match way {
        Way::Mail { .. } => diesel::update(unchanged).set(bump).execute(conn)?,
        Way::Temporary { hash, .. } => diesel::update(unchanged)
            .set((
                bump,
                people::password_hash.eq(hash),
                people::must_change_password.eq(true),
                people::password_set_at.eq(now),
                people::invited_at.eq(None::<Moment>),
            ))
            .execute(conn)?,
    };
    if met == 0 {
        return Ok(Err(Refusal::Stale));
    }
    match way {
        Way::Mail { token, id: letter_id, letter } => {
            drop_links(conn, id)?;
            put_link(conn, id, (token, purpose(&member)), now)?;
            postage::put(conn, by, letter_id, letter, now)?;
        }
        Way::Temporary { notice, .. } => {
            shut_out(conn, id)?;
            postage::put(conn, by, &notice.0, &notice.1, now)?;
        }
    }
    let entry = entry(Action::ResetPassword, &member).with([Change::set("password", way.as_text())]);
    activity::store::record(conn, by, &entry, now)?;
    Ok(Ok(()))
}

/// Lets somebody in by a link alone: whatever password there was opens nothing any more.
///
/// # Errors
/// Database errors.
pub fn invite_by_link(
    conn: &mut Connection,
    person: &PersonId,
    token: &TokenHash,
    now: Moment,
) -> Result<()> {
    diesel::update(people::table.find(person))
        .set((
            people::password_hash.eq(PasswordHash::of_nobody()),
            people::must_change_password.eq(false),
            people::password_set_at.eq(now),
            people::invited_at.eq(now),
            people::version.eq(people::version + 1),
        ))
        .execute(conn)?;
    shut_out(conn, person)?;
    put_link(conn, person, (token, Purpose::Invitation), now)
}

/// What a link that is mailed to a member now would be for.
pub fn purpose(member: &Member) -> Purpose {
    if member.standing == Standing::Invited { Purpose::Invitation } else { Purpose::Reset }
}

/// Whom a link is for, while it works.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = password_links)]
pub struct Linked {
    #[diesel(column_name = person_id)]
    pub person: PersonId,
    #[diesel(select_expression = people::name)]
    pub name: String,
    #[diesel(select_expression = people::email)]
    pub email: Email,
    /// The name of the person's organisation.
    #[diesel(select_expression = organisation_name)]
    pub organisation: String,
    pub purpose: Purpose,
}

/// Whom a link is for; nobody when it is unknown, used, too old or its owner inactive.
///
/// # Errors
/// Database errors.
pub fn linked(conn: &mut Connection, token: &TokenHash, now: Moment) -> Result<Option<Linked>> {
    let found: Option<LinkRow> = password_links::table
        .inner_join(people::table.inner_join(organisation(people::organisation_id)))
        .filter(password_links::token_hash.eq(token))
        .filter(password_links::expires_at.gt(now))
        .filter(people::state.eq("active"))
        .select(LinkRow::as_select())
        .first(conn)
        .optional()?;
    // Nobody comes into a suspended organisation.
    let found = found.filter(|link| {
        link.linked.purpose != Purpose::Invitation || link.state != OrganisationState::Suspended
    });
    // One that holds longer than any was made while the clock was ahead.
    let found = found.filter(|link| link.expires_at <= now.farthest(link.linked.purpose.hours() * 3600));
    Ok(found.map(|link| link.linked))
}

/// A link, and what decides whether it works.
#[derive(Queryable, Selectable)]
#[diesel(table_name = password_links)]
struct LinkRow {
    #[diesel(embed)]
    linked: Linked,
    expires_at: Moment,
    #[diesel(select_expression = organisation_state)]
    state: OrganisationState,
}

/// Sets the password by a link, which works no second time, and ends all sign-ins. Answers `false` when the
/// link works no more.
///
/// # Errors
/// Database errors.
pub fn set_by_link(
    conn: &mut Connection,
    (token, browser, network): (&TokenHash, &TokenHash, &Network),
    hash: &PasswordHash,
    notice: &(LetterId, Letter),
    now: Moment,
) -> Result<bool> {
    let Some(linked) = linked(conn, token, now)? else { return Ok(false) };
    let used = diesel::delete(password_links::table.find(token)).execute(conn)?;
    if used == 0 {
        return Ok(false);
    }
    diesel::update(people::table.find(&linked.person))
        .set((
            people::password_hash.eq(hash),
            people::must_change_password.eq(false),
            people::password_set_at.eq(now),
            people::invited_at.eq(None::<Moment>),
            people::version.eq(people::version + 1),
        ))
        .execute(conn)?;
    // The letter with the link may have gone to somebody else who speaks for the company.
    if addressee(conn, &linked.person)?.email == linked.email {
        prove_mailbox(conn, &linked.person, now)?;
    }
    shut_out(conn, &linked.person)?;
    // Whoever reads the mailbox is the owner, and gets in even while somebody else tries passwords.
    browsers::remember(conn, browser, &linked.person, now)?;
    throttle::forget(conn, &subjects_of_owner(&linked.person, linked.email.as_str(), network))?;
    let organisation = people::table.find(&linked.person).select(people::organisation_id).first(conn)?;
    let who = (&linked.person, linked.name.as_str());
    activity::store::record_own(conn, &organisation, who, Action::ChangePassword, now)?;
    // Whoever was invited has no password yet that somebody else could have changed.
    if linked.purpose != Purpose::Invitation {
        outbox::put(conn, &notice.0, &notice.1, now)?;
    }
    Ok(true)
}

/// Forgets some links that work no more, and stops the letters that carry them; answers how many.
///
/// # Errors
/// Database errors.
pub fn forget_old(conn: &mut Connection, now: Moment) -> Result<usize> {
    let old: Vec<OldRow> = password_links::table
        .filter(password_links::expires_at.le(now))
        .select(OldRow::as_select())
        .limit(STEP)
        .load(conn)?;
    for link in &old {
        diesel::delete(password_links::table.find(&link.token_hash)).execute(conn)?;
        outbox::withdraw(conn, (link.purpose.letter(), link.person_id.as_str()))?;
    }
    Ok(old.len())
}

/// A link that works no more.
#[derive(Queryable, Selectable)]
#[diesel(table_name = password_links)]
struct OldRow {
    token_hash: TokenHash,
    person_id: PersonId,
    purpose: Purpose,
}

pub(super) fn put_link(
    conn: &mut Connection,
    person: &PersonId,
    (token, purpose): (&TokenHash, Purpose),
    now: Moment,
) -> Result<()> {
    diesel::insert_into(password_links::table)
        .values((
            password_links::token_hash.eq(token),
            password_links::person_id.eq(person),
            password_links::purpose.eq(purpose),
            password_links::created_at.eq(now),
            password_links::expires_at.eq(now.plus_seconds(purpose.hours() * 3600)),
        ))
        .execute(conn)?;
    Ok(())
}
