//! Letters that people have the portal mail to addresses of their choice: so many that nobody at work notices, and so
//! few that nobody can flood a mailbox, or spoil the name of this mail server, with the portal's help. And those that
//! they have it send again.

use super::model::throttle::Subject;
use super::store::throttle::count_one_more;
use crate::access::{Allowed, Permission, Viewer};
use crate::activity::{self, Action, Entry};
use crate::db::Connection;
use crate::db::clock::Clock;
use crate::error::{Error, Postage, Result};
use crate::mail::letter::Letter;
use crate::mail::outbox::{self, Kept};
use crate::values::id::{LetterId, OrganisationId};
use crate::values::moment::Moment;
use crate::web::Portal;

/// Puts the news of an account into the outbox, unless its owner got so many in a short time that one more tells
/// nothing new: whoever knows a password could otherwise fill the mailbox. The log has all of them.
///
/// # Errors
/// Database errors.
pub fn put_news(conn: &mut Connection, id: &LetterId, letter: &Letter, now: Moment) -> Result<()> {
    let mailbox = letter.to.without_tag();
    let bound = Subject::with_rate(&["news to", &mailbox], 12, 10 * 60);
    if count_one_more(conn, &[bound], now)? == 0 { outbox::put(conn, id, letter, now) } else { Ok(()) }
}

/// Puts a letter into the outbox because somebody pressed a button.
///
/// # Errors
/// [`Error::TooManyLetters`], after which nothing was done; database errors.
pub fn put(conn: &mut Connection, by: &Viewer, id: &LetterId, letter: &Letter, now: Moment) -> Result<()> {
    let organisation = by.organisation.id.as_str();
    let of_sender = [
        (Postage::Person, Subject::with_rate(&["letters by", by.person.as_str()], 60, 60)),
        (Postage::Organisation, Subject::with_rate(&["letters of", organisation], 600, 10)),
    ];
    let of_addressee = of_addressee(organisation, letter).map(|subject| (Postage::Addressee, subject));
    for (of, subject) in of_sender.into_iter().chain(of_addressee) {
        let seconds = count_one_more(conn, &[subject], now)?;
        if seconds > 0 {
            return Err(Error::TooManyLetters { of, seconds });
        }
    }
    outbox::put(conn, id, letter, now)
}

/// Puts one of many letters into the outbox that an organisation has the portal write to its customers, each of which is
/// to get its own. Answers `false` where the addressee got so many in a short time that this one is left out.
///
/// # Errors
/// Database errors.
pub fn put_one_of_many(
    conn: &mut Connection,
    organisation: &OrganisationId,
    (id, letter): (&LetterId, &Letter),
    now: Moment,
) -> Result<bool> {
    for subject in of_addressee(organisation.as_str(), letter) {
        if count_one_more(conn, &[subject], now)? > 0 {
            return Ok(false);
        }
    }
    outbox::put(conn, id, letter, now)?;
    Ok(true)
}

/// The same for letters to addresses that somebody chose: also how many go out for an organisation is bounded.
///
/// # Errors
/// Database errors.
pub fn put_one_of_many_to_anybody(
    conn: &mut Connection,
    organisation: &OrganisationId,
    letter: (&LetterId, &Letter),
    now: Moment,
) -> Result<bool> {
    let of_organisation = Subject::with_rate(&["many letters of", organisation.as_str()], 2_000, 10);
    if count_one_more(conn, &[of_organisation], now)? > 0 {
        return Ok(false);
    }
    put_one_of_many(conn, organisation, letter, now)
}

/// What letters to one mailbox are counted by.
fn of_addressee(organisation: &str, letter: &Letter) -> [Subject; 2] {
    let mailbox = letter.to.without_tag();
    [
        Subject::with_rate(&["letters of", organisation, &mailbox], 8, 10 * 60),
        Subject::with_rate(&["letters to", &mailbox], 24, 10 * 60),
    ]
}

/// Has a letter tried at once that failed, or that waits for its next try: the one that `find` answers, if it does.
/// Answers `false` when there is none, when it does neither, or when what it says no longer holds.
///
/// # Errors
/// What `find` answers; database errors.
pub async fn send_again<P, F>(at: &Portal, by: &Allowed<P>, find: F) -> Result<bool>
where
    P: Permission,
    F: Fn(&mut Connection, &Allowed<P>) -> Result<Option<Kept>> + Send + 'static,
{
    let (may, clock) = (by.clone(), at.clock.clone());
    let again = move |conn: &mut Connection| match find(conn, &may)? {
        Some(letter) => try_again(conn, &may, &letter, &clock),
        None => Ok(false),
    };
    let is_queued = at.db.write(again).await?;
    at.bell.ring_if(is_queued);
    Ok(is_queued)
}

/// The log of whose letter it is tells, and that of whoever sends it.
fn try_again<P: Permission>(
    conn: &mut Connection,
    by: &Allowed<P>,
    letter: &Kept,
    clock: &Clock,
) -> Result<bool> {
    let now = clock.now();
    let still_holds = letter.kind.still_holds;
    if !still_holds(conn, &letter.about, now)?
        || !outbox::try_now(conn, &letter.organisation, &letter.id, clock)?
    {
        return Ok(false);
    }
    let entry = Entry::new(Action::SendLetterAgain, "letter", letter.id, &letter.to);
    activity::store::record(conn, by, &entry, now)?;
    if letter.organisation != by.organisation.id {
        activity::store::record_for(conn, &letter.organisation, by, &entry, now)?;
    }
    Ok(true)
}
