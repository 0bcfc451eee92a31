//! Whoever started a file asks the customer again, by a link of its own: the one before stops working.

use diesel::prelude::*;

use super::asking::{Post, ask};
use super::closing::entry;
use super::{find_for, one};
use crate::access::Allowed;
use crate::access::permission::StartTransfers;
use crate::activity::{self, Action, Change};
use crate::customers;
use crate::db::Connection;
use crate::db::schema::transfers;
use crate::error::{Error, Result};
use crate::mail::outbox;
use crate::transfers::letters::asked::KIND;
use crate::transfers::model::{Side, Transfer};
use crate::values::id::TransferId;
use crate::values::moment::Moment;
use crate::web::Site;

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reminded {
    /// A letter goes to this address.
    Now(String),
    /// Somebody was faster, or the same page was sent before.
    Before,
    /// It does not wait for the customer, or the customer is out of reach.
    Over,
}

/// Asks the customer's contact of today again. `seen` is the letter that the page has shown, if there was one.
///
/// # Errors
/// [`Error::NotFound`] when the viewer's organisation has started no such file; [`Error::TooManyLetters`]; when the letter
/// cannot be written; database errors.
pub fn remind(
    conn: &mut Connection,
    by: &Allowed<StartTransfers>,
    (id, seen, post): (&TransferId, &str, &Post),
    site: &Site,
    now: Moment,
) -> Result<Reminded> {
    let transfer = find_for(conn, by, id)?;
    if transfer.starter != by.organisation.id {
        return Err(Error::NotFound);
    }
    if !waits(&transfer, now) {
        return Ok(Reminded::Over);
    }
    let latest = outbox::latest_about(conn, &by.organisation.id, (&KIND, id.as_str()))?;
    if latest.map(|letter| letter.id.to_string()).unwrap_or_default() != seen {
        return Ok(Reminded::Before);
    }
    let account = match customers::store::find(conn, &by.reach(), &transfer.customer) {
        Ok(customer) => customer.account,
        Err(Error::NotFound) => return Ok(Reminded::Over),
        Err(error) => return Err(error),
    };
    diesel::update(transfers::table.find(id))
        .set((
            transfers::to_name.eq(account.contact()),
            transfers::to_email.eq(&account.email),
            transfers::token_hash.eq(post.token.hash()),
        ))
        .execute(conn)?;
    let transfer = one(conn, id)?;
    outbox::withdraw(conn, (&KIND, id.as_str()))?;
    ask(conn, by, (&transfer, &account, post), site, now)?;
    let entry = entry(Action::RemindOfTransfer, &transfer, &transfer.customer);
    let to = transfer.contact.1.to_string();
    activity::store::record(conn, by, &entry.with([Change::set("addressee", &to)]), now)?;
    Ok(Reminded::Now(to))
}

/// Whether it waits for the customer.
pub fn waits(transfer: &Transfer, now: Moment) -> bool {
    transfer.state.side() == Some(Side::Customer) && !transfer.is_over(now.day())
}
