//! Keeping a file that was sent, in portions, until each row has been looked at.

use diesel::prelude::*;

use super::row::{is_of, written};
use crate::access::{Allowed, Viewer};
use crate::batches::model::{Head, State, Tally};
use crate::batches::trade::Trade;
use crate::db::Connection;
use crate::db::schema::{batch_pieces, batches};
use crate::error::Result;
use crate::jobs;
use crate::jobs::model::Owner;
use crate::values::id::{BatchId, CustomerId, JobId};
use crate::values::moment::Moment;

/// So many files of an organisation wait to be applied; the oldest go.
const MOST: i64 = 50;

/// A file that was sent.
#[derive(Clone)]
pub struct NewBatch {
    pub id: BatchId,
    pub job: JobId,
    /// Of whose users it is; none where it is of customers.
    pub customer: Option<CustomerId>,
    pub file_name: String,
    pub file_hash: String,
    pub bytes: i64,
    pub head: Head,
    pub rows: i64,
    /// The rows, as `reading` takes them.
    pub pieces: Vec<String>,
}

/// Keeps a file, in place of what the viewer sent of the same kind, for the same customer, and did not apply.
///
/// # Errors
/// As for [`Trade::open`].
pub fn keep<T: Trade>(
    conn: &mut Connection,
    by: &Allowed<T::Sends>,
    new: &NewBatch,
    now: Moment,
) -> Result<()> {
    let of = T::open(conn, by, new.customer)?;
    make_room(conn, by, of.customer(), now)?;
    let (head, tally) = (written(&new.head)?, written(&Tally::default())?);
    diesel::insert_into(batches::table)
        .values((
            (
                batches::id.eq(&new.id),
                batches::organisation_id.eq(&by.organisation.id),
                batches::customer_id.eq(of.customer()),
                batches::person_id.eq(&by.person),
                batches::person_name.eq(&by.name),
            ),
            (
                batches::file_name.eq(&new.file_name),
                batches::file_hash.eq(&new.file_hash),
                batches::byte_count.eq(new.bytes),
                batches::head.eq(head),
                batches::row_count.eq(new.rows),
                batches::tally.eq(tally),
                batches::memory.eq(""),
                batches::reached.eq(0_i64),
            ),
            (
                batches::state.eq(State::Reading),
                batches::uploaded_at.eq(now),
                batches::applied_by_name.eq(""),
                batches::settled_by_name.eq(""),
                batches::handed_by_name.eq(""),
                batches::worker_id.eq(&by.person),
                batches::job_id.eq(&new.job),
            ),
        ))
        .execute(conn)?;
    for (number, body) in (1_i64..).zip(&new.pieces) {
        diesel::insert_into(batch_pieces::table)
            .values((
                batch_pieces::batch_id.eq(&new.id),
                batch_pieces::number.eq(number),
                batch_pieces::body.eq(body),
            ))
            .execute(conn)?;
    }
    let owner = Owner { organisation: by.organisation.id, person: by.person };
    jobs::store::put(conn, (&new.job, &owner), (&T::WORK, &new.id), (now, now))
}

/// Lets go of what the viewer sent of the same before, and of what is too much.
fn make_room(conn: &mut Connection, by: &Viewer, customer: Option<CustomerId>, now: Moment) -> Result<()> {
    const WAITING: [State; 2] = [State::Reading, State::Shown];
    let own = || {
        batches::table
            .filter(batches::organisation_id.eq(by.organisation.id))
            .filter(batches::state.eq_any(WAITING))
    };
    let newest: Vec<BatchId> = own()
        .order((batches::uploaded_at.desc(), batches::id.desc()))
        .select(batches::id)
        .limit(MOST - 1)
        .load(conn)?;
    let same = batches::person_id.eq(by.person).and(is_of(customer));
    let gone: Vec<BatchId> =
        own().filter(same.or(batches::id.ne_all(newest))).select(batches::id).load(conn)?;
    diesel::update(batches::table.filter(batches::id.eq_any(gone)))
        .set((batches::state.eq(State::Discarded), batches::expires_at.eq(now)))
        .execute(conn)?;
    Ok(())
}
