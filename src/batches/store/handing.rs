//! Passwords of users whom a file added. Nobody knows one before it is handed over: each time new ones are made, so none
//! is kept, and none is shown twice.

use diesel::prelude::*;

use super::closing::settle;
use super::row::{RowRow, advance, behind, entry, find, record};
use crate::access::permission::AddUsers;
use crate::access::{Allowed, Viewer};
use crate::activity::Action;
use crate::batches::jobs::WORK;
use crate::batches::model::{Batch, PORTION, State};
use crate::customers::model::Customer;
use crate::db::schema::{batch_rows, batches};
use crate::db::{Connection, try_again};
use crate::error::Result;
use crate::jobs;
use crate::jobs::model::Owner;
use crate::sheets::{Cells, Outcome};
use crate::users::model::User;
use crate::users::model::upload::{Added, read};
use crate::users::store::open;
use crate::users::store::upload::{hand_over, mail_link, to_hand_over};
use crate::values::id::{BatchId, JobId};
use crate::values::moment::Moment;
use crate::values::password::PasswordHash;
use crate::values::token::Token;
use crate::web::Site;

/// What came of wanting passwords.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claimed {
    Now,
    /// Somebody handed them over after the page was shown.
    Overtaken,
    /// The file is not applied yet, or something else is done with it.
    NotNow,
}

/// Claims the passwords of a file, for whoever saw this mark; they are given out by [`hand_over_some`].
///
/// # Errors
/// As for [`find`]; [`crate::error::Error::Ended`].
pub fn claim(
    conn: &mut Connection,
    by: &Allowed<AddUsers>,
    (id, mark): (&BatchId, &str),
    now: Moment,
) -> Result<Claimed> {
    let (batch, customer) = find(conn, by, id)?;
    open(conn, &by.reach(), &customer.id)?;
    let claimed = take(conn, by, (&batch, mark), (batch.state, None), now)?;
    if claimed == Claimed::Now {
        record(conn, by, &customer, &entry(Action::HandOverPasswords, &batch, &customer), now)?;
    }
    Ok(claimed)
}

/// Has links mailed in place of passwords, to the addresses that the file names.
///
/// # Errors
/// As for [`claim`].
pub fn begin_mailing(
    conn: &mut Connection,
    by: &Allowed<AddUsers>,
    ((id, mark), job): ((&BatchId, &str), &JobId),
    now: Moment,
) -> Result<Claimed> {
    let (batch, customer) = find(conn, by, id)?;
    open(conn, &by.reach(), &customer.id)?;
    let claimed = take(conn, by, (&batch, mark), (State::Mailing, Some(job)), now)?;
    if claimed == Claimed::Now {
        let owner = Owner { organisation: by.organisation.id, person: by.person };
        jobs::store::put(conn, (job, &owner), (&WORK, id), (now, now))?;
        record(conn, by, &customer, &entry(Action::MailLinks, &batch, &customer), now)?;
    }
    Ok(claimed)
}

fn take(
    conn: &mut Connection,
    by: &Viewer,
    (batch, mark): (&Batch, &str),
    (state, job): (State, Option<&JobId>),
    now: Moment,
) -> Result<Claimed> {
    if !matches!(batch.state, State::Done | State::Stopped) {
        return Ok(Claimed::NotNow);
    }
    if batch.mark() != mark {
        return Ok(Claimed::Overtaken);
    }
    let as_it_was = batches::table.filter(batches::id.eq(&batch.id)).filter(batches::state.eq(batch.state));
    let met = diesel::update(as_it_was)
        .set((
            batches::state.eq(state),
            batches::reached.eq(0_i64),
            batches::handed_at.eq(now),
            batches::handed_by_name.eq(&by.name),
            // Whoever has links mailed is who the portal does it for.
            batches::applied_by.eq(&by.person),
            batches::job_id.eq(job.unwrap_or(&batch.job)),
        ))
        .execute(conn)?;
    if met == 1 { Ok(Claimed::Now) } else { Err(try_again()) }
}

/// Who is next to get a temporary password: rows behind a number, and the users whom they added.
///
/// # Errors
/// Database errors.
pub fn waiting(conn: &mut Connection, id: &BatchId, after: i64) -> Result<Vec<(i64, Added)>> {
    let rows: Vec<RowRow> = batch_rows::table
        .filter(batch_rows::batch_id.eq(id))
        .filter(batch_rows::result.eq(Outcome::Added))
        .filter(batch_rows::password_at.is_not_null())
        .filter(batch_rows::number.gt(after))
        .order(batch_rows::number)
        .limit(i64::try_from(PORTION).unwrap_or(i64::MAX))
        .select(RowRow::as_select())
        .load(conn)?;
    Ok(rows.iter().filter_map(|row| Some((row.number, added(row)?))).collect())
}

fn added(row: &RowRow) -> Option<Added> {
    Some(Added { user: row.made_id?, password_at: row.password_at? })
}

/// Gives them temporary passwords, by their hashes; answers who got one, each in its place.
///
/// # Errors
/// As for [`hand_over`].
pub fn hand_over_some(
    conn: &mut Connection,
    by: &Allowed<AddUsers>,
    id: &BatchId,
    (rows, hashes): (&[(i64, Added)], &[PasswordHash]),
    now: Moment,
) -> Result<Vec<Option<User>>> {
    let (batch, _) = find(conn, by, id)?;
    let added: Vec<Added> = rows.iter().map(|(_, added)| *added).collect();
    let users = hand_over(conn, by, &batch.customer, (&added, hashes), now)?;
    for ((number, _), user) in rows.iter().zip(&users) {
        // Who has a password of their own by now is asked no more.
        let set_at = user.as_ref().map(|_| now);
        diesel::update(batch_rows::table.find((id, number)))
            .set(batch_rows::password_at.eq(set_at))
            .execute(conn)?;
    }
    Ok(users)
}

/// Mails links to the users of the next portion; an address that gets too many is left out, and its users keep waiting
/// for a password.
///
/// # Errors
/// When a letter cannot be written; database errors.
pub(super) fn mail_some(
    conn: &mut Connection,
    (batch, by, customer): (&Batch, &Viewer, &Customer),
    (tokens, site): (&[Token], &Site),
    now: Moment,
) -> Result<()> {
    let rows = behind(conn, batch, tokens.len())?;
    let Some(last) = rows.last().map(|row| row.number) else {
        return settle(conn, batch, (State::Done, ""), now);
    };
    let columns = batch.head.columns();
    let mut tally = batch.tally;
    for (row, token) in rows.iter().zip(tokens) {
        let Some(one) = added(row).filter(|_| row.result == Outcome::Added) else { continue };
        let kept = row.read()?;
        let wish = read(Cells { columns: &columns, texts: &kept.texts }, &customer.account.domain).ok();
        let Some(to) = wish.and_then(|wish| wish.alternate) else { continue };
        let Some(user) = to_hand_over(conn, customer, &[one])?.pop() else { continue };
        if !mail_link(conn, (by, customer), (&user, &to, token), site, now)? {
            continue;
        }
        diesel::update(batch_rows::table.find((&batch.id, row.number)))
            .set(batch_rows::password_at.eq(None::<Moment>))
            .execute(conn)?;
        tally.mailed = tally.mailed.saturating_add(1);
    }
    advance(conn, batch, (last, &tally))
}
