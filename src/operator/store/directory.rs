//! All organisations of the installation but those of customers.

use crate::access::permission::SeeInstallation;
use crate::access::{Allowed, OrganisationKind};
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::operator::model::{AgreementStanding, Listed, Overview};
use crate::partners::model::agreement::Audience;
use crate::partners::model::profile::Profile;
use crate::partners::store::admins::global_admins_of;
use crate::partners::store::directory::{self, Row, Wanted};
use crate::partners::store::{agreements, locations_of, namesakes, profile, suspension};
use crate::partnerships::facts as partnerships;
use crate::people;
use crate::people::store::list::has_somebody;
use crate::values::id::OrganisationId;
use crate::web::Count;
use crate::web::pager::{Page, Portion};

/// A page of organisations by name.
///
/// # Errors
/// Database errors.
pub fn page_of(
    conn: &mut Connection,
    by: &Allowed<SeeInstallation>,
    wanted: &Wanted,
    portion: &Portion,
) -> Result<Page<Listed>> {
    rows_of(conn, by, wanted, portion)?.read(|rows| listed(conn, rows))
}

fn listed(conn: &mut Connection, rows: Vec<Row>) -> Result<Vec<Listed>> {
    let named: Vec<(&OrganisationId, &str)> = rows.iter().map(|row| (&row.id, row.name.as_str())).collect();
    let ambiguous = namesakes::ambiguous(conn, &named)?;
    let mut mpn_ids = namesakes::mpn_ids_of(conn, &ambiguous.iter().collect::<Vec<_>>())?;
    let listed = |row: Row| Listed {
        is_ambiguous: ambiguous.contains(&row.id),
        mpn_id: mpn_ids.remove(&row.id),
        organisation: row,
    };
    Ok(rows.into_iter().map(listed).collect())
}

/// How many organisations the list has.
///
/// # Errors
/// Database errors.
pub fn count(conn: &mut Connection, by: &Allowed<SeeInstallation>, wanted: &Wanted) -> Result<Count> {
    Ok(rows_of(conn, by, wanted, &Portion::counted())?.counted())
}

fn rows_of(
    conn: &mut Connection,
    by: &Allowed<SeeInstallation>,
    wanted: &Wanted,
    portion: &Portion,
) -> Result<Page<Row>> {
    let has_person = |organisation| has_somebody(organisation, &wanted.needle, &wanted.address);
    directory::page_of(conn, by, wanted, has_person, portion)
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
    if profile.kind == OrganisationKind::Customer {
        return Err(Error::NotFound);
    }
    Ok(Overview {
        namesakes: namesakes::namesakes(conn, &profile.details.name, Some(id))?,
        locations: locations_of(conn, id)?,
        people: people::facts::count_active(conn, id)?,
        global_admins: global_admins_of(conn, id)?,
        partnerships: partnerships::count_of(conn, profile.kind, id)?,
        agreement: agreement_standing(conn, &profile)?,
        suspended: suspension::suspended(conn, id)?,
        profile,
    })
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
