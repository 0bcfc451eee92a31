//! Who administers a customer's account, as the customer itself decides: it takes that from its provider or a reseller,
//! and gives it back. What the partners sell, bill and earn stays as it is.

use diesel::prelude::*;

use super::association::{self, NewDelegation};
use super::delegations::{forget_revocation, insert};
use super::{account, ending, find};
use crate::access::permission::DecideDelegatedAdmin;
use crate::access::{Allowed, Viewer};
use crate::activity::{self, Action, Author, Change, Entry};
use crate::customers::model::{Customer, Delegation};
use crate::db::Connection;
use crate::db::schema::{customers, delegations};
use crate::error::{Error, Result};
use crate::notifications::{self, Event, Kind};
use crate::partners::facts::name_of;
use crate::partnerships::directory::{Partner, find_partner};
use crate::values::id::{CustomerId, DelegationId, OrganisationId};
use crate::values::moment::Moment;

/// What came of a decision about a partner of this name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decided {
    Now {
        partner: String,
    },
    /// It is like that: the same was sent before, or a colleague was faster.
    Already {
        partner: String,
    },
    /// The provider's relationship has ended, it works with the reseller no more, or that one may begin nothing.
    Impossible {
        partner: String,
    },
}

impl Decided {
    fn new(is_now: bool, partner: String) -> Self {
        if is_now { Self::Now { partner } } else { Self::Already { partner } }
    }
}

/// Whether the provider administers the viewer's account from now on, or no longer does.
///
/// # Errors
/// [`Error::NotFound`] when there is no such account; database errors.
pub fn set_provider(
    conn: &mut Connection,
    by: &Allowed<DecideDelegatedAdmin>,
    id: &CustomerId,
    is_delegated: bool,
    now: Moment,
) -> Result<Decided> {
    let customer = find(conn, &by.reach(), id)?;
    let provider = name_of(conn, &customer.provider)?;
    if is_delegated && customer.ended_at.is_some() {
        return Ok(Decided::Impossible { partner: provider });
    }
    let other =
        customers::table.filter(customers::id.eq(id)).filter(customers::is_delegated.ne(is_delegated));
    let set = diesel::update(other)
        .set((
            customers::is_delegated.eq(is_delegated),
            customers::undelegated_at.eq(Some(now).filter(|_| !is_delegated)),
        ))
        .execute(conn)?;
    if set > 0 {
        let (action, change) = match is_delegated {
            true => (Action::GiveDelegatedAdmin, Change::new("delegated_admin", "no", "yes")),
            false => (Action::RemoveDelegatedAdmin, Change::new("delegated_admin", "yes", "no")),
        };
        let entry = Entry::new(action, "organisation", customer.provider, &provider)
            .for_customer(id, &customer.account.company_name)
            .with([change]);
        activity::store::record(conn, by, &entry, now)?;
        tell_provider(conn, by, (&customer, (&customer.provider, &provider)), (&entry, is_delegated), now)?;
    }
    Ok(Decided::new(set > 0, provider))
}

/// Ends what a reseller may do for the viewer's account; nobody but the viewer's company lets it in again.
///
/// # Errors
/// [`Error::NotFound`] when there is no such account or delegation; database errors.
pub fn take_from_reseller(
    conn: &mut Connection,
    by: &Allowed<DecideDelegatedAdmin>,
    (id, delegation): (&CustomerId, &DelegationId),
    now: Moment,
) -> Result<Decided> {
    let (customer, shown) = find_delegation(conn, by, id, delegation)?;
    // Another one may have begun since the page was drawn: it is the reseller that is to go.
    let lasting = lasting_of(conn, by, id, &shown.reseller)?;
    let delegation = lasting.unwrap_or(shown);
    let reseller = delegation.reseller_name.clone();
    // Also where the provider was faster: it is not to let the reseller in again.
    let ended = delegations::table.find(&delegation.id);
    diesel::update(ended).set(delegations::is_revoked.eq(true)).execute(conn)?;
    // In the logs of the viewer's company and of the reseller, which is told.
    let of = (id, customer.account.company_name.as_str());
    if !ending::close(conn, &Author::of(by), (of, &delegation), now)? {
        return Ok(Decided::Already { partner: reseller });
    }
    let entry = Entry::new(Action::EndDelegation, "delegation", delegation.id, &reseller)
        .for_customer(id, &customer.account.company_name)
        .with([Change::new("reseller", &reseller, "")]);
    tell_provider(conn, by, (&customer, (&delegation.reseller, &reseller)), (&entry, false), now)?;
    Ok(Decided::Now { partner: reseller })
}

