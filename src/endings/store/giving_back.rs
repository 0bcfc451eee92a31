//! A reseller gives a customer back: its own side ends, the provider's relationship does not.

use super::planning::about;
use crate::access::Allowed;
use crate::access::permission::GiveCustomersBack;
use crate::activity::{self, Action, Change};
use crate::customers::model::{Customer, Delegation};
use crate::customers::store::{account, delegations, soon};
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::notifications::{self, Event, Kind};
use crate::subscriptions::facts::{count_rewarded, count_supported};
use crate::subscriptions::store::of_customer::{give_up_incentives, give_up_support};
use crate::values::id::CustomerId;
use crate::values::moment::Moment;

/// What there is to know before.
#[derive(Clone, Debug)]
pub struct Question {
    pub customer: Customer,
    pub provider_name: String,
    pub delegation: Delegation,
    /// Subscriptions that name the reseller, and those that it only supports.
    pub rewarded: i64,
    pub supported: i64,
}

/// A customer that the viewer's organisation administers, with what it would lose.
///
/// # Errors
/// [`Error::NotFound`] when it administers no such customer; database errors.
pub fn find(conn: &mut Connection, by: &Allowed<GiveCustomersBack>, id: &CustomerId) -> Result<Question> {
    let held = account::find(conn, &by.reach(), id)?;
    let own = &by.organisation.id;
    let delegation = held.delegations.into_iter().find(|one| one.reseller == *own).ok_or(Error::NotFound)?;
    Ok(Question {
        rewarded: count_rewarded(conn, id, own)?,
        supported: count_supported(conn, id, own)?,
        customer: held.customer,
        provider_name: held.provider_name,
        delegation,
    })
}

/// Whether the viewer's organisation administered a customer once, and no longer does: it was given back, or taken away.
///
/// # Errors
/// Database errors.
pub fn is_past(conn: &mut Connection, by: &Allowed<GiveCustomersBack>, id: &CustomerId) -> Result<bool> {
    let all = delegations::of_customer(conn, id)?;
    let mut own = all.iter().filter(|one| one.reseller == by.organisation.id).peekable();
    Ok(own.peek().is_some() && own.all(|one| !one.lasts()))
}

/// Gives a customer back, whose subscriptions go on naming the reseller or not. Answers with the names of the customer and
/// its provider.
///
/// # Errors
/// [`Error::NotFound`] when the viewer's organisation administers no such customer; database errors.
pub fn give_back(
    conn: &mut Connection,
    by: &Allowed<GiveCustomersBack>,
    (id, stays_named): (&CustomerId, bool),
    now: Moment,
) -> Result<(String, String)> {
    let question = find(conn, by, id)?;
    let customer = &question.customer;
    if !delegations::mark_ended(conn, &question.delegation.id, &by.name, now)? {
        return Err(Error::NotFound);
    }
    soon::keep(conn, id, now.day())?;
    let supported = give_up_support(conn, by, customer, now)?;
    let rewarded = if stays_named { 0 } else { give_up_incentives(conn, by, customer, now)? };
    let changes = [
        Change::new("reseller", &by.organisation.name, ""),
        Change::set("subscriptions_supported", supported),
        Change::set("subscriptions_named", rewarded),
    ];
    let entry =
        about(Action::GiveCustomerBack, customer).with(changes.into_iter().filter(|it| it.new != "0"));
    activity::store::record(conn, by, &entry, now)?;
    activity::store::record_for(conn, &customer.provider, by, &entry, now)?;
    let event = Event::about_customer(Kind::CustomerGivenBack, id, &customer.account.company_name);
    notifications::tell(conn, &customer.provider, by, &event, now)?;
    Ok((question.customer.account.company_name, question.provider_name))
}
