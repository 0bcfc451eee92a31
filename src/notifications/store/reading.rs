//! What waits for a person, read for the letter that tells it.

use std::collections::HashSet;

use diesel::prelude::*;

use super::lineup::PAUSE_SECONDS;
use super::switches::muted_by;
use crate::access::Reach;
use crate::customers::facts as customers;
use crate::db::Connection;
use crate::db::schema::{digests, notifications};
use crate::error::Result;
use crate::notifications::model::{Digest, Kind, Sight, Told};
use crate::people::facts::{Member, member};
use crate::subscriptions::facts as subscriptions;
use crate::values::id::{CustomerId, OrganisationId, PersonId, SubscriptionId};
use crate::values::moment::Moment;

/// So many events are told one by one in a letter.
const SHOWN: i64 = 30;

/// Some of those whose time has come, the longest waiting first.
///
/// # Errors
/// Database errors.
pub fn due(conn: &mut Connection, now: Moment, most: i64) -> Result<Vec<PersonId>> {
    Ok(digests::table
        .filter(digests::due_at.is_not_null())
        .filter(digests::due_at.le(now).or(digests::due_at.gt(now.farthest(PAUSE_SECONDS))))
        .order((digests::due_at, digests::person_id))
        .select(digests::person_id)
        .limit(most)
        .load(conn)?)
}

/// Takes what waits for somebody, with who that is; nothing when it does not wait (any more), or nobody is there to be
/// told it. It is read or forgotten, but not again.
///
/// # Errors
/// Database errors.
pub fn take(conn: &mut Connection, person: &PersonId, now: Moment) -> Result<Option<(Member, Digest)>> {
    let waiting = digests::table
        .find(person)
        .filter(digests::due_at.le(now).or(digests::due_at.gt(now.farthest(PAUSE_SECONDS))));
    let from: Option<Option<i64>> = waiting.select(digests::from_position).first(conn).optional()?;
    let Some(from) = from.flatten() else { return Ok(None) };
    diesel::update(waiting)
        .set((digests::due_at.eq(None::<Moment>), digests::from_position.eq(None::<i64>)))
        .execute(conn)?;
    let Some(member) = member(conn, person)? else { return Ok(None) };
    let muted = muted_by(conn, &[person])?;
    let mut kinds = Kind::all_for(member.organisation.kind, &member.roles);
    kinds.retain(|kind| !muted.contains(&(*person, *kind)));
    let digest = read(conn, (&member.organisation.id, person), (from, &kinds))?;
    Ok((digest.total > 0).then_some((member, digest)))
}

/// Somebody has been told: nothing else for a while.
///
/// # Errors
/// Database errors.
pub fn mark_told(conn: &mut Connection, person: &PersonId, now: Moment) -> Result<()> {
    diesel::update(digests::table.find(person)).set(digests::sent_at.eq(Some(now))).execute(conn)?;
    Ok(())
}

fn read(
    conn: &mut Connection,
    (organisation, person): (&OrganisationId, &PersonId),
    (from, kinds): (i64, &[Kind]),
) -> Result<Digest> {
    let all = || {
        notifications::table
            .filter(notifications::organisation_id.eq(organisation))
            .filter(notifications::position.ge(from))
            .filter(notifications::kind.eq_any(kinds.iter().copied()))
            .filter(notifications::known_to.is_null().or(notifications::known_to.ne(person)))
    };
    let total: i64 = all().count().get_result(conn)?;
    let rows: Vec<Row> =
        all().order(notifications::position).select(Row::as_select()).limit(SHOWN).load(conn)?;
    let told = rows.into_iter().map(Told::from).collect();
    Ok(Digest { told, total: usize::try_from(total).unwrap_or(usize::MAX) })
}

/// What of that which is told is within a reach now.
///
/// # Errors
/// Database errors.
pub fn sight(conn: &mut Connection, reach: &Reach, digest: &Digest) -> Result<Sight> {
    let told_customers: HashSet<CustomerId> = digest.told.iter().filter_map(|told| told.customer).collect();
    let told_subscriptions: HashSet<SubscriptionId> =
        digest.told.iter().filter_map(Told::subscription).collect();
    Ok(Sight {
        customers: customers::within(conn, reach, told_customers)?.into_iter().collect(),
        subscriptions: subscriptions::within(conn, reach, told_subscriptions)?.into_iter().collect(),
    })
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = notifications)]
struct Row {
    kind: Kind,
    customer_id: Option<CustomerId>,
    customer_name: String,
    subject_kind: String,
    subject_id: String,
    subject_name: String,
    old_value: String,
    new_value: String,
    by_name: String,
    by_organisation: String,
    occurred_at: Moment,
}

impl From<Row> for Told {
    fn from(row: Row) -> Self {
        Self {
            kind: row.kind,
            customer: row.customer_id,
            customer_name: row.customer_name,
            subject_kind: row.subject_kind,
            subject_id: row.subject_id,
            subject_name: row.subject_name,
            old: row.old_value,
            new: row.new_value,
            by_name: row.by_name,
            by_organisation: row.by_organisation,
            occurred_at: row.occurred_at,
        }
    }
}
