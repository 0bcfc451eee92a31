//! Which resellers administer a customer: how that begins, and how one takes the place of another.

use diesel::prelude::*;

use super::account;
use super::delegated_admin::is_revoked;
use super::ending::{self, Ending};
use crate::access::permission::{AssociateResellers, EndDelegations};
use crate::access::{Allowed, Viewer};
use crate::activity::{self, Action, Change, Entry};
use crate::customers::facts::demand_lasting;
use crate::customers::model::{Customer, Delegation, mark_of_resellers};
use crate::db::schema::delegations;
use crate::db::{Connection, try_again, unless_taken};
use crate::error::Result;
use crate::notifications::{self, Event, Kind};
use crate::orders::facts as orders;
use crate::partnerships::directory::{Partner, find_partner, partners_of};
use crate::subscriptions::facts as subscriptions;
use crate::values::id::{CustomerId, DelegationId, OrganisationId};
use crate::values::moment::Moment;
use crate::values::name::sort_name;
use crate::values::problem::Problem;

/// What there is to know before a reseller is let in.
#[derive(Clone, Debug)]
pub struct Association {
    pub customer: Customer,
    /// Who administers it now.
    pub administering: Vec<Delegation>,
    /// The provider's partners that do not administer it yet, by name.
    pub partners: Vec<Partner>,
    /// What the reseller will see.
    pub subscriptions: i64,
    pub orders: i64,
    /// Whose place it takes, and what that one loses.
    pub replaced: Option<Ending>,
}

impl Association {
    /// Tells whether a page still shows who administers the customer.
    pub fn mark(&self) -> String {
        mark_of_resellers(&self.administering)
    }

    /// Whether the one whose place is to be taken is out already.
    pub fn is_too_late(&self) -> bool {
        self.replaced.as_ref().is_some_and(|ending| ending.delegation.ended_at.is_some())
    }
}

/// What somebody wants.
#[derive(Clone, Debug)]
pub struct Wish {
    pub customer: CustomerId,
    /// Of the delegation that begins; chosen by the page.
    pub delegation: DelegationId,
    pub reseller: OrganisationId,
    /// [`Association::mark`] of the page.
    pub mark: String,
}

/// What came of a wish. Both names are the resellers'.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Associated {
    Now {
        reseller: String,
        replaced: Option<String>,
    },
    /// The same page was sent before.
    Before {
        reseller: String,
    },
    /// The chosen reseller cannot be named.
    Wrong(Problem),
    /// Who administers the customer has changed since the page was drawn.
    Stale,
}

/// A customer of the viewer's organisation with everything that a page about associating needs.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when it is beyond reach, or the delegation is not one of it; database errors.
pub fn facts(
    conn: &mut Connection,
    by: &Allowed<AssociateResellers>,
    customer: &CustomerId,
    replaced: Option<&DelegationId>,
) -> Result<Association> {
    let held = account::find(conn, &by.reach(), customer)?;
    demand_lasting(conn, customer)?;
    let replaced = replaced.map(|id| ending::facts(conn, by, customer, id)).transpose()?;
    let administering: Vec<Delegation> =
        held.delegations.into_iter().filter(|delegation| delegation.ended_at.is_none()).collect();
    let mut partners = partners_of(conn, &by.organisation.id)?;
    partners.retain(|partner| administering.iter().all(|one| one.reseller != partner.reseller));
    let subscriptions = subscriptions::count_of(conn, customer)?;
    let orders = orders::count_of(conn, customer)?;
    Ok(Association { customer: held.customer, administering, partners, subscriptions, orders, replaced })
}

/// Lets one more reseller administer a customer.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when the customer is beyond reach; database errors.
pub fn associate(
    conn: &mut Connection,
    by: &Allowed<AssociateResellers>,
    wish: &Wish,
    now: Moment,
) -> Result<Associated> {
    take(conn, by, wish, None, now)
}

/// Lets a reseller administer a customer in place of another one.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when the customer is beyond reach; database errors.
pub fn replace(
    conn: &mut Connection,
    (by, _): (&Allowed<AssociateResellers>, &Allowed<EndDelegations>),
    wish: &Wish,
    replaced: &DelegationId,
    now: Moment,
) -> Result<Associated> {
    take(conn, by, wish, Some(replaced), now)
}

