//! What the partners of a provider lack before something new can name them.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::access::permission::SeeResellers;
use crate::access::{Allowed, Viewer};
use crate::db::Connection;
use crate::db::schema::partnerships;
use crate::error::{Error, Result};
use crate::mail::outbox;
use crate::partners::facts::{LocationRow, OrganisationRow, location, organisation};
use crate::partners::model::agreement::Audience;
use crate::partners::model::eligibility::{Facts, Place, missing};
use crate::partners::store::agreements::current_version;
use crate::partners::store::eligibility::{has_not_accepted, lacks_of_itself, signatures};
use crate::partnerships::letters::reminder;
use crate::partnerships::model::PartnershipState;
use crate::partnerships::model::board::{Eligibility, reminded_since};
use crate::values::id::{OrganisationId, PartnershipId};
use crate::values::moment::Moment;
use crate::web::pager::{Page, Portion, ascending, keyset};

/// A partner with the location by which it takes part.
#[derive(Queryable, Selectable)]
#[diesel(table_name = partnerships)]
struct Row {
    id: PartnershipId,
    reseller_sort_name: String,
    #[diesel(embed)]
    reseller: OrganisationRow,
    #[diesel(embed)]
    place: LocationRow,
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
        .inner_join(organisation(partnerships::reseller_id))
        .inner_join(location(partnerships::location_id))
        .filter(partnerships::provider_id.eq(&by.organisation.id))
        .filter(partnerships::state.eq(PartnershipState::Active))
        .into_boxed();
    if only_missing {
        let home = by.organisation.country;
        query = match current_version(conn, Audience::Reseller)? {
            Some(current) => query.filter(lacks_of_itself(home).or(has_not_accepted(current.id))),
            None => query.filter(lacks_of_itself(home)),
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
        .inner_join(organisation(partnerships::reseller_id))
        .inner_join(location(partnerships::location_id))
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
    let signatures = signatures(conn, rows.iter().map(|row| &row.reseller.id))?;
    let reminded = reminded(conn, by, rows.iter().map(|row| &row.reseller.id), now)?;
    let eligibility = |row: Row| {
        let facts = Facts {
            state: row.reseller.state,
            country: row.reseller.country,
            location: Some(Place { is_head_office: row.place.is_head_office, country: row.place.country }),
            unsigned: signatures.unsigned_by(&row.reseller.id),
        };
        Eligibility {
            partnership: row.id,
            name: row.reseller.name,
            sort_name: row.reseller_sort_name,
            mpn_id: row.place.mpn_id,
            missing: missing(&facts, by.organisation.country),
            reminded_at: reminded.get(row.reseller.id.as_str()).copied(),
            reseller: row.reseller.id,
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
    let about = resellers.map(OrganisationId::as_str);
    outbox::last_written(conn, &by.organisation.id, (&reminder::KIND, about), (reminded_since(now), now))
}
