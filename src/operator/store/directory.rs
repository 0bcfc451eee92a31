//! All organisations of the installation.

use diesel::dsl::exists;
use diesel::prelude::*;

use crate::access::permission::SeeInstallation;
use crate::access::{Allowed, OrganisationKind};
use crate::db::Connection;
use crate::db::like::any_part;
use crate::db::schema::{locations, organisations, partnerships, people};
use crate::error::Result;
use crate::operator::model::{AgreementStanding, Listed, Overview};
use crate::partners::model::OrganisationState;
use crate::partners::model::agreement::Audience;
use crate::partners::model::profile::Profile;
use crate::partners::store::admins::global_admins_of;
use crate::partners::store::{agreements, locations_of, namesakes, profile};
use crate::values::country::Country;
use crate::values::id::{OrganisationId, PartnershipId, PersonId};
use crate::values::moment::Moment;
use crate::web::Count;
use crate::web::pager::{Page, Portion, ascending, keyset};

/// Which organisations are listed.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Any part of the name, of an MPN ID, of an address or of one of its people, folded.
    pub needle: String,
    /// A part of an address, as servers write it.
    pub address: String,
    pub kind: Option<OrganisationKind>,
    pub state: Option<OrganisationState>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = organisations)]
struct Row {
    id: OrganisationId,
    name: String,
    sort_name: String,
    kind: OrganisationKind,
    country: Country,
    state: OrganisationState,
}

/// A page of organisations by name.
///
/// # Errors
/// Database errors.
pub fn page_of(
    conn: &mut Connection,
    _by: &Allowed<SeeInstallation>,
    wanted: &Wanted,
    portion: &Portion,
) -> Result<Page<Listed>> {
    rows_of(conn, wanted, portion)?.read(|rows| listed(conn, rows))
}

fn listed(conn: &mut Connection, rows: Vec<Row>) -> Result<Vec<Listed>> {
    let named: Vec<(&OrganisationId, &str)> = rows.iter().map(|row| (&row.id, row.name.as_str())).collect();
    let ambiguous = namesakes::ambiguous(conn, &named)?;
    let mut mpn_ids = namesakes::mpn_ids_of(conn, &ambiguous.iter().collect::<Vec<_>>())?;
    let listed = |row: Row| Listed {
        is_ambiguous: ambiguous.contains(&row.id),
        mpn_id: mpn_ids.remove(&row.id),
        id: row.id,
        name: row.name,
        sort_name: row.sort_name,
        kind: row.kind,
        country: row.country,
        state: row.state,
    };
    Ok(rows.into_iter().map(listed).collect())
}

/// How many organisations the list has.
///
/// # Errors
/// Database errors.
pub fn count(conn: &mut Connection, _by: &Allowed<SeeInstallation>, wanted: &Wanted) -> Result<Count> {
    Ok(rows_of(conn, wanted, &Portion::counted())?.counted())
}

fn rows_of(conn: &mut Connection, wanted: &Wanted, portion: &Portion) -> Result<Page<Row>> {
    let sort = organisations::sort_name;
    let mut query = organisations::table.into_boxed();
    if !wanted.needle.is_empty() {
        let (pattern, address) = (any_part(&wanted.needle), any_part(&wanted.address));
        let of_location = locations::table
            .filter(locations::organisation_id.eq(organisations::id))
            .filter(locations::mpn_id.like(pattern.clone()).escape('\\'));
        let of_person = people::table.filter(people::organisation_id.eq(organisations::id)).filter(
            people::sort_name
                .like(pattern.clone())
                .escape('\\')
                .or(people::email.like(address.clone()).escape('\\')),
        );
        query = query.filter(
            sort.like(pattern)
                .escape('\\')
                .or(organisations::contact_email.like(address.clone()).escape('\\'))
                .or(organisations::support_email.like(address).escape('\\'))
                .or(exists(of_location))
                .or(exists(of_person)),
        );
    }
    if let Some(kind) = wanted.kind {
        query = query.filter(organisations::kind.eq(kind));
    }
    if let Some(state) = wanted.state {
        query = query.filter(organisations::state.eq(state));
    }
    keyset(conn, query, ascending(sort, organisations::id), portion)
}

/// An organisation with what hangs on it.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; database errors.
pub fn overview(
    conn: &mut Connection,
    _by: &Allowed<SeeInstallation>,
    id: &OrganisationId,
) -> Result<Overview> {
    let profile = profile::find(conn, id)?;
    let suspended: SuspendedRow =
        organisations::table.find(id).select(SuspendedRow::as_select()).first(conn)?;
    Ok(Overview {
        namesakes: namesakes::namesakes(conn, &profile.details.name, Some(id))?,
        locations: locations_of(conn, id)?,
        people: people_of(conn, id)?,
        global_admins: global_admins_of(conn, id)?,
        partnerships: partnerships_of(conn, &profile)?,
        agreement: agreement_standing(conn, &profile)?,
        suspended: suspended.suspended_at.map(|at| (at, suspended.suspension_reason)),
        profile,
    })
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = organisations)]
struct SuspendedRow {
    suspended_at: Option<Moment>,
    suspension_reason: String,
}

fn people_of(conn: &mut Connection, id: &OrganisationId) -> Result<Count> {
    let some = people::table
        .filter(people::organisation_id.eq(id))
        .filter(people::state.eq("active"))
        .select(people::id)
        .limit(Count::LIMIT)
        .load::<PersonId>(conn)?;
    Ok(Count::of(some.len()))
}

fn partnerships_of(conn: &mut Connection, profile: &Profile) -> Result<Count> {
    let active = partnerships::table
        .filter(partnerships::state.eq("active"))
        .select(partnerships::id)
        .limit(Count::LIMIT)
        .into_boxed();
    let own = match profile.kind {
        OrganisationKind::Provider => active.filter(partnerships::provider_id.eq(&profile.id)),
        OrganisationKind::Reseller => active.filter(partnerships::reseller_id.eq(&profile.id)),
        OrganisationKind::Operator => return Ok(Count::Exactly(0)),
    };
    Ok(Count::of(own.load::<PartnershipId>(conn)?.len()))
}

fn agreement_standing(conn: &mut Connection, profile: &Profile) -> Result<AgreementStanding> {
    let current = match Audience::of(profile.kind) {
        Some(audience) => agreements::current(conn, audience)?,
        None => None,
    };
    let Some(current) = current else { return Ok(AgreementStanding::NonePublished) };
    let acceptances = agreements::acceptances_of(conn, &profile.id)?;
    let accepted = acceptances.into_iter().find(|acceptance| acceptance.agreement == current.id);
    Ok(match accepted {
        Some(accepted) => AgreementStanding::Accepted {
            version: accepted.version,
            by: accepted.person_name,
            at: accepted.accepted_at,
        },
        None => AgreementStanding::Missing(Box::new(current)),
    })
}
