//! The job: from events to letters. What it has begun another instance, or the next start, goes on with.

use super::{letters, store};
use crate::access::Reach;
use crate::db::bell::Bell;
use crate::db::{Connection, Db};
use crate::error::{Error, Result};
use crate::mail::outbox;
use crate::values::id::{LetterId, PersonId};
use crate::values::moment::Moment;
use crate::web::Site;

/// So many events are lined up in one transaction.
const STEP: i64 = 500;
/// So many people are written to in one go.
const MOST: i64 = 200;

/// Writes the letters that are due. Answers whether more waits than was done in one go.
///
/// # Errors
/// Database errors.
pub async fn work(db: &Db, site: &Site, bell: &Bell, now: Moment) -> Result<bool> {
    // Everything first, so that what was done at once is told at once.
    while db.read(store::lineup::is_needed).await? {
        db.write(move |conn| store::lineup::line_up(conn, now, STEP)).await?;
    }
    let due = db.read(move |conn| store::reading::due(conn, now, MOST)).await?;
    let is_all = i64::try_from(due.len()).is_ok_and(|count| count < MOST);
    let (mut written, mut failed) = (0, 0);
    for person in due {
        let (site, letter) = (site.clone(), LetterId::new());
        match db.write(move |conn| write_to(conn, &person, (&letter, &site), now)).await {
            Ok(true) => written += 1,
            Ok(false) => {}
            Err(error @ Error::Unavailable(_)) => return Err(error),
            // One that cannot be written keeps nobody else waiting.
            Err(error) => {
                failed += 1;
                tracing::error!(error = ?error, "somebody could not be told what was done");
            }
        }
    }
    bell.ring_if(written > 0);
    Ok(!is_all && failed == 0)
}

/// What waits for somebody becomes a letter, or nothing: in one transaction, so that it is told once.
fn write_to(
    conn: &mut Connection,
    person: &PersonId,
    (id, site): (&LetterId, &Site),
    now: Moment,
) -> Result<bool> {
    let Some((member, digest)) = store::reading::take(conn, person, now)? else { return Ok(false) };
    let sight =
        store::reading::sight(conn, &Reach::of(&member.organisation.id, member.organisation.kind), &digest)?;
    let to = crate::session::store::addressee(conn, person)?;
    let letter = letters::digest::digest(&to, &member.organisation.name, (&digest, &sight), site)?;
    outbox::put(conn, id, &letter, now)?;
    store::reading::mark_told(conn, person, now)?;
    Ok(true)
}
