//! The providers in active partnership with a reseller.

use diesel::prelude::*;

use super::AcceptedRow;
use crate::access::Allowed;
use crate::access::permission::SeeProviders;
use crate::customers::facts::count_of_pair;
use crate::db::Connection;
use crate::db::schema::{partnership_requests, partnerships};
use crate::error::Result;
use crate::links::model::RequestState;
use crate::partners::facts::{OrganisationRow, location, location_mpn_id, organisation};
use crate::partnerships::model::{PartnershipState, Provider, Waiting};
use crate::people::facts::proved_addresses;
use crate::values::email::Email;
use crate::values::id::{PartnershipId, PartnershipRequestId};
use crate::values::moment::Moment;
use crate::values::mpn_id::MpnId;
use crate::values::name::sort_name;

/// All of them by name: a reseller has a handful.
///
/// # Errors
/// Database errors.
pub fn all(conn: &mut Connection, by: &Allowed<SeeProviders>) -> Result<Vec<Provider>> {
    let reseller = &by.organisation.id;
    let rows: Vec<Row> = partnerships::table
        .inner_join(organisation(partnerships::provider_id))
        .inner_join(location(partnerships::location_id))
        .left_join(partnership_requests::table)
        .filter(partnerships::reseller_id.eq(reseller))
        .filter(partnerships::state.eq(PartnershipState::Active))
        .select(Row::as_select())
        .load(conn)?;
    let mut providers = Vec::new();
    for row in rows {
        providers.push(Provider {
            partnership: row.id,
            id: row.provider.id,
            customers: count_of_pair(conn, &row.provider.id, reseller)?,
            name: row.provider.name,
            country: row.provider.country,
            mpn_id: row.mpn_id,
            since: row.since,
            accepted: row.accepted.into(),
        });
    }
    providers.sort_by_cached_key(|provider| sort_name(&provider.name));
    Ok(providers)
}

/// A partnership with its provider and the location by which the reseller takes part.
#[derive(Queryable, Selectable)]
#[diesel(table_name = partnerships)]
struct Row {
    id: PartnershipId,
    #[diesel(embed)]
    provider: OrganisationRow,
    #[diesel(select_expression = location_mpn_id)]
    mpn_id: MpnId,
    since: Moment,
    #[diesel(embed)]
    accepted: AcceptedRow,
}

/// So many requests that wait are listed; nobody has more.
const MOST_WAITING: i64 = 100;

/// The open requests that were sent to people of the organisation, the oldest first, but those of providers that are
/// partners already.
///
/// # Errors
/// Database errors.
pub fn waiting(conn: &mut Connection, by: &Allowed<SeeProviders>, now: Moment) -> Result<Vec<Waiting>> {
    let partners = partnerships::table
        .filter(partnerships::reseller_id.eq(&by.organisation.id))
        .filter(partnerships::state.eq(PartnershipState::Active))
        .select(partnerships::provider_id);
    let rows: Vec<WaitingRow> = partnership_requests::table
        .inner_join(organisation(partnership_requests::provider_id))
        .filter(partnership_requests::to_email.eq_any(proved_addresses(&by.organisation.id)))
        .filter(partnership_requests::state.eq(RequestState::Open))
        .filter(partnership_requests::expires_at.gt(now))
        .filter(partnership_requests::provider_id.ne_all(partners))
        .order((partnership_requests::created_at, partnership_requests::id))
        .select(WaitingRow::as_select())
        .limit(MOST_WAITING)
        .load(conn)?;
    Ok(rows.into_iter().map(Waiting::from).collect())
}

/// A request with whose it is.
#[derive(Queryable, Selectable)]
#[diesel(table_name = partnership_requests)]
struct WaitingRow {
    id: PartnershipRequestId,
    #[diesel(embed)]
    provider: OrganisationRow,
    to_email: Email,
    created_at: Moment,
    expires_at: Moment,
}

impl From<WaitingRow> for Waiting {
    fn from(row: WaitingRow) -> Self {
        Self {
            id: row.id,
            provider: row.provider.name,
            country: row.provider.country,
            to: row.to_email,
            since: row.created_at,
            until: row.expires_at,
        }
    }
}
