//! Taking back what rows did, as long as nothing was built on it: everything goes, as if it had never been, and where the
//! database says that something refers to it, it stays.

use super::OfCustomers;
use crate::access::Viewer;
use crate::activity::{self, Action, Change, Entry};
use crate::batches::trade::{Done, Work};
use crate::customers;
use crate::customers::facts::{company_name, is_there, resellers_of};
use crate::customers::store::soon;
use crate::db::{Connection, is_referred_to, unless_refused};
use crate::error::Result;
use crate::existing::model::Undo;
use crate::notifications::{self, Event, Kind};
use crate::orders::store::taking_over::give_up;
use crate::partners::store::companies;
use crate::sheets::Built;
use crate::subscriptions::store::Forgotten;
use crate::users::store::first;
use crate::values::id::CustomerId;
use crate::values::moment::Moment;

type Row<'a> = Done<'a, OfCustomers>;

/// What was built on what a row did, if something was: it is undone for a look.
///
/// # Errors
/// Database errors.
pub(super) fn built(conn: &mut Connection, work: Work<'_>, row: &Row<'_>) -> Result<Option<Built>> {
    attempt(conn, false, |conn| undo(conn, work, row))
}

/// Takes a row back, unless something was built on it.
///
/// # Errors
/// Database errors.
pub(super) fn take_back(
    conn: &mut Connection,
    work: Work<'_>,
    row: &Row<'_>,
) -> Result<std::result::Result<(), Built>> {
    let built = attempt(conn, true, |conn| undo(conn, work, row))?;
    Ok(built.map_or(Ok(()), Err))
}

/// Why it is not undone, or is not to stay undone.
enum Stop {
    Built(Built),
    /// It was only to be seen whether it can be done.
    Tried,
}

fn attempt(
    conn: &mut Connection,
    is_meant: bool,
    undo: impl FnOnce(&mut Connection) -> Result<Option<Built>>,
) -> Result<Option<Built>> {
    let done = unless_refused(conn, |conn| {
        Ok(match undo(conn)? {
            None if is_meant => Ok(()),
            None => Err(Stop::Tried),
            Some(built) => Err(Stop::Built(built)),
        })
    });
    match done {
        Ok(Ok(()) | Err(Stop::Tried)) => Ok(None),
        Ok(Err(Stop::Built(built))) => Ok(Some(built)),
        Err(error) if is_referred_to(&error) => Ok(Some(Built::Used)),
        Err(error) => Err(error),
    }
}

fn undo(conn: &mut Connection, work: Work<'_>, (customer, undo): &Row<'_>) -> Result<Option<Built>> {
    if !is_there(conn, customer)? {
        // It went with the row that had added the customer.
        return Ok(None);
    }
    let company_name = company_name(conn, customer)?;
    if undo.is_new {
        forget(conn, work, (customer, undo, &company_name))
    } else {
        take_off(conn, work, (customer, undo, &company_name))
    }
}

/// The whole customer, with all that the file brought along.
fn forget(
    conn: &mut Connection,
    Work { batch, by, now, .. }: Work<'_>,
    (customer, undo, company_name): (&CustomerId, &Undo, &str),
) -> Result<Option<Built>> {
    let administering = resellers_of(conn, customer)?;
    let Some(gone) = give_up(conn, (customer, &batch.id), None)? else { return Ok(Some(Built::Changed)) };
    if !first::forget_untouched(conn, customer)? {
        return Ok(Some(Built::SignedIn));
    }
    let whose = (customer, &by.organisation.id);
    if !customers::store::forget_untouched(conn, whose, undo.delegation.as_ref())? {
        return Ok(Some(Built::Changed));
    }
    companies::forget(conn, &customer.company())?;
    let entry = Entry::new(Action::TakeCustomerBack, "customer", customer, company_name)
        .for_customer(customer, company_name)
        .with([Change::set("taken_back", batch.name())]);
    activity::store::record(conn, by, &entry, now)?;
    for reseller in &administering {
        activity::store::record_for(conn, reseller, by, &entry, now)?;
        let event = Event::about_customer(Kind::DelegationEnded, customer, company_name);
        notifications::tell(conn, reseller, by, &event, now)?;
    }
    // Whoever both administered it and earned reads of each.
    tell_earners(conn, (by, now), (customer, company_name, &batch.name()), &gone)?;
    Ok(None)
}

/// One subscription of a customer who stays, with the add-ons to it.
fn take_off(
    conn: &mut Connection,
    Work { batch, by, now, .. }: Work<'_>,
    (customer, undo, company_name): (&CustomerId, &Undo, &str),
) -> Result<Option<Built>> {
    let Some((_, order)) = &undo.subscription else { return Ok(Some(Built::Deleted)) };
    let Some(gone) = give_up(conn, (customer, &batch.id), Some(order))? else {
        return Ok(Some(Built::Changed));
    };
    // Nothing is left where it went with what it was an add-on of.
    soon::keep(conn, customer, now.day())?;
    for one in &gone {
        let entry = Entry::new(Action::TakeSubscriptionBack, "subscription", one.id, &one.name)
            .for_customer(customer, company_name)
            .with([Change::set("taken_back", batch.name())]);
        activity::store::record(conn, by, &entry, now)?;
    }
    tell_earners(conn, (by, now), (customer, company_name, &batch.name()), &gone)?;
    Ok(None)
}

/// Who earned for what is gone.
fn tell_earners(
    conn: &mut Connection,
    (by, now): (&Viewer, Moment),
    (customer, company_name, file): (&CustomerId, &str, &str),
    gone: &[Forgotten],
) -> Result<()> {
    for one in gone {
        let Some(reseller) = &one.earner else { continue };
        let entry = Entry::new(Action::RemoveMpnAssociation, "subscription", one.id, &one.name)
            .for_customer(customer, company_name)
            .with([Change::new("mpn_id", &one.mpn_id, ""), Change::set("taken_back", file)]);
        activity::store::record_for(conn, reseller, by, &entry, now)?;
        let event = Event::about(Kind::IncentivesEnded, "subscription", one.id, &one.name)
            .for_customer(customer, company_name)
            .changed(&one.mpn_id, "");
        notifications::tell(conn, reseller, by, &event, now)?;
    }
    Ok(())
}
