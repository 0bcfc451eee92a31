//! What a customer has, for whoever buys more of it.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::super::model::{Status, rules};
use crate::access::Reach;
use crate::catalog::model::{Billing, Holding, Standing};
use crate::db::Connection;
use crate::db::schema::subscriptions;
use crate::error::Result;
use crate::values::id::{CustomerId, OfferId, OrganisationId, SubscriptionId};

/// What a customer has and had on a day, as far as offers ask for it. Subscriptions begin, rest and end by the
/// day in UTC, whoever looks: two colleagues far apart must not get two answers.
///
/// # Errors
/// Database errors.
pub fn holdings_of(
    conn: &mut Connection,
    reach: &Reach,
    customer: &CustomerId,
    today: NaiveDate,
) -> Result<Vec<Holding>> {
    let Reach::Provider(provider) = reach else { return Ok(Vec::new()) };
    let rows: Vec<HoldingRow> = subscriptions::table
        .filter(subscriptions::customer_id.eq(customer))
        .filter(subscriptions::provider_id.eq(provider))
        .order((subscriptions::created_at, subscriptions::id))
        .select(HoldingRow::as_select())
        .load(conn)?;
    let trials = rows.iter().filter_map(HoldingRow::as_trial).collect::<Vec<_>>();
    let holding = |row: HoldingRow| Holding {
        subscription: row.id,
        offer: row.offer_id,
        standing: match rules::standing(row.status, row.kept_until, today) {
            Status::Active => Standing::Active,
            Status::Pending | Status::Suspended => Standing::Resting,
            Status::Deleted => Standing::Deleted,
        },
        billing: row.billing,
        renews_on: row.renews_on,
        earner: row.mpn_reseller_id,
    };
    Ok(rows.into_iter().map(holding).chain(trials).collect())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = subscriptions)]
struct HoldingRow {
    id: SubscriptionId,
    offer_id: OfferId,
    status: Status,
    kept_until: Option<NaiveDate>,
    billing: Billing,
    renews_on: NaiveDate,
    trial_offer_id: Option<OfferId>,
    mpn_reseller_id: Option<OrganisationId>,
}

impl HoldingRow {
    /// The trial as which it began: it is over, and was had.
    fn as_trial(&self) -> Option<Holding> {
        let offer = self.trial_offer_id?;
        Some(Holding {
            subscription: self.id,
            offer,
            standing: Standing::Deleted,
            billing: Billing::Never,
            renews_on: self.renews_on,
            earner: self.mpn_reseller_id,
        })
    }
}