fn take(
    conn: &mut Connection,
    by: &Allowed<AssociateResellers>,
    wish: &Wish,
    replaced: Option<&DelegationId>,
    now: Moment,
) -> Result<Associated> {
    let held = account::find(conn, &by.reach(), &wish.customer)?;
    let (customer, delegations) = (held.customer, held.delegations);
    if let Some(made) = delegations.iter().find(|one| one.id == wish.delegation) {
        return Ok(if made.reseller == wish.reseller {
            Associated::Before { reseller: made.reseller_name.clone() }
        } else {
            Associated::Stale
        });
    }
    let lasting: Vec<&Delegation> = delegations.iter().filter(|one| one.ended_at.is_none()).collect();
    let former = replaced.map(|id| lasting.iter().find(|one| one.id == *id).copied());
    if matches!(former, Some(None)) || mark_of_resellers(lasting.iter().copied()) != wish.mark {
        return Ok(Associated::Stale);
    }
    let partner = match eligible(conn, by, &customer, &wish.reseller)? {
        Ok(partner) => partner,
        Err((problem, name)) => {
            let entry =
                entry(&wish.delegation, &name, (&customer.id, &customer.account.company_name)).failed();
            activity::store::record(conn, by, &entry, now)?;
            return Ok(Associated::Wrong(problem));
        }
    };
    let new = NewDelegation {
        id: &wish.delegation,
        customer: &customer.id,
        company_name: &customer.account.company_name,
        domain: &customer.account.domain,
        reseller: &partner.reseller,
        reseller_name: &partner.name,
    };
    if !begin(conn, by, &new, now)? {
        return Ok(Associated::Stale);
    }
    let former = former.flatten();
    if let Some(former) = former
        && !ending::close(conn, by, (&customer, former), now)?
    {
        return Err(try_again());
    }
    Ok(Associated::Now {
        reseller: partner.name,
        replaced: former.map(|former| former.reseller_name.clone()),
    })
}

/// The partner that was chosen, or why it cannot be named, with the name of whoever may be named in the log.
fn eligible(
    conn: &mut Connection,
    by: &Viewer,
    customer: &Customer,
    reseller: &OrganisationId,
) -> Result<Result<Partner, (Problem, String)>> {
    let Some(partner) = find_partner(conn, &by.organisation.id, reseller)? else {
        return Ok(Err((Problem::NotInPartnership, String::new())));
    };
    // What the customer itself took away, nobody else gives.
    if !customer.is_delegated || is_revoked(conn, &customer.id, reseller)? {
        return Ok(Err((Problem::RemovedByCustomer, partner.name)));
    }
    Ok(match partner.lack() {
        Some(lack) => Err((lack.problem(), partner.name)),
        None => Ok(partner),
    })
}

/// A delegation that begins.
#[derive(Clone, Copy, Debug)]
pub struct NewDelegation<'a> {
    pub id: &'a DelegationId,
    pub customer: &'a CustomerId,
    pub company_name: &'a str,
    pub domain: &'a str,
    pub reseller: &'a OrganisationId,
    pub reseller_name: &'a str,
}

/// The deed, with its records in both logs: from now on the reseller administers this customer of the viewer's
/// organisation. Answers `false` when it does already.
///
/// # Errors
/// Database errors.
pub fn begin(conn: &mut Connection, by: &Viewer, new: &NewDelegation<'_>, now: Moment) -> Result<bool> {
    demand_lasting(conn, new.customer)?;
    let is_new = unless_taken(conn, |conn| {
        diesel::insert_into(delegations::table)
            .values((
                delegations::id.eq(new.id),
                delegations::customer_id.eq(new.customer),
                delegations::reseller_id.eq(new.reseller),
                delegations::provider_id.eq(&by.organisation.id),
                delegations::customer_sort_name.eq(sort_name(new.company_name)),
                delegations::customer_domain.eq(new.domain),
                delegations::since.eq(now),
            ))
            .execute(conn)
    })?;
    if is_new {
        let entry = entry(new.id, new.reseller_name, (new.customer, new.company_name));
        activity::store::record(conn, by, &entry, now)?;
        activity::store::record_for(conn, new.reseller, by, &entry, now)?;
        let event = Event::about_customer(Kind::CustomerDelegated, new.customer, new.company_name);
        notifications::tell(conn, new.reseller, by, &event, now)?;
    }
    Ok(is_new)
}

fn entry(id: &DelegationId, reseller: &str, (customer, company_name): (&CustomerId, &str)) -> Entry {
    Entry::new(Action::CreateDelegation, "delegation", id, reseller)
        .for_customer(customer, company_name)
        .with([Change::set("reseller", reseller)])
}
