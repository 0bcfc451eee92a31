//! The providers in active partnership with a reseller.

use diesel::prelude::*;

use super::delegated_customers;
use super::requests::addresses_of;
use crate::access::Allowed;
use crate::access::permission::SeeProviders;
use crate::db::Connection;
use crate::db::schema::{locations, organisations, partnership_requests, partnerships};
use crate::error::Result;
use crate::links::model::RequestState;
use crate::partnerships::model::{Accepted, PartnershipState, Provider, Waiting};
use crate::values::country::Country;
use crate::values::email::Email;
use crate::values::id::{OrganisationId, PartnershipId, PartnershipRequestId};
use crate::values::moment::Moment;
use crate::values::mpn_id::MpnId;
use crate::values::name::sort_name;

/// All of them by name: a reseller has a handful.
///
/// # Errors
/// Database errors.
pub fn all(conn: &mut Connection, by: &Allowed<SeeProviders>) -> Result<Vec<Provider>> {
    let reseller = &by.organisation.id;
    type Row = (
        (PartnershipId, OrganisationId, String, Country),
        (MpnId, Moment),
        (String, Option<Email>, Option<Email>),
    );
    let rows: Vec<Row> = partnerships::table
        .inner_join(organisations::table.on(organisations::id.eq(partnerships::provider_id)))
        .inner_join(locations::table)
        .left_join(partnership_requests::table)
        .filter(partnerships::reseller_id.eq(reseller))
        .filter(partnerships::state.eq(PartnershipState::Active))
        .select((
            (partnerships::id, organisations::id, organisations::name, organisations::country),
            (locations::mpn_id, partnerships::since),
            (
                partnerships::accepted_by_name,
                partnership_requests::to_email.nullable(),
                partnership_requests::answered_by_email.nullable().nullable(),
            ),
        ))
        .load(conn)?;
    let mut providers = Vec::new();
    for ((partnership, id, name, country), (mpn_id, since), (by, to, with)) in rows {
        let customers = delegated_customers(conn, &id, reseller)?;
        let accepted = Accepted::of(by, to, with.as_ref());
        providers.push(Provider { partnership, name, country, mpn_id, since, customers, accepted });
    }
    providers.sort_by_cached_key(|provider| sort_name(&provider.name));
    Ok(providers)
}

/// So many requests that wait are listed; nobody has more.
const MOST_WAITING: i64 = 100;

/// The open requests that were sent to people of the organisation, the oldest first, but those of providers that are
/// partners already.
///
/// # Errors
/// Database errors.
pub fn waiting(conn: &mut Connection, by: &Allowed<SeeProviders>, now: Moment) -> Result<Vec<Waiting>> {
    type Row = (PartnershipRequestId, String, Country, Email, Moment, Moment);
    let partners = partnerships::table
        .filter(partnerships::reseller_id.eq(&by.organisation.id))
        .filter(partnerships::state.eq(PartnershipState::Active))
        .select(partnerships::provider_id);
    let rows: Vec<Row> = partnership_requests::table
        .inner_join(organisations::table.on(organisations::id.eq(partnership_requests::provider_id)))
        .filter(partnership_requests::to_email.eq_any(addresses_of(&by.organisation.id)))
        .filter(partnership_requests::state.eq(RequestState::Open))
        .filter(partnership_requests::expires_at.gt(now))
        .filter(partnership_requests::provider_id.ne_all(partners))
        .order((partnership_requests::created_at, partnership_requests::id))
        .select((
            partnership_requests::id,
            organisations::name,
            organisations::country,
            partnership_requests::to_email,
            partnership_requests::created_at,
            partnership_requests::expires_at,
        ))
        .limit(MOST_WAITING)
        .load(conn)?;
    let waiting =
        |(id, provider, country, to, since, until): Row| Waiting { id, provider, country, to, since, until };
    Ok(rows.into_iter().map(waiting).collect())
}
