//! The end of a handover: by itself, or because somebody stops it. What was done stays; the resellers concerned get their
//! letters with the numbers, and whoever began it learns what came of it.

use diesel::prelude::*;

use super::beginning::entry;
use super::carrying::beginner;
use super::row;
use crate::access::Allowed;
use crate::access::permission::HandCustomersOver;
use crate::activity::{self, Action, Author, Change, Entry};
use crate::customers::store::selection;
use crate::db::schema::handovers;
use crate::db::{Connection, try_again};
use crate::error::Result;
use crate::handovers::letters::ended::Ended;
use crate::handovers::letters::summary::Summary;
use crate::handovers::model::{Handover, Source, State};
use crate::mail::compose::Written as _;
use crate::mail::outbox;
use crate::partners::facts::name_of;
use crate::partners::store::admins::global_admins_of;
use crate::relationships::model::Side;
use crate::values::id::{HandoverId, LetterId, OrganisationId};
use crate::values::moment::Moment;
use crate::web::Site;

/// So many Global admins of a reseller are written to.
const MOST_ADMINS: usize = 10;

/// Every customer has had its turn.
///
/// # Errors
/// When a letter cannot be written; database errors.
pub fn finish(conn: &mut Connection, handover: &Handover, site: &Site, now: Moment) -> Result<()> {
    if !close(conn, &handover.id, (State::Done, ""), now)? {
        return Err(try_again());
    }
    let provider_name = name_of(conn, &handover.provider)?;
    let (person, name) = &handover.begun_by;
    let by = Author::absent((person, name), (&handover.provider, &provider_name));
    activity::store::record_as(conn, &handover.provider, &by, &ended(Action::FinishHandover, handover), now)?;
    tell_resellers(conn, (&by, handover), site, now)?;
    let told = match beginner(conn, handover)? {
        Some(person) => vec![person],
        None => global_admins_of(conn, &handover.provider)?,
    };
    for to in &told {
        let letter = Ended { handover, to, site }.letter()?;
        outbox::put(conn, &LetterId::new(), &letter, now)?;
    }
    Ok(())
}

/// Stops it for good. Answers `false` when it had come to its end by then.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when there is none; database errors.
pub fn stop(
    conn: &mut Connection,
    by: &Allowed<HandCustomersOver>,
    id: &HandoverId,
    site: &Site,
    now: Moment,
) -> Result<bool> {
    super::find(conn, by, id)?;
    if !close(conn, id, (State::Stopped, &by.name), now)? {
        return Ok(false);
    }
    // What was counted up to now, and nothing after it.
    let handover = row::read(conn, id)?;
    if let Source::Selection(apart) = &handover.choices.source {
        selection::forget(conn, apart)?;
    }
    let entry = ended(Action::StopHandover, &handover).with([Change::set("left", handover.tally.left())]);
    activity::store::record(conn, by, &entry, now)?;
    tell_resellers(conn, (&Author::of(by), &handover), site, now)?;
    Ok(true)
}

fn close(conn: &mut Connection, id: &HandoverId, (state, by): (State, &str), now: Moment) -> Result<bool> {
    let under_way = handovers::table
        .filter(handovers::id.eq(id))
        .filter(handovers::state.eq_any([State::Gathering, State::Working]));
    let met = diesel::update(under_way)
        .set((handovers::state.eq(state), handovers::settled_at.eq(now), handovers::settled_by_name.eq(by)))
        .execute(conn)?;
    Ok(met == 1)
}

fn ended(action: Action, handover: &Handover) -> Entry {
    let names = (handover.former_name().unwrap_or_default(), handover.reseller_name().unwrap_or_default());
    let tally = &handover.tally;
    entry(action, &handover.id, names).with([
        Change::set("customers_done", tally.done),
        Change::set("customers_unchanged", tally.unchanged),
        Change::set("customers_refused", tally.refused),
    ])
}

/// One letter each, if it was not left out and there is something to tell.
fn tell_resellers(
    conn: &mut Connection,
    (by, handover): (&Author, &Handover),
    site: &Site,
    now: Moment,
) -> Result<()> {
    if handover.tally.done == 0 {
        return Ok(());
    }
    let answers = beginner(conn, handover)?;
    for draft in &handover.choices.letters {
        let Some(reseller) = addressee(handover, draft.side) else { continue };
        for to in global_admins_of(conn, reseller)?.iter().take(MOST_ADMINS) {
            let reply_to = answers.as_ref().map(|person| &person.email);
            let letter = Summary { by, handover, draft, to: &to.email, reply_to, site }.letter()?;
            outbox::put(conn, &LetterId::new(), &letter, now)?;
        }
    }
    Ok(())
}

fn addressee(handover: &Handover, side: Side) -> Option<&OrganisationId> {
    match side {
        Side::Reseller => handover.reseller_id(),
        Side::Former => handover.former_id(),
        Side::Customer => None,
    }
}