/// Lets a reseller administer the viewer's account again, from which the viewer's company took that away.
///
/// # Errors
/// [`Error::NotFound`] when there is no such account, or none that was taken away so; database errors.
pub fn return_to_reseller(
    conn: &mut Connection,
    by: &Allowed<DecideDelegatedAdmin>,
    (id, taken): (&CustomerId, &DelegationId),
    new: &DelegationId,
    now: Moment,
) -> Result<Decided> {
    let (customer, taken) = find_delegation(conn, by, id, taken)?;
    let (reseller, name) = (taken.reseller, taken.reseller_name);
    if !taken.is_revoked {
        return Ok(Decided::Already { partner: name });
    }
    let may_begin = |partner: Partner| partner.lack().is_none();
    let partner = find_partner(conn, &customer.provider, &reseller)?;
    if customer.ended_at.is_some() || !partner.is_some_and(may_begin) {
        return Ok(Decided::Impossible { partner: name });
    }
    let account = &customer.account;
    let new = NewDelegation {
        id: new,
        customer: id,
        company_name: &account.company_name,
        domain: &account.domain,
        reseller: &reseller,
        reseller_name: &name,
        ends_on: None,
    };
    let is_new = insert(conn, &customer.provider, (&new, &by.name), true, now)?;
    // Also where it administers the account already: nothing stands against it any more.
    forget_revocation(conn, (id, &reseller))?;
    if is_new {
        let entry = association::entry(&new);
        activity::store::record(conn, by, &entry, now)?;
        activity::store::record_for(conn, &reseller, by, &entry, now)?;
        let event = Event::about_customer(Kind::CustomerDelegated, id, &account.company_name);
        notifications::tell(conn, &reseller, by, &event, now)?;
        tell_provider(conn, by, (&customer, (&reseller, &name)), (&entry, true), now)?;
    }
    Ok(Decided::new(is_new, name))
}

/// The provider's log has it, and its people are told: it is its customer, whoever of the partners it is about.
fn tell_provider(
    conn: &mut Connection,
    by: &Viewer,
    (customer, (partner, name)): (&Customer, (&OrganisationId, &str)),
    (entry, is_given): (&Entry, bool),
    now: Moment,
) -> Result<()> {
    activity::store::record_for(conn, &customer.provider, by, entry, now)?;
    let kind = if is_given { Kind::DelegatedAdminGiven } else { Kind::DelegatedAdminRemoved };
    let event = Event::about(kind, "organisation", partner, name)
        .for_customer(&customer.id, &customer.account.company_name);
    notifications::tell(conn, &customer.provider, by, &event, now)
}

/// The delegation of a reseller that lasts, if one does.
fn lasting_of(
    conn: &mut Connection,
    by: &Viewer,
    id: &CustomerId,
    reseller: &OrganisationId,
) -> Result<Option<Delegation>> {
    let held = account::find(conn, &by.reach(), id)?;
    let is_lasting = |one: &Delegation| one.reseller == *reseller && one.ended_at.is_none();
    Ok(held.delegations.into_iter().find(is_lasting))
}

/// A delegation of the viewer's account, whether it lasts or not.
///
/// # Errors
/// [`Error::NotFound`]; database errors.
pub fn find_delegation(
    conn: &mut Connection,
    by: &Viewer,
    id: &CustomerId,
    delegation: &DelegationId,
) -> Result<(Customer, Delegation)> {
    let held = account::find(conn, &by.reach(), id)?;
    let found = held.delegations.into_iter().find(|one| one.id == *delegation);
    Ok((held.customer, found.ok_or(Error::NotFound)?))
}
