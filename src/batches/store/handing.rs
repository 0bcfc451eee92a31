//! Passwords of users whom a file added. Nobody knows one before it is handed over: each time new ones are made, so none
//! is kept, and none is shown twice.

use std::collections::HashMap;

use diesel::prelude::*;

use super::closing::rest;
use super::row::{RowRow, advance, as_it_was, behind, entry, find};
use crate::access::Allowed;
use crate::access::permission::AddUsers;
use crate::activity::Action;
use crate::batches::model::{Batch, PORTION};
use crate::batches::of_users::OfUsers;
use crate::batches::trade::{Trade, Work};
use crate::customers::model::Customer;
use crate::db::schema::{batch_rows, batches};
use crate::db::{Connection, try_again};
use crate::error::{Error, Result};
use crate::gate;
use crate::sheets::{Cells, Outcome};
use crate::users::model::User;
use crate::users::model::upload::{Added, Why, read};
use crate::users::store::upload::{Link, hand_over, mail_links, to_hand_over};
use crate::values::email::Email;
use crate::values::id::BatchId;
use crate::values::moment::Moment;
use crate::values::password::PasswordHash;
use crate::values::token::Token;
use crate::web::Count;

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
    let (batch, _) = find::<OfUsers>(conn, by, id)?;
    let of = OfUsers::open(conn, by, batch.customer)?;
    if !batch.is_settled() {
        return Ok(Claimed::NotNow);
    }
    if batch.mark() != mark {
        return Ok(Claimed::Overtaken);
    }
    let met = diesel::update(as_it_was(&batch))
        .set((batches::handed_at.eq(now), batches::handed_by_name.eq(&by.name)))
        .execute(conn)?;
    if met == 0 {
        return Err(try_again());
    }
    of.record(conn, by, entry(Action::HandOverPasswords, &batch), now)?;
    Ok(Claimed::Now)
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
    Some(Added { user: row.made::<OfUsers>()?, password_at: row.password_at? })
}

/// Gives them temporary passwords, by their hashes, for whoever claimed them at a moment; answers who got one, each in its
/// place.
///
/// # Errors
/// As for [`hand_over`]; [`Error::NotFound`] where somebody else has claimed them since, or something else is done with
/// the file.
pub fn hand_over_some(
    conn: &mut Connection,
    by: &Allowed<AddUsers>,
    (id, claimed): (&BatchId, Moment),
    (rows, hashes): (&[(i64, Added)], &[PasswordHash]),
    now: Moment,
) -> Result<Vec<Option<User>>> {
    // A long file takes a while.
    let viewer = gate::absent(conn, &by.person)?.ok_or(Error::SignInNeeded)?;
    let by = Allowed::<AddUsers>::check(&viewer)?;
    let (batch, of) = find::<OfUsers>(conn, &by, id)?;
    if !batch.is_settled() || batch.mark() != claimed.exact() {
        return Err(Error::NotFound);
    }
    let added: Vec<Added> = rows.iter().map(|(_, added)| *added).collect();
    let users = hand_over(conn, &by, &of.customer.id, (&added, hashes), now)?;
    for ((number, _), user) in rows.iter().zip(&users) {
        // Who has a password of their own by now is asked no more.
        let set_at = user.as_ref().map(|_| now);
        diesel::update(batch_rows::table.find((id, number)))
            .set(batch_rows::password_at.eq(set_at))
            .execute(conn)?;
    }
    Ok(users)
}

/// Mails links to the users of the next portion, in one letter for each address. Where too many letters went there, or out,
/// the users keep waiting for a password.
///
/// # Errors
/// When a letter cannot be written; database errors.
pub fn mail_some(
    conn: &mut Connection,
    Work { batch, by, site, now }: Work<'_>,
    (customer, tokens): (&Customer, &[Token]),
) -> Result<()> {
    if tokens.is_empty() {
        return Ok(());
    }
    let rows = behind(conn, batch, tokens.len())?;
    let Some(last) = rows.last().map(|row| row.number) else { return rest(conn, batch, now) };
    let mut tally = batch.tally;
    for (to, waiting) in addressed(conn, (batch, customer), rows.iter().zip(tokens))? {
        let links: Vec<Link<'_>> = waiting.iter().map(|(_, user, token)| (user, *token)).collect();
        let some = i64::try_from(links.len()).unwrap_or(i64::MAX);
        if !mail_links(conn, (by, customer), (&to, &links), site, now)? {
            tally.unmailed = tally.unmailed.saturating_add(some);
            continue;
        }
        tally.mailed = tally.mailed.saturating_add(some);
        for (number, ..) in &waiting {
            diesel::update(batch_rows::table.find((&batch.id, number)))
                .set(batch_rows::password_at.eq(None::<Moment>))
                .execute(conn)?;
        }
    }
    advance(conn, batch, (last, &tally))
}

/// A row, the user whom it added, and what the link will hold.
type Waiting<'a> = (i64, User, &'a Token);

/// Who of some rows waits for a password, by the address to which a link may go.
fn addressed<'a>(
    conn: &mut Connection,
    (batch, customer): (&Batch, &Customer),
    rows: impl Iterator<Item = (&'a RowRow, &'a Token)>,
) -> Result<Vec<(Email, Vec<Waiting<'a>>)>> {
    let columns = batch.head.columns();
    let mut named: Vec<(i64, Added, Email, &Token)> = Vec::new();
    for (row, token) in rows.filter(|(row, _)| row.result == Outcome::Added) {
        let Some(one) = added(row) else { continue };
        let kept = row.read::<Why>()?;
        let cells = Cells { columns: &columns, texts: &kept.texts };
        let to = read(cells, &customer.account.domain).ok().and_then(|wish| wish.alternate);
        named.extend(to.map(|to| (row.number, one, to, token)));
    }
    let all: Vec<Added> = named.iter().map(|(_, added, ..)| *added).collect();
    let mut users: HashMap<_, User> =
        to_hand_over(conn, customer, &all)?.into_iter().map(|user| (user.id, user)).collect();
    let mut addressed: Vec<(Email, Vec<Waiting<'a>>)> = Vec::new();
    for (number, added, to, token) in named {
        let Some(user) = users.remove(&added.user) else { continue };
        match addressed.iter_mut().find(|(address, _)| *address == to) {
            Some((_, waiting)) => waiting.push((number, user, token)),
            None => addressed.push((to, vec![(number, user, token)])),
        }
    }
    Ok(addressed)
}

/// How many users whom a file added have no password of their own yet, and can be given one.
///
/// # Errors
/// Database errors.
pub fn waiting_for_passwords(conn: &mut Connection, id: &BatchId, customer: &Customer) -> Result<Count> {
    let some: Vec<RowRow> = batch_rows::table
        .filter(batch_rows::batch_id.eq(id))
        .filter(batch_rows::result.eq(Outcome::Added))
        .filter(batch_rows::password_at.is_not_null())
        .order(batch_rows::number)
        .select(RowRow::as_select())
        .limit(Count::LIMIT)
        .load(conn)?;
    if some.len() > Count::MOST {
        return Ok(Count::of(some.len()));
    }
    let added: Vec<Added> = some.iter().filter_map(added).collect();
    Ok(Count::of(to_hand_over(conn, customer, &added)?.len()))
}
