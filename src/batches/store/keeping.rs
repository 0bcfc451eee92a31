//! Keeping a file that was sent, in portions, until each row has been looked at.

use diesel::prelude::*;

use super::row::written;
use crate::access::Allowed;
use crate::access::permission::AddUsers;
use crate::batches::jobs::WORK;
use crate::batches::model::{Head, State, Tally};
use crate::db::Connection;
use crate::db::schema::{batch_pieces, batches};
use crate::error::Result;
use crate::jobs;
use crate::jobs::model::Owner;
use crate::users::store::open;
use crate::values::id::{BatchId, CustomerId, JobId};
use crate::values::moment::Moment;

/// So many files of an organisation wait to be applied; the oldest go.
const MOST: i64 = 50;

/// A file that was sent.
#[derive(Clone)]
pub struct NewBatch {
    pub id: BatchId,
    pub job: JobId,
    pub customer: CustomerId,
    pub file_name: String,
    pub file_hash: String,
    pub bytes: i64,
    pub head: Head,
    pub rows: i64,
    /// The rows, as `reading` takes them.
    pub pieces: Vec<String>,
}

/// Keeps a file, in place of what the viewer sent for the same customer before and did not apply.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when the customer is beyond reach; [`crate::error::Error::Undelegated`];
/// [`crate::error::Error::Ended`]; database errors.
pub fn keep(conn: &mut Connection, by: &Allowed<AddUsers>, new: &NewBatch, now: Moment) -> Result<()> {
    let customer = open(conn, &by.reach(), &new.customer)?;
    make_room(conn, by, &customer.id, now)?;
    let (head, tally) = (written(&new.head)?, written(&Tally::default())?);
    diesel::insert_into(batches::table)
        .values((
            (
                batches::id.eq(&new.id),
                batches::organisation_id.eq(&by.organisation.id),
                batches::customer_id.eq(&customer.id),
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
                batches::promised.eq("{}"),
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
    jobs::store::put(conn, (&new.job, &owner), (&WORK, &new.id), (now, now))
}

/// Lets go of what the viewer sent for this customer before, and of what is too much.
fn make_room(
    conn: &mut Connection,
    by: &Allowed<AddUsers>,
    customer: &CustomerId,
    now: Moment,
) -> Result<()> {
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
    let same = batches::person_id.eq(by.person).and(batches::customer_id.eq(*customer));
    let gone: Vec<BatchId> =
        own().filter(same.or(batches::id.ne_all(newest))).select(batches::id).load(conn)?;
    diesel::update(batches::table.filter(batches::id.eq_any(gone)))
        .set((batches::state.eq(State::Discarded), batches::expires_at.eq(now)))
        .execute(conn)?;
    Ok(())
}
