//! Subscriptions in whose place another offer can be bought, as their area would have kept it.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::SubscriptionRow;
use crate::catalog::model::Billing;
use crate::db::Connection;
use crate::db::schema::{activity_records, customers, licenses, subscriptions, transfer_items};
use crate::error::Result;
use crate::subscriptions::model::{End, Status};
use crate::values::currency::Currency;
use crate::values::id::{CustomerId, OfferId, OrganisationId, SubscriptionId};
use crate::values::moment::Moment;

/// What is kept of one when it is replaced.
#[derive(Queryable, Selectable)]
#[diesel(table_name = subscriptions)]
pub struct Upgradable {
    pub id: SubscriptionId,
    pub customer_id: CustomerId,
    pub nickname: String,
    pub offer_name: String,
    pub quantity: i64,
    pub currency: Currency,
    pub mpn_id: String,
    pub mpn_reseller_id: Option<OrganisationId>,
    pub support_organisation_id: OrganisationId,
}

/// So many are looked at.
const MOST: i64 = 200;

impl Upgradable {
    fn is_by_itself(&self, conn: &mut Connection, offer: &OfferId, since: Moment) -> Result<bool> {
        let add_ons = subscriptions::table.filter(subscriptions::parent_id.eq(Some(&self.id)));
        let licensed = licenses::table
            .filter(licenses::customer_id.eq(&self.customer_id))
            .filter(licenses::offer_id.eq(offer));
        let changes = activity_records::table
            .filter(activity_records::subject_id.eq(self.id.as_str()))
            .filter(activity_records::occurred_at.ge(since));
        let moved = transfer_items::table.filter(transfer_items::subscription_id.eq(&self.id));
        let counts: [i64; 4] = [
            add_ons.count().get_result(conn)?,
            licensed.count().get_result(conn)?,
            changes.count().get_result(conn)?,
            moved.count().get_result(conn)?,
        ];
        Ok(counts.iter().sum::<i64>() == 0)
    }
}

impl SubscriptionRow {
    /// The oldest of a provider to an offer that runs, to which nothing is added, of which no user has a license, and to
    /// which nothing has happened since a moment.
    ///
    /// # Errors
    /// Database errors.
    pub fn upgradable(
        conn: &mut Connection,
        (provider, offer): (&OrganisationId, &OfferId),
        since: Moment,
    ) -> Result<Option<Upgradable>> {
        let lasting = customers::table
            .filter(customers::ended_at.is_null())
            .filter(customers::is_delegated)
            .select(customers::id);
        let all: Vec<Upgradable> = subscriptions::table
            .filter(subscriptions::provider_id.eq(provider))
            .filter(subscriptions::offer_id.eq(offer))
            .filter(subscriptions::status.eq(Status::Active))
            .filter(subscriptions::billing.eq(Billing::Monthly))
            .filter(subscriptions::parent_id.is_null())
            .filter(subscriptions::created_at.lt(since.plus_days(-60)))
            .filter(subscriptions::customer_id.eq_any(lasting))
            .order((subscriptions::created_at, subscriptions::id))
            .limit(MOST)
            .select(Upgradable::as_select())
            .load(conn)?;
        for one in all {
            if one.is_by_itself(conn, offer, since)? {
                return Ok(Some(one));
            }
        }
        Ok(None)
    }

    /// Lets the new one have taken the place of the old one on a day.
    ///
    /// # Errors
    /// Database errors.
    pub fn upgrade(
        conn: &mut Connection,
        old: &SubscriptionId,
        new: &SubscriptionId,
        on: NaiveDate,
    ) -> Result<()> {
        diesel::update(subscriptions::table.find(old))
            .set((
                subscriptions::status.eq(Status::Deleted),
                subscriptions::ended_on.eq(Some(on)),
                subscriptions::end_reason.eq(Some(End::Upgraded)),
            ))
            .execute(conn)?;
        diesel::update(subscriptions::table.find(new))
            .set(subscriptions::upgraded_from_id.eq(Some(old)))
            .execute(conn)?;
        Ok(())
    }
}
