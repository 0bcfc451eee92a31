//! Deeds of this area that send letters beside what they write.

use std::time::Duration;

use super::letters::suspension::{Suspension, Turn};
use super::letters::test_letter::TestLetter;
use super::model::Overview;
use super::store::{suspension, test_letters};
use crate::access::Allowed;
use crate::access::permission::{SendLettersAgain, SuspendOrganisations};
use crate::error::Result;
use crate::mail::compose::Written as _;
use crate::mail::kind::Kinds;
use crate::mail::letter::Letter;
use crate::mail::outbox::{self, Taken, heed};
use crate::mail::transport::{Refusal, Transport};
use crate::people::facts::RoleHolder;
use crate::session::postage;
use crate::values::email::Email;
use crate::values::id::LetterId;
use crate::values::moment::Moment;
use crate::web::Portal;

/// How long the mail server may take to listen, and again to say that it has the letter, while somebody waits.
const PATIENCE: Duration = Duration::from_secs(15);

/// Suspends an organisation, and tells everybody who speaks for it. Answers `false` when it is not enrolled, or is the
/// operator itself.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; database errors.
pub async fn suspend(
    at: &Portal,
    by: &Allowed<SuspendOrganisations>,
    organisation: &Overview,
    reason: &str,
) -> Result<bool> {
    let letters = letters(at, by, organisation, Turn::Suspended { reason })?;
    let (by, id, now) = (by.clone(), organisation.profile.id, Moment::now());
    let reason = reason.to_owned();
    let suspend = at.db.write(move |conn| suspension::suspend(conn, &by, (&id, &reason), &letters, now));
    let done = suspend.await?;
    at.bell.ring_if(done);
    Ok(done)
}

/// Lets a suspended organisation go on, and tells everybody who speaks for it. Answers `false` when it is not suspended.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; database errors.
pub async fn resume(
    at: &Portal,
    by: &Allowed<SuspendOrganisations>,
    organisation: &Overview,
) -> Result<bool> {
    let letters = letters(at, by, organisation, Turn::Resumed)?;
    let (by, id, now) = (by.clone(), organisation.profile.id, Moment::now());
    let done = at.db.write(move |conn| suspension::resume(conn, &by, &id, &letters, now)).await?;
    at.bell.ring_if(done);
    Ok(done)
}

/// To everybody who speaks for the organisation.
fn letters(
    at: &Portal,
    by: &Allowed<SuspendOrganisations>,
    organisation: &Overview,
    turn: Turn,
) -> Result<Vec<(LetterId, Letter)>> {
    let (id, name) = (&organisation.profile.id, organisation.profile.details.name.as_str());
    let letter = |admin: &RoleHolder| {
        let suspension = Suspension { by, id, organisation: name, to: admin, turn, site: &at.site };
        Ok((LetterId::new(), suspension.letter()?))
    };
    organisation.global_admins.iter().map(letter).collect()
}

/// Has any letter sent again. Answers whether it is.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; database errors.
pub async fn send_again(
    at: &Portal,
    by: &Allowed<SendLettersAgain>,
    id: LetterId,
    kinds: &Kinds,
) -> Result<bool> {
    let kinds = kinds.clone();
    postage::send_again(at, by, move |conn, _| outbox::find(conn, &id, kinds.all()).map(Some)).await
}

/// What came of a test letter.
pub enum Tested {
    /// What the mail server said to it.
    Answered(Result<(), Refusal>),
    /// There were enough; in so many seconds there may be another one.
    TooMany { seconds: i64 },
}

/// Sends a test letter while somebody waits.
///
/// # Errors
/// Database errors.
pub async fn send_test_letter(
    at: &Portal,
    transport: &Transport,
    by: &Allowed<SendLettersAgain>,
    to: &Email,
) -> Result<Tested> {
    let letter = Taken::straight(TestLetter { by, to, site: &at.site }.letter()?);
    let (by, id, to, now) = (by.clone(), letter.id, to.clone(), Moment::now());
    let begun = at.db.write(move |conn| test_letters::begin(conn, &by, (&id, &to), now)).await?;
    if let Err(seconds) = begun {
        return Ok(Tested::TooMany { seconds });
    }
    let answer = transport.clone().with_patience(PATIENCE).send(&letter).await;
    let (learned, now) = (answer.clone(), Moment::now());
    at.db.write(move |conn| heed(conn, &learned, now)).await?;
    // Letters that waited for the mail server may follow.
    at.bell.ring();
    Ok(Tested::Answered(answer))
}
