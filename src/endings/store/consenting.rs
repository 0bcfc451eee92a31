//! Delegated administration comes back once the customer has agreed to it again.

use diesel::prelude::*;

use super::comeback::{self, Comeback};
use super::planning::about;
use crate::access::Allowed;
use crate::access::permission::{DecideDelegatedAdmin, ReinstateCustomers};
use crate::activity::{self, Action, Author, Change};
use crate::customers::model::Customer;
use crate::customers::store::relationship::{mark_delegated, resume_delegation};
use crate::customers::store::soon;
use crate::db::Connection;
use crate::db::schema::endings;
use crate::endings::model::Consent;
use crate::error::Result;
use crate::notifications::{self, Event, Kind};
use crate::values::id::CustomerId;
use crate::values::moment::Moment;

/// Records the consent of a customer that came back without. Answers `false` when none is awaited any more.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when the customer is beyond reach; database errors.
pub fn take(
    conn: &mut Connection,
    by: &Allowed<ReinstateCustomers>,
    (customer, consent): (&CustomerId, &Consent),
    now: Moment,
) -> Result<bool> {
    let Some(back) = comeback::find_awaiting(conn, by, customer, now)? else { return Ok(false) };
    keep(conn, by, (&back, consent), now)
}

/// Keeps the consent, and gives the customer back to every reseller that had it and lacks nothing. Answers `false` when
/// the customer took delegated administration away by itself, or gave it.
pub(super) fn keep(
    conn: &mut Connection,
    by: &Allowed<ReinstateCustomers>,
    (back, consent): (&Comeback, &Consent),
    now: Moment,
) -> Result<bool> {
    if !mark_delegated(conn, &back.customer.id)? {
        return Ok(false);
    }
    resume(conn, &Author::of(by), (back, consent, &by.name), now)?;
    Ok(true)
}

/// The same for a customer that came back without, once it has let its provider administer it by itself.
///
/// # Errors
/// Database errors.
pub fn resume_for_customer(
    conn: &mut Connection,
    by: &Allowed<DecideDelegatedAdmin>,
    customer: &Customer,
    now: Moment,
) -> Result<()> {
    let Some(back) = comeback::of_own_accord(conn, customer, now)? else { return Ok(()) };
    let consent = Consent { name: by.name.clone(), email: by.mailbox.clone(), on: now.day() };
    resume(conn, &Author::of(by), (&back, &consent, ""), now)
}

/// `confirmed_by` is nobody where the customer said it itself.
fn resume(
    conn: &mut Connection,
    by: &Author,
    (back, consent, confirmed_by): (&Comeback, &Consent, &str),
    now: Moment,
) -> Result<()> {
    let set = (
        endings::consent_name.eq(&consent.name),
        endings::consent_email.eq(&consent.email),
        endings::consent_on.eq(consent.on),
        endings::consent_by_name.eq(confirmed_by),
    );
    diesel::update(endings::table.find(&back.ending.id)).set(set).execute(conn)?;
    let customer = &back.customer;
    let changes = [
        Change::set("accepted_by", &consent.name),
        Change::set("email", &consent.email),
        Change::set("accepted_on", consent.on),
    ];
    let mut entry = about(Action::RecordDelegationConsent, customer).with(changes);
    let event =
        Event::about_customer(Kind::RelationshipReinstated, &customer.id, &customer.account.company_name);
    for one in back.resellers.iter().filter(|one| one.lack.is_none()) {
        let reseller = &one.delegation.reseller;
        if resume_delegation(conn, (&customer.id, reseller), &one.delegation.id)? {
            let name = &one.delegation.reseller_name;
            let given = about(Action::ReinstateCustomer, customer).with([Change::set("reseller", name)]);
            activity::store::record_as(conn, reseller, by, &given, now)?;
            notifications::tell_as(conn, reseller, by, &event, now)?;
            entry = entry.with([Change::set("reseller", name)]);
        }
    }
    // What comes back may end soon.
    soon::keep(conn, &customer.id, now.day())?;
    activity::store::record_as(conn, &customer.provider, by, &entry, now)
}
