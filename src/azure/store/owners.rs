//! Who has tenant owner permission for what is billed by usage. It is given to the reseller that a subscription names, and
//! ends with that.

use diesel::prelude::*;

use crate::activity::{self, Action, Author, Change, Entry};
use crate::azure::model::owner::{OwnerEnd, TenantOwner};
use crate::db::Connection;
use crate::db::schema::tenant_owners;
use crate::error::Result;
use crate::notifications::{self, Event, Kind};
use crate::partners::facts::name_of;
use crate::values::id::{CustomerId, OrganisationId, SubscriptionId, TenantOwnerId};
use crate::values::moment::Moment;

/// What the permission is for: ids and names of a subscription and its customer.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    pub subscription: (&'a SubscriptionId, &'a str),
    pub customer: (&'a CustomerId, &'a str),
    /// Whose customer it is.
    pub provider: &'a OrganisationId,
}

#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = tenant_owners)]
struct Row {
    id: TenantOwnerId,
    subscription_id: SubscriptionId,
    reseller_id: OrganisationId,
    given_at: Moment,
    given_by_name: String,
    ended_at: Option<Moment>,
    ended_by_name: String,
    end_reason: Option<OwnerEnd>,
}

impl Row {
    fn read(self, conn: &mut Connection) -> Result<TenantOwner> {
        Ok(TenantOwner {
            subscription: self.subscription_id,
            reseller_name: name_of(conn, &self.reseller_id)?,
            reseller: self.reseller_id,
            given_at: self.given_at,
            given_by: self.given_by_name,
            ended: self.ended_at.zip(self.end_reason),
            ended_by: self.ended_by_name,
        })
    }
}

/// Who has it for a subscription, which the caller has found within reach.
///
/// # Errors
/// Database errors.
pub fn of_subscription(conn: &mut Connection, id: &SubscriptionId) -> Result<Option<TenantOwner>> {
    lasting(conn, id)?.map(|row| row.read(conn)).transpose()
}

/// Who has it for a customer's subscriptions, and who had it, the latest first.
///
/// # Errors
/// Database errors.
pub fn of_customer(conn: &mut Connection, id: &CustomerId) -> Result<Vec<TenantOwner>> {
    let rows: Vec<Row> = tenant_owners::table
        .filter(tenant_owners::customer_id.eq(id))
        .order((tenant_owners::ended_at.is_not_null(), tenant_owners::given_at.desc(), tenant_owners::id))
        .select(Row::as_select())
        .load(conn)?;
    rows.into_iter().map(|row| row.read(conn)).collect()
}

fn lasting(conn: &mut Connection, id: &SubscriptionId) -> Result<Option<Row>> {
    Ok(tenant_owners::table
        .filter(tenant_owners::subscription_id.eq(id))
        .filter(tenant_owners::ended_at.is_null())
        .select(Row::as_select())
        .first(conn)
        .optional()?)
}

/// Gives it to the reseller that the subscription names, with a record in both logs; the reseller is told. Answers `false`
/// where somebody has it already.
///
/// # Errors
/// Database errors.
pub fn give(
    conn: &mut Connection,
    by: &Author,
    (place, reseller): (&Place<'_>, &OrganisationId),
    now: Moment,
) -> Result<bool> {
    let (subscription, _) = place.subscription;
    if lasting(conn, subscription)?.is_some() {
        return Ok(false);
    }
    diesel::insert_into(tenant_owners::table)
        .values((
            tenant_owners::id.eq(TenantOwnerId::new()),
            tenant_owners::subscription_id.eq(subscription),
            tenant_owners::customer_id.eq(place.customer.0),
            tenant_owners::reseller_id.eq(reseller),
            tenant_owners::given_at.eq(now),
            tenant_owners::given_by_name.eq(&by.name),
            tenant_owners::ended_by_name.eq(""),
        ))
        .execute(conn)?;
    let name = name_of(conn, reseller)?;
    let entry = place.entry(Action::GiveTenantOwner).with([Change::set("tenant_owner", name)]);
    record(conn, by, (place, reseller), (&entry, &place.event(Kind::TenantOwnerGiven)), now)?;
    Ok(true)
}

/// Ends it, whoever has it, with a record in both logs; the reseller is told. Answers `false` where nobody has it.
///
/// # Errors
/// Database errors.
pub fn end(
    conn: &mut Connection,
    by: &Author,
    (place, reason): (&Place<'_>, OwnerEnd),
    now: Moment,
) -> Result<bool> {
    let Some(row) = lasting(conn, place.subscription.0)? else { return Ok(false) };
    let open = tenant_owners::table.find(&row.id).filter(tenant_owners::ended_at.is_null());
    diesel::update(open)
        .set((
            tenant_owners::ended_at.eq(Some(now)),
            tenant_owners::ended_by_name.eq(&by.name),
            tenant_owners::end_reason.eq(Some(reason)),
        ))
        .execute(conn)?;
    let name = name_of(conn, &row.reseller_id)?;
    let changes = [Change::new("tenant_owner", name, ""), Change::set("tenant_owner_end", reason.as_text())];
    let entry = place.entry(Action::EndTenantOwner).with(changes);
    let event = place.event(Kind::TenantOwnerEnded).changed("", reason.as_text());
    record(conn, by, (place, &row.reseller_id), (&entry, &event), now)?;
    Ok(true)
}

impl Place<'_> {
    fn entry(&self, action: Action) -> Entry {
        let ((id, name), (customer, company_name)) = (self.subscription, self.customer);
        Entry::new(action, "subscription", id, name).for_customer(customer, company_name)
    }

    fn event(&self, kind: Kind) -> Event {
        let ((id, name), (customer, company_name)) = (self.subscription, self.customer);
        Event::about(kind, "subscription", id, name).for_customer(customer, company_name)
    }
}

fn record(
    conn: &mut Connection,
    by: &Author,
    (place, reseller): (&Place<'_>, &OrganisationId),
    (entry, event): (&Entry, &Event),
    now: Moment,
) -> Result<()> {
    activity::store::record_as(conn, place.provider, by, entry, now)?;
    activity::store::record_as(conn, reseller, by, entry, now)?;
    notifications::tell_as(conn, reseller, by, event, now)
}
