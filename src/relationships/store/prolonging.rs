//! Until when delegations last, changed one by one or many at once.

use chrono::NaiveDate;

use crate::access::Allowed;
use crate::access::permission::{AssociateResellers, EndDelegations};
use crate::activity::{self, Action, Author, Change, Entry};
use crate::customers::model::{Customer, Delegation, stage};
use crate::customers::store::delegations::{self, Ending, lasting_among, set_end};
use crate::customers::store::{find, soon};
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::notifications::{self, Event, Kind};
use crate::relationships::model::Obstacle;
use crate::values::id::{CustomerId, DelegationId};
use crate::values::moment::Moment;

/// A delegation of one of the viewer's customers.
///
/// # Errors
/// [`Error::NotFound`] when there is none; database errors.
pub fn facts(
    conn: &mut Connection,
    by: &Allowed<AssociateResellers>,
    customer: &CustomerId,
    id: &DelegationId,
) -> Result<(Customer, Delegation)> {
    let customer = find(conn, &by.reach(), customer)?;
    let all = delegations::of_customer(conn, &customer.id)?;
    let delegation = all.into_iter().find(|one| one.id == *id).ok_or(Error::NotFound)?;
    Ok((customer, delegation))
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prolonged {
    Now,
    Same,
    /// It has another last day by now, or has ended.
    Stale,
    /// It would end earlier, which takes whoever may end delegations.
    Earlier,
    /// Nothing more is given for the customer.
    Refused(Obstacle),
}

/// Gives one delegation another last day, or none, in place of the one that the page showed.
///
/// # Errors
/// [`Error::NotFound`] when it is beyond reach; database errors.
pub fn prolong(
    conn: &mut Connection,
    by: &Allowed<AssociateResellers>,
    (customer, id): (&CustomerId, &DelegationId),
    (shown, ends_on): (Option<NaiveDate>, Option<NaiveDate>),
    now: Moment,
) -> Result<Prolonged> {
    let (customer, delegation) = facts(conn, by, customer, id)?;
    if let Some(obstacle) = obstacle(&customer) {
        return Ok(Prolonged::Refused(obstacle));
    }
    let company_name = customer.account.company_name.clone();
    let ending = Ending { delegation, customer: customer.id, company_name, provider: customer.provider };
    set(conn, by, &ending, (shown, ends_on), now)
}

/// Why nothing that a reseller was given for a customer is prolonged.
pub fn obstacle(customer: &Customer) -> Option<Obstacle> {
    match customer {
        Customer { ended_at: Some(_), .. } => Some(Obstacle::CustomerEnded),
        Customer { is_delegated: false, .. } => Some(Obstacle::RemovedByCustomer),
        _ => None,
    }
}

/// How many of those that were ticked got another last day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub prolonged: usize,
    /// They had that one already.
    pub same: usize,
    /// They have another one by now, or have ended.
    pub stale: usize,
    /// They would end earlier, which takes whoever may end delegations.
    pub earlier: usize,
}

/// Gives those that were ticked one last day, or none, each in place of the one that the page showed.
///
/// # Errors
/// As for one; database errors.
pub fn prolong_all(
    conn: &mut Connection,
    by: &Allowed<AssociateResellers>,
    ticked: &[(DelegationId, NaiveDate)],
    ends_on: Option<NaiveDate>,
    now: Moment,
) -> Result<Tally> {
    let ids: Vec<DelegationId> = ticked.iter().map(|(id, _)| *id).collect();
    let found = lasting_among(conn, &by.organisation.id, &ids)?;
    let mut tally = Tally { stale: ticked.len().saturating_sub(found.len()), ..Tally::default() };
    for ending in &found {
        let shown = ticked.iter().find(|(id, _)| *id == ending.delegation.id).map(|(_, shown)| *shown);
        match set(conn, by, ending, (shown, ends_on), now)? {
            Prolonged::Now => tally.prolonged += 1,
            Prolonged::Same => tally.same += 1,
            Prolonged::Earlier => tally.earlier += 1,
            Prolonged::Stale | Prolonged::Refused(_) => tally.stale += 1,
        }
    }
    Ok(tally)
}

fn set(
    conn: &mut Connection,
    by: &Allowed<AssociateResellers>,
    ending: &Ending,
    (shown, ends_on): (Option<NaiveDate>, Option<NaiveDate>),
    now: Moment,
) -> Result<Prolonged> {
    let delegation = &ending.delegation;
    if delegation.lasts() && delegation.ends_on == ends_on {
        return Ok(Prolonged::Same);
    }
    if !delegation.lasts() || delegation.ends_on != shown {
        return Ok(Prolonged::Stale);
    }
    let ends_earlier = ends_on.is_some_and(|new| shown.is_none_or(|old| new < old));
    if ends_earlier && !by.may::<EndDelegations>() {
        return Ok(Prolonged::Earlier);
    }
    let reminded = ends_on.and_then(|last| stage(last, now.day()));
    if !set_end(conn, &delegation.id, (shown, ends_on), reminded)? {
        return Ok(Prolonged::Stale);
    }
    soon::keep(conn, &ending.customer, now.day())?;
    record(conn, by, ending, ends_on, now)?;
    Ok(Prolonged::Now)
}

fn record(
    conn: &mut Connection,
    by: &Allowed<AssociateResellers>,
    ending: &Ending,
    ends_on: Option<NaiveDate>,
    now: Moment,
) -> Result<()> {
    let Ending { delegation, customer, company_name, .. } = ending;
    let written = |day: Option<NaiveDate>| day.map_or_else(String::new, |day| day.to_string());
    let entry = Entry::new(Action::ProlongDelegation, "delegation", delegation.id, &delegation.reseller_name)
        .for_customer(customer, company_name)
        .with([Change::new("ends_on", written(delegation.ends_on), written(ends_on))]);
    let author = Author::of(by);
    activity::store::record_as(conn, &author.organisation, &author, &entry, now)?;
    activity::store::record_as(conn, &delegation.reseller, &author, &entry, now)?;
    let event = Event::about_customer(Kind::DelegationProlonged, customer, company_name);
    notifications::tell_as(conn, &delegation.reseller, &author, &event, now)
}
