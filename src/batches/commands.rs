//! Deeds of this area that take more than what they write.

use actix_web::web::{Bytes, block};
use anyhow::anyhow;
use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use super::model::{Head, PORTION, SHORT};
use super::store::applying::{self, Begun};
use super::store::keeping::{self, NewBatch};
use super::store::reading::{Line, Pieces};
use super::store::{handing, mailing};
use super::store::{returning, step};
use super::trade::{Keyed, Trade};
use crate::access::Allowed;
use crate::access::permission::AddUsers;
use crate::activity::Action;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::sheets::{Limits, Unreadable, walk};
use crate::users::model::User;
use crate::values::country::Country;
use crate::values::id::{BatchId, CustomerId, JobId};
use crate::values::moment::Moment;
use crate::values::password::NewPassword;
use crate::web::sent::Sent;
use crate::web::{Portal, Site};

/// So many portions are looked at before the page is shown; the rest the portal looks at by itself.
const AT_ONCE: usize = 4;

/// After the last rows, one step more finds none and goes on.
const LAST: usize = 1;

/// A file as it was read.
struct Read {
    head: Head,
    hash: String,
    rows: i64,
    pieces: Vec<String>,
}

/// Keeps a file that was sent, and looks at its first rows. Answers why it cannot be read,
/// where it cannot.
///
/// # Errors
/// As for [`keeping::keep`].
pub async fn keep<T: Trade>(
    at: &Portal,
    by: &Allowed<T::Sends>,
    (customer, location): (Option<CustomerId>, Country),
    sent: Sent,
    limits: Limits,
) -> Result<std::result::Result<BatchId, Unreadable>> {
    let (bytes, site) = (sent.bytes.clone(), at.site.clone());
    let read = block(move || read::<T::Column>(&bytes, &limits, (location, &site)))
        .await
        .map_err(|error| anyhow!("{error}"))?;
    let read = match read? {
        Ok(read) => read,
        Err(problem) => return Ok(Err(problem)),
    };
    let new = NewBatch {
        id: BatchId::new(),
        job: JobId::new(),
        customer,
        file_name: sent.file_name,
        file_hash: read.hash,
        bytes: i64::try_from(sent.bytes.len()).unwrap_or(i64::MAX),
        head: read.head,
        rows: read.rows,
        pieces: read.pieces,
    };
    let (id, may, now) = (new.id, by.clone(), Moment::now());
    let portions = new.pieces.len();
    at.db.write(move |conn| keeping::keep::<T>(conn, &may, &new, now)).await?;
    let steps = if portions > AT_ONCE { AT_ONCE } else { portions + LAST };
    take_steps::<T>(at, id, steps, now).await;
    at.job_bell.ring_if(true);
    Ok(Ok(id))
}

fn read<C: Keyed>(
    bytes: &Bytes,
    limits: &Limits,
    (location, site): (Country, &Site),
) -> Result<std::result::Result<Read, Unreadable>> {
    let mut pieces = Pieces::default();
    let head = walk::<C>(bytes, limits, |row| {
        let texts = row.cells().map(|(_, cell)| cell.to_owned()).collect();
        pieces.add(Line(row.line, row.odd_length, texts));
    });
    let head = match head {
        Ok(head) => head,
        Err(problem) => return Ok(Err(problem)),
    };
    let (rows, hash) = (pieces.rows, HEXLOWER.encode(&Sha256::digest(bytes)));
    let head =
        Head::new((head.origin.clone(), head.columns(), head.unknown.clone()), location, &site.domain_suffix);
    Ok(Ok(Read { head, hash, rows, pieces: pieces.end() }))
}

/// Has the rows of a file done; those of a short one are done at once. Answers also whether all of them are done by now.
///
/// # Errors
/// As for [`applying::begin`].
pub async fn apply<T: Trade>(at: &Portal, by: &Allowed<T::Sends>, id: BatchId) -> Result<(Begun, bool)> {
    let (may, job, now) = (by.clone(), JobId::new(), Moment::now());
    let begun = at.db.write(move |conn| applying::begin::<T>(conn, &may, (&id, &job), now)).await?;
    let is_short = matches!(begun, Begun::Now { rows } if rows <= SHORT);
    let is_done = is_short && take_steps::<T>(at, id, 1 + LAST, now).await;
    at.job_bell.ring_if(matches!(begun, Begun::Now { .. }));
    Ok((begun, is_done))
}

/// Takes the first steps of the work at a file, so that nobody waits for a short one. The job takes all others, and finds
/// done what is done, also where one fails here. Answers whether the work is over.
async fn take_steps<T: Trade>(at: &Portal, id: BatchId, steps: usize, now: Moment) -> bool {
    for _ in 0..steps {
        let site = at.site.clone();
        match at.db.write(move |conn| step::step::<T>(conn, (&id, &[]), (&site, false), now)).await {
            Ok(stand) if stand.is_over => return true,
            Ok(_) => {}
            Err(error) => {
                tracing::warn!(batch = %id, error = ?error, "a step of an upload is left to its job");
                return false;
            }
        }
    }
    false
}

/// Has mailed what this kind of file has mailed. Answers `false` where that cannot be done now.
///
/// # Errors
/// As for [`mailing::begin`].
pub async fn mail<T: Trade>(
    at: &Portal,
    by: &Allowed<T::Sends>,
    (id, action): (BatchId, Action),
) -> Result<bool> {
    let (may, job, now) = (by.clone(), JobId::new(), Moment::now());
    let begun = at.db.write(move |conn| mailing::begin::<T>(conn, &may, (&id, &job), action, now)).await?;
    at.job_bell.ring_if(begun);
    Ok(begun)
}

/// Has what a file did taken back. Answers `false` where that cannot be done now.
///
/// # Errors
/// As for [`returning::begin`].
pub async fn take_back<T: Trade>(
    at: &Portal,
    by: &Allowed<T::Keeps>,
    (id, only_rest): (BatchId, bool),
) -> Result<bool> {
    let (may, job, now) = (by.clone(), JobId::new(), Moment::now());
    let begun =
        at.db.write(move |conn| returning::begin::<T>(conn, &may, ((&id, only_rest), &job), now)).await?;
    at.job_bell.ring_if(begun);
    Ok(begun)
}

/// A user, and the password that was made.
pub type Handed = (User, NewPassword);

/// Makes temporary passwords for the next users of a file, behind a row; answers them, and behind which row to go on. None
/// when all have theirs.
///
/// # Errors
/// As for [`handing::hand_over_some`].
pub async fn hand_over_some(
    db: &Db,
    by: &Allowed<AddUsers>,
    (id, claimed, after): (BatchId, Moment, i64),
) -> Result<Option<(Vec<Handed>, i64)>> {
    let rows = db.read(move |conn| handing::waiting(conn, &id, after)).await?;
    let Some(last) = rows.last().map(|(number, _)| *number) else { return Ok(None) };
    let (passwords, hashes): (Vec<_>, Vec<_>) =
        block(|| (0..PORTION).map(|_| NewPassword::temporary_of_many()).collect::<anyhow::Result<Vec<_>>>())
            .await
            .map_err(|error| Error::Internal(anyhow!("{error}")))??
            .into_iter()
            .unzip();
    let (may, now) = (by.clone(), Moment::now());
    let users = db
        .write(move |conn| handing::hand_over_some(conn, &may, (&id, claimed), (&rows, &hashes), now))
        .await?;
    let handed = users.into_iter().zip(passwords).filter_map(|(user, password)| Some((user?, password)));
    Ok(Some((handed.collect(), last)))
}
