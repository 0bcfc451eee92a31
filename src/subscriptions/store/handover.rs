//! Who earns for a customer's subscriptions and who helps with them, changed together with who administers it.

use diesel::prelude::*;

use super::edit::{Subject, state_of};
use super::incentives::{self, name_of};
use super::limits;
use super::row::Row;
use super::support;
use crate::activity::{self, Action as Done, Author, Change};
use crate::customers::model::{Customer, Glimpse};
use crate::db::among::is_among;
use crate::db::schema::subscriptions;
use crate::db::{Connection, try_again};
use crate::error::Result;
use crate::subscriptions::model::{Status, Subscription};
use crate::values::id::{CustomerId, OrganisationId, SubscriptionId};
use crate::values::moment::Moment;

/// What a customer has that is not deleted, by name.
///
/// # Errors
/// Database errors.
pub fn held_by(conn: &mut Connection, customer: &CustomerId) -> Result<Vec<Subscription>> {
    let rows: Vec<Row> = subscriptions::table
        .filter(subscriptions::customer_id.eq(customer))
        .filter(subscriptions::status.ne(Status::Deleted))
        .order((subscriptions::sort_name, subscriptions::id))
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Subscription::from).collect())
}

/// Who earns for a subscription of which customer, and who helps with it.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = subscriptions)]
pub struct Dealing {
    pub id: SubscriptionId,
    pub customer_id: CustomerId,
    #[diesel(column_name = mpn_reseller_id)]
    pub earner: Option<OrganisationId>,
    #[diesel(column_name = support_organisation_id)]
    pub helper: OrganisationId,
}

/// The same for all that these customers have.
///
/// # Errors
/// Database errors.
pub fn dealings_among(conn: &mut Connection, customers: &[CustomerId]) -> Result<Vec<Dealing>> {
    Ok(subscriptions::table
        .filter(is_among(subscriptions::customer_id, customers))
        .filter(subscriptions::status.ne(Status::Deleted))
        .select(Dealing::as_select())
        .load(conn)?)
}

