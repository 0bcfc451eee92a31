//! Carrying an end out, for somebody at a page or by the plan of somebody: all of it or nothing, once.

use diesel::prelude::*;

use super::obstacles;
use super::planning::about;
use crate::activity::{self, Action, Author, Change};
use crate::agreements::store::requests;
use crate::customers::model::Customer;
use crate::customers::store::delegations;
use crate::customers::store::relationship::{delegations_of, mark_ended};
use crate::customers::store::soon;
use crate::db::Connection;
use crate::db::schema::{ended_delegations, endings};
use crate::endings::model::{Ending, Hindrance, State};
use crate::error::Result;
use crate::mail::letter::Letter;
use crate::mail::outbox;
use crate::notifications::{self, Event, Kind};
use crate::partners::facts::name_of;
use crate::relationships::store::plans;
use crate::subscriptions::facts::resellers_named;
use crate::subscriptions::store::tenant_owner;
use crate::values::id::{EndingId, LetterId, OrganisationId};
use crate::values::moment::Moment;

/// What came of carrying an end out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carried {
    Done,
    /// The relationship had ended before; nothing was written.
    Before,
    Hindered(Hindrance),
}

/// Ends the relationship by a kept plan. Whatever stands in the way at this moment refuses it, so that it does not matter
/// who ordered or reactivated something since the page was drawn.
///
/// # Errors
/// Database errors.
pub fn carry_out(
    conn: &mut Connection,
    by: &Author,
    (id, customer): (&EndingId, &Customer),
    letter: Option<&(LetterId, Letter)>,
    now: Moment,
) -> Result<Carried> {
    if let Some(hindrance) = obstacles(conn, &customer.id, now)?.first() {
        record_refusal(conn, by, customer, hindrance, now)?;
        return Ok(Carried::Hindered(hindrance));
    }
    if !mark_ended(conn, &customer.id, &by.name, now)? {
        return Ok(Carried::Before);
    }
    let set = (
        endings::state.eq(State::Ended),
        endings::ended_at.eq(now),
        endings::state_since.eq(now),
        endings::version.eq(endings::version + 1),
    );
    diesel::update(endings::table.find(id)).set(set).execute(conn)?;
    requests::revoke_as(conn, by, &customer.id, now)?;
    plans::drop_with(conn, by, (&customer.id, &customer.account.company_name), now)?;
    let resellers = take_away(conn, by, (id, customer), now)?;
    tenant_owner::end_all(conn, by, customer, now)?;
    soon::keep(conn, &customer.id, now.day())?;
    record(conn, by, customer, &resellers, now)?;
    if let Some((id, letter)) = letter {
        outbox::put(conn, id, letter, now)?;
    }
    Ok(Carried::Done)
}

/// Ends every delegation, and remembers which they were. Answers everybody who loses the customer or subscriptions of
/// it.
fn take_away(
    conn: &mut Connection,
    by: &Author,
    (id, customer): (&EndingId, &Customer),
    now: Moment,
) -> Result<Vec<OrganisationId>> {
    let mut resellers = Vec::new();
    for (delegation, reseller) in delegations_of(conn, &customer.id)? {
        delegations::mark_ended(conn, &delegation, &by.name, now)?;
        let row = (ended_delegations::ending_id.eq(id), ended_delegations::delegation_id.eq(&delegation));
        diesel::insert_into(ended_delegations::table).values(row).execute(conn)?;
        resellers.push(reseller);
    }
    for reseller in resellers_named(conn, &customer.id)? {
        if !resellers.contains(&reseller) {
            resellers.push(reseller);
        }
    }
    Ok(resellers)
}

/// The provider reads who lost the customer; each of those reads of itself, and is told.
fn record(
    conn: &mut Connection,
    by: &Author,
    customer: &Customer,
    resellers: &[OrganisationId],
    now: Moment,
) -> Result<()> {
    let ended =
        about(Action::EndRelationship, customer).with([Change::new("relationship", "active", "ended")]);
    let mut whole = ended.clone();
    for reseller in resellers {
        whole = whole.with([Change::new("reseller", name_of(conn, reseller)?, "")]);
    }
    activity::store::record_as(conn, &by.organisation, by, &whole, now)?;
    let name = &customer.account.company_name;
    let event = Event::about_customer(Kind::RelationshipEnded, &customer.id, name);
    for reseller in resellers {
        activity::store::record_as(conn, reseller, by, &ended, now)?;
        notifications::tell_as(conn, reseller, by, &event, now)?;
    }
    Ok(())
}

/// That an end was tried, and what stood in its way.
///
/// # Errors
/// Database errors.
pub fn record_refusal(
    conn: &mut Connection,
    by: &Author,
    customer: &Customer,
    hindrance: Hindrance,
    now: Moment,
) -> Result<()> {
    let changes =
        [Change::new("relationship", "active", "ended"), Change::set("hindrance", hindrance.as_text())];
    let entry = about(Action::EndRelationship, customer).with(changes).failed();
    activity::store::record_as(conn, &by.organisation, by, &entry, now)
}

/// Closes a plan that could not be carried out on its day, and has the provider told why.
///
/// # Errors
/// Database errors.
pub fn give_up(
    conn: &mut Connection,
    (plan, customer): (&Ending, &Customer),
    hindrance: Hindrance,
    now: Moment,
) -> Result<()> {
    let set = (
        endings::state.eq(State::Refused),
        endings::hindrance.eq(hindrance),
        endings::state_since.eq(now),
        endings::version.eq(endings::version + 1),
    );
    diesel::update(endings::table.find(&plan.id)).set(set).execute(conn)?;
    soon::keep(conn, &customer.id, now.day())?;
    let name = &customer.account.company_name;
    let event = Event::about_customer(Kind::PlannedEndFailed, &customer.id, name);
    notifications::tell_by_portal(conn, &plan.provider, &event.changed("", hindrance.as_text()), now)
}

/// Closes a plan of a relationship that has ended already.
///
/// # Errors
/// Database errors.
pub fn forget(conn: &mut Connection, plan: &Ending, now: Moment) -> Result<()> {
    let set = (endings::state.eq(State::Dropped), endings::state_since.eq(now));
    diesel::update(endings::table.find(&plan.id)).set(set).execute(conn)?;
    Ok(())
}
