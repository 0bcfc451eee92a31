//! Asking those customers whom a file added, and who have not accepted the customer agreement, by personal links.

use crate::access::permission::AskForAgreements;
use crate::access::{Allowed, Viewer};
use crate::agreements::store::requests::asked_among;
use crate::batches::store::closing::rest;
use crate::batches::store::list::made_by;
use crate::batches::store::row::{advance, behind};
use crate::batches::trade::Work;
use crate::consents::commands::ask_one_of_many;
use crate::customers;
use crate::customers::facts::awaiting_agreement;
use crate::db::{Connection, unless_refused};
use crate::error::Result;
use crate::existing::store::OfCustomers;
use crate::sheets::Outcome;
use crate::values::id::{BatchId, CustomerId};
use crate::values::moment::Moment;
use crate::values::token::Token;
use crate::web::Count;

/// How many of the customers whom a file added have neither accepted the customer agreement nor been asked by a letter.
///
/// # Errors
/// Database errors.
pub fn waiting(conn: &mut Connection, by: &Viewer, id: &BatchId, now: Moment) -> Result<Count> {
    let made = made_by::<OfCustomers>(conn, id, Count::LIMIT)?;
    if made.len() > Count::MOST {
        return Ok(Count::of(made.len()));
    }
    Ok(Count::of(to_ask(conn, by, &made, now)?.len()))
}

fn to_ask(conn: &mut Connection, by: &Viewer, made: &[CustomerId], now: Moment) -> Result<Vec<CustomerId>> {
    let mut awaiting = awaiting_agreement(conn, made)?;
    let asked = asked_among(conn, &by.organisation.id, &awaiting, now)?;
    awaiting.retain(|customer| !asked.contains(customer));
    Ok(awaiting)
}

/// Asks the next of them. Where too many letters went to an address, or out, a customer is left out and counted.
///
/// # Errors
/// When a letter cannot be written; database errors.
pub(super) fn ask_some(conn: &mut Connection, work: Work<'_>, tokens: &[Token]) -> Result<()> {
    let Work { batch, by, now, .. } = work;
    if tokens.is_empty() {
        return Ok(());
    }
    let rows = behind(conn, batch, tokens.len())?;
    let Some(last) = rows.last().map(|row| row.number) else { return rest(conn, batch, now) };
    let may = Allowed::<AskForAgreements>::check(by)?;
    let added = rows.iter().filter(|row| row.result == Outcome::Added);
    let made: Vec<CustomerId> = added.filter_map(|row| row.made::<OfCustomers>()).collect();
    let mut tally = batch.tally;
    for (customer, token) in to_ask(conn, by, &made, now)?.iter().zip(tokens) {
        let asked = unless_refused(conn, |conn| {
            Ok(ask(conn, &may, work, (customer, token))?.then_some(()).ok_or(()))
        })?;
        let counted = if asked.is_ok() { &mut tally.mailed } else { &mut tally.unmailed };
        *counted = counted.saturating_add(1);
    }
    advance(conn, batch, (last, &tally))
}

fn ask(
    conn: &mut Connection,
    may: &Allowed<AskForAgreements>,
    Work { by, site, now, .. }: Work<'_>,
    (id, token): (&CustomerId, &Token),
) -> Result<bool> {
    let account = customers::store::find(conn, &by.reach(), id)?.account;
    let language = account.letter_language().or(by.language).unwrap_or_default();
    ask_one_of_many(conn, may, (id, account.party()), (language, token, site), now)
}