/// The next customers of a provider of whose subscriptions one names a reseller, for incentives or support.
///
/// # Errors
/// Database errors.
pub fn customers_dealing_with(
    conn: &mut Connection,
    (provider, reseller): (&OrganisationId, &OrganisationId),
    after: &str,
    most: i64,
) -> Result<Vec<CustomerId>> {
    let held = || {
        subscriptions::table
            .filter(subscriptions::provider_id.eq(provider))
            .filter(subscriptions::status.ne(Status::Deleted))
            .filter(subscriptions::customer_id.gt(after.to_owned()))
            .select(subscriptions::customer_id)
            .order(subscriptions::customer_id)
            .distinct()
            .limit(most)
    };
    let mut found: Vec<CustomerId> = held().filter(subscriptions::mpn_reseller_id.eq(reseller)).load(conn)?;
    let helped: Vec<CustomerId> =
        held().filter(subscriptions::support_organisation_id.eq(reseller)).load(conn)?;
    found.extend(helped);
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// Who is to earn for a subscription from now on, and who is to help with it; none where that stays.
#[derive(Clone, Debug, Default)]
pub struct Handover {
    /// MPN ID and reseller, or nobody.
    pub earner: Option<Option<(String, OrganisationId)>>,
    pub helper: Option<OrganisationId>,
}

/// Hands a subscription over, as it was read in this transaction. All concerned find their part in their logs, and are
/// told.
///
/// # Errors
/// Database errors.
pub fn hand_over(
    conn: &mut Connection,
    by: &Author,
    (customer, subscription): (&Customer, &Subscription),
    handover: &Handover,
    now: Moment,
) -> Result<()> {
    let subject = subject(conn, customer, subscription, now)?;
    let current = subscription.incentives.clone();
    let wanted = wanted_earner(conn, by, &subject, handover, now)?;
    let earner = wanted.clone().unwrap_or(current);
    let helper = handover.helper.unwrap_or(subscription.support);
    let did_help = subscription.support == subscription.provider
        || support::holds(conn, subscription, &subscription.support)?;
    let as_read = subscriptions::table
        .filter(subscriptions::id.eq(&subscription.id))
        .filter(subscriptions::version.eq(subscription.version));
    let met = diesel::update(as_read)
        .set((
            subscriptions::mpn_id.eq(earner.as_ref().map_or("", |(mpn_id, _)| mpn_id)),
            subscriptions::mpn_reseller_id.eq(earner.as_ref().map(|(_, reseller)| reseller)),
            subscriptions::support_organisation_id.eq(&helper),
            subscriptions::version.eq(subscriptions::version + 1),
        ))
        .execute(conn)?;
    if met == 0 {
        return Err(try_again());
    }
    if wanted.is_some() {
        record_earner(conn, by, &subject, earner.as_ref(), now)?;
    }
    if handover.helper.is_some() {
        record_helper(conn, by, &subject, (did_help, &helper), now)?;
    }
    Ok(())
}

/// Who is to earn from now on: nobody, where the offer is closed to that reseller, or the customer has what it may have with
/// it, which stands in the provider's log. The former one is out in any case.
fn wanted_earner(
    conn: &mut Connection,
    by: &Author,
    subject: &Subject,
    handover: &Handover,
    now: Moment,
) -> Result<Option<Option<(String, OrganisationId)>>> {
    let Some(wanted) = &handover.earner else { return Ok(None) };
    let reseller = wanted.as_ref().map(|(_, reseller)| reseller);
    let is_other = reseller != subject.subscription.earner().as_ref();
    let may_be_refused = is_other && reseller.is_some();
    if may_be_refused && limits::refused(conn, &subject.subscription, reseller)?.is_some() {
        let new = wanted.as_ref().map_or("", |(mpn_id, _)| mpn_id);
        let change = Change::new("mpn_id", subject.subscription.mpn_id(), new);
        let entry = subject.entry(Done::UpdateMpnAssociation, [change]).failed();
        activity::store::record_as(conn, &by.organisation, by, &entry, now)?;
        return Ok(Some(None));
    }
    Ok(Some(wanted.clone()))
}

fn record_earner(
    conn: &mut Connection,
    by: &Author,
    subject: &Subject,
    earner: Option<&(String, OrganisationId)>,
    now: Moment,
) -> Result<()> {
    let former = subject.subscription.incentives.as_ref().map(|(_, reseller)| reseller);
    let (old, new) = (subject.subscription.mpn_id(), earner.map_or("", |(mpn_id, _)| mpn_id));
    let done = match (old, new) {
        ("", _) => Done::CreateMpnAssociation,
        (_, "") => Done::RemoveMpnAssociation,
        _ => Done::UpdateMpnAssociation,
    };
    let reseller = earner.map(|(_, reseller)| reseller);
    let names = (name_of(conn, former)?, name_of(conn, reseller)?);
    let entry =
        subject.entry(done, [Change::new("mpn_id", old, new), Change::new("reseller", names.0, names.1)]);
    activity::store::record_as(conn, &by.organisation, by, &entry, now)?;
    incentives::inform(conn, by, subject, (reseller, new), now)
}

fn record_helper(
    conn: &mut Connection,
    by: &Author,
    subject: &Subject,
    (did_help, helper): (bool, &OrganisationId),
    now: Moment,
) -> Result<()> {
    let old = name_of(conn, Some(&subject.subscription.support))?;
    let new = name_of(conn, Some(helper))?;
    let entry = subject.entry(Done::AssignSupportContact, [Change::new("support_contact", &old, &new)]);
    activity::store::record_as(conn, &by.organisation, by, &entry, now)?;
    support::inform(conn, by, subject, ((did_help, &old), (helper, &new)), now)
}

/// A subscription of the provider's own customer, as changes see it.
fn subject(
    conn: &mut Connection,
    customer: &Customer,
    subscription: &Subscription,
    now: Moment,
) -> Result<Subject> {
    let account = &customer.account;
    let glimpse = Glimpse {
        id: customer.id,
        company_name: account.company_name.clone(),
        domain: account.domain.clone(),
        country: account.country,
        is_held: true,
    };
    let state = state_of(conn, subscription, now.day())?;
    Ok(Subject { subscription: subscription.clone(), customer: glimpse, state })
}
