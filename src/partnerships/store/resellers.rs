//! The resellers in active partnership with a provider.

use std::collections::HashMap;

use diesel::prelude::*;

use super::AcceptedRow;
use crate::access::Allowed;
use crate::access::permission::SeeResellers;
use crate::customers::facts::{counts, exact_counts};
use crate::db::Connection;
use crate::db::like::any_part;
use crate::db::schema::{partnership_requests, partnerships};
use crate::error::Result;
use crate::partners::facts::{location, location_country, location_mpn_id, organisation, organisation_name};
use crate::partnerships::model::{PartnershipState, Reseller};
use crate::values::country::Country;
use crate::values::id::{OrganisationId, PartnershipId};
use crate::values::moment::Moment;
use crate::values::mpn_id::MpnId;
use crate::web::Count;
use crate::web::pager::{Page, Portion, ascending, keyset};

/// How many customers each reseller administers.
type Customers = HashMap<OrganisationId, Count>;

/// Which resellers are listed.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Any part of name or MPN ID, folded.
    pub needle: String,
    pub country: Option<Country>,
}

/// A page of resellers by name.
///
/// # Errors
/// Database errors.
pub fn page_of(
    conn: &mut Connection,
    by: &Allowed<SeeResellers>,
    wanted: &Wanted,
    portion: &Portion,
) -> Result<Page<Reseller>> {
    listed(conn, (by, wanted, portion), |conn, provider, ids| counts(conn, provider, ids.iter().copied()))
}

/// As many as an export reads at once. Nobody waits for that, so all customers are counted.
///
/// # Errors
/// Database errors.
pub fn chunk_of(
    conn: &mut Connection,
    by: &Allowed<SeeResellers>,
    wanted: &Wanted,
    portion: &Portion,
) -> Result<Page<Reseller>> {
    listed(conn, (by, wanted, portion), |conn, provider, ids| {
        let exact = exact_counts(conn, provider, ids.iter().copied())?;
        Ok(exact.into_iter().map(|(id, count)| (id, Count::Exactly(count.try_into().unwrap_or(0)))).collect())
    })
}

fn listed(
    conn: &mut Connection,
    (by, wanted, portion): (&Allowed<SeeResellers>, &Wanted, &Portion),
    count: impl FnOnce(&mut Connection, &OrganisationId, &[&OrganisationId]) -> Result<Customers>,
) -> Result<Page<Reseller>> {
    let provider = &by.organisation.id;
    let page = rows_of(conn, provider, wanted, portion)?;
    let ids: Vec<&OrganisationId> = page.rows.iter().map(|row| &row.reseller_id).collect();
    let customers = count(conn, provider, &ids)?;
    let of = |row: &Row| customers.get(&row.reseller_id).copied().unwrap_or(Count::Exactly(0));
    Ok(page.map(|row| reseller(of(&row), row)))
}

/// How many resellers the list has.
///
/// # Errors
/// Database errors.
pub fn count(conn: &mut Connection, by: &Allowed<SeeResellers>, wanted: &Wanted) -> Result<Count> {
    Ok(rows_of(conn, &by.organisation.id, wanted, &Portion::counted())?.counted())
}

fn rows_of(
    conn: &mut Connection,
    provider: &OrganisationId,
    wanted: &Wanted,
    portion: &Portion,
) -> Result<Page<Row>> {
    let mut query = partnerships::table
        .inner_join(organisation(partnerships::reseller_id))
        .inner_join(location(partnerships::location_id))
        .left_join(partnership_requests::table)
        .filter(partnerships::provider_id.eq(provider))
        .filter(partnerships::state.eq(PartnershipState::Active))
        .into_boxed();
    if !wanted.needle.is_empty() {
        let pattern = any_part(&wanted.needle);
        let name = partnerships::reseller_sort_name.like(pattern.clone()).escape('\\');
        query = query.filter(name.or(location_mpn_id.like(pattern).escape('\\')));
    }
    if let Some(country) = wanted.country {
        query = query.filter(location_country.eq(country));
    }
    keyset(conn, query, ascending(partnerships::reseller_sort_name, partnerships::id), portion)
}

/// The countries in which there are resellers, in no order.
///
/// # Errors
/// Database errors.
pub fn countries(conn: &mut Connection, by: &Allowed<SeeResellers>) -> Result<Vec<Country>> {
    Ok(partnerships::table
        .inner_join(location(partnerships::location_id))
        .filter(partnerships::provider_id.eq(&by.organisation.id))
        .filter(partnerships::state.eq(PartnershipState::Active))
        .select(location_country)
        .distinct()
        .load(conn)?)
}

/// A partnership with its reseller and the location by which that takes part.
#[derive(Queryable, Selectable)]
#[diesel(table_name = partnerships)]
struct Row {
    id: PartnershipId,
    reseller_id: OrganisationId,
    #[diesel(select_expression = organisation_name)]
    name: String,
    reseller_sort_name: String,
    #[diesel(select_expression = location_mpn_id)]
    mpn_id: MpnId,
    #[diesel(select_expression = location_country)]
    country: Country,
    since: Moment,
    #[diesel(embed)]
    accepted: AcceptedRow,
}

fn reseller(customers: Count, row: Row) -> Reseller {
    Reseller {
        partnership: row.id,
        id: row.reseller_id,
        name: row.name,
        sort_name: row.reseller_sort_name,
        mpn_id: row.mpn_id,
        country: row.country,
        since: row.since,
        customers,
        accepted: row.accepted.into(),
    }
}
