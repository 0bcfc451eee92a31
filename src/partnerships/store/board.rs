//! What the partners of a provider lack before something new can name them.

use std::collections::HashMap;

use diesel::dsl::{exists, not};
use diesel::prelude::*;

use crate::access::permission::SeeResellers;
use crate::access::{Allowed, Viewer};
use crate::db::Connection;
use crate::db::schema::{agreement_acceptances, letters, locations, organisations, partnerships};
use crate::error::{Error, Result};
use crate::partners::model::OrganisationState;
use crate::partners::model::agreement::Audience;
use crate::partners::model::eligibility::{Facts, Place, missing};
use crate::partners::store::agreements::current_version;
use crate::partners::store::eligibility::signatures;
use crate::partnerships::letters::reminder;
use crate::partnerships::model::PartnershipState;
use crate::partnerships::model::board::{Eligibility, reminded_since};
use crate::values::country::Country;
use crate::values::id::{OrganisationId, PartnershipId};
use crate::values::moment::Moment;
use crate::values::mpn_id::MpnId;
use crate::web::pager::{Page, Portion, ascending, keyset};

/// A partner with the location by which it takes part.
#[derive(Queryable, Selectable)]
#[diesel(table_name = partnerships)]
struct Row {
    id: PartnershipId,
    reseller_id: OrganisationId,
    reseller_sort_name: String,
    #[diesel(select_expression = organisations::name)]
    name: String,
    #[diesel(select_expression = organisations::country)]
    country: Country,
    #[diesel(select_expression = organisations::state)]
    state: OrganisationState,
    #[diesel(embed)]
    place: PlaceRow,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = locations)]
struct PlaceRow {
    mpn_id: MpnId,
    is_head_office: bool,
    country: Country,
}

/// A page of partners by name, or of those that lack something.
///
/// # Errors
/// Database errors.
pub fn page_of(
    conn: &mut Connection,
    by: &Allowed<SeeResellers>,
    only_missing: bool,
    portion: &Portion,
    now: Moment,
) -> Result<Page<Eligibility>> {
    let mut query = partnerships::table
        .inner_join(organisations::table.on(organisations::id.eq(partnerships::reseller_id)))
        .inner_join(locations::table)
        .filter(partnerships::provider_id.eq(&by.organisation.id))
        .filter(partnerships::state.eq(PartnershipState::Active))
        .into_boxed();
    if only_missing {
        // The same as `eligibility::missing` says, in the words of the database.
        let region = Country::in_region(by.organisation.country.region());
        let lacks = organisations::state
            .ne(OrganisationState::Enrolled)
            .or(organisations::country.ne_all(region))
            .or(locations::is_head_office.eq(true))
            .or(locations::country.ne(organisations::country));
        query = match current_version(conn, Audience::Reseller)? {
            Some(current) => {
                let accepted = agreement_acceptances::table
                    .filter(agreement_acceptances::organisation_id.eq(partnerships::reseller_id))
                    .filter(agreement_acceptances::agreement_id.eq(current.id));
                query.filter(lacks.or(not(exists(accepted))))
            }
            None => query.filter(lacks),
        };
    }
    let page = keyset(conn, query, ascending(partnerships::reseller_sort_name, partnerships::id), portion)?;
    page.read(|rows| eligibilities(conn, by, rows, now))
}

/// How one partner stands.
///
/// # Errors
/// [`Error::NotFound`] when it is no partner of the viewer's organisation; database errors.
pub fn find(
    conn: &mut Connection,
    by: &Viewer,
    reseller: &OrganisationId,
    now: Moment,
) -> Result<Eligibility> {
    let row: Row = partnerships::table
        .inner_join(organisations::table.on(organisations::id.eq(partnerships::reseller_id)))
        .inner_join(locations::table)
        .filter(partnerships::provider_id.eq(&by.organisation.id))
        .filter(partnerships::reseller_id.eq(reseller))
        .filter(partnerships::state.eq(PartnershipState::Active))
        .select(Row::as_select())
        .first(conn)?;
    eligibilities(conn, by, vec![row], now)?.pop().ok_or(Error::NotFound)
}

fn eligibilities(
    conn: &mut Connection,
    by: &Viewer,
    rows: Vec<Row>,
    now: Moment,
) -> Result<Vec<Eligibility>> {
    let signatures = signatures(conn, rows.iter().map(|row| &row.reseller_id))?;
    let reminded = reminded(conn, by, rows.iter().map(|row| &row.reseller_id), now)?;
    let eligibility = |row: Row| {
        let facts = Facts {
            state: row.state,
            country: row.country,
            location: Some(Place { is_head_office: row.place.is_head_office, country: row.place.country }),
            unsigned: signatures.unsigned_by(&row.reseller_id),
        };
        Eligibility {
            partnership: row.id,
            name: row.name,
            sort_name: row.reseller_sort_name,
            mpn_id: row.place.mpn_id,
            missing: missing(&facts, by.organisation.country),
            reminded_at: reminded.get(row.reseller_id.as_str()).copied(),
            reseller: row.reseller_id,
        }
    };
    Ok(rows.into_iter().map(eligibility).collect())
}

/// Who of these was reminded by the viewer's organisation not long ago, and when.
fn reminded<'a>(
    conn: &mut Connection,
    by: &Viewer,
    resellers: impl Iterator<Item = &'a OrganisationId>,
    now: Moment,
) -> Result<HashMap<String, Moment>> {
    let rows: Vec<(String, Moment)> = letters::table
        .filter(letters::subject_id.eq_any(resellers.map(OrganisationId::as_str)))
        .filter(letters::created_at.gt(reminded_since(now)).and(letters::created_at.le(now.farthest(0))))
        .filter(letters::subject_kind.eq(reminder::KIND.key))
        .filter(letters::organisation_id.eq(&by.organisation.id))
        .order(letters::created_at)
        .select((letters::subject_id, letters::created_at))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}
