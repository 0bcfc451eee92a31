//! By which location a reseller takes part in a partnership.

use diesel::prelude::*;

use crate::access::Allowed;
use crate::access::permission::AuthorizeProviders;
use crate::activity::{self, Action, Change, Entry};
use crate::db::Connection;
use crate::db::schema::partnerships;
use crate::error::{Error, Result};
use crate::partners::facts::{organisation, organisation_name};
use crate::partners::model::Location;
use crate::partners::model::eligibility::{Place, can_earn};
use crate::partners::store::locations_of;
use crate::partnerships::model::PartnershipState;
use crate::subscriptions::facts::count_naming;
use crate::values::id::{LocationId, OrganisationId, PartnershipId};
use crate::values::moment::Moment;

/// A partnership of the viewer's organisation, and by which locations it could take part.
#[derive(Clone, Debug)]
pub struct Taking {
    pub partnership: PartnershipId,
    pub provider: OrganisationId,
    pub provider_name: String,
    pub current: Location,
    /// Those that earn incentives, by name.
    pub choices: Vec<Location>,
    /// Subscriptions that name the MPN ID of today and go on naming it.
    pub subscriptions: i64,
}

/// What came of choosing another location.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    Done,
    /// It is like that already.
    Same,
    /// Somebody chose another one after the page was drawn.
    Stale,
    /// It is no location that earns incentives.
    Wrong,
}

/// An active partnership of the viewer's organisation.
///
/// # Errors
/// [`Error::NotFound`] when there is none; database errors.
pub fn find(conn: &mut Connection, by: &Allowed<AuthorizeProviders>, id: &PartnershipId) -> Result<Taking> {
    let own = &by.organisation;
    let row: Row = partnerships::table
        .inner_join(organisation(partnerships::provider_id))
        .filter(partnerships::id.eq(id))
        .filter(partnerships::reseller_id.eq(&own.id))
        .filter(partnerships::state.eq(PartnershipState::Active))
        .select(Row::as_select())
        .first(conn)?;
    let all = locations_of(conn, &own.id)?;
    let current = all.iter().find(|one| one.id == row.location_id).cloned().ok_or(Error::NotFound)?;
    let earns = |one: &Location| {
        can_earn(own.country, Place { is_head_office: one.is_head_office, country: one.country })
    };
    let subscriptions = count_naming(conn, &row.provider_id, (&own.id, &current.mpn_id))?;
    let choices = all.into_iter().filter(earns).collect();
    Ok(Taking {
        partnership: row.id,
        provider: row.provider_id,
        provider_name: row.provider_name,
        current,
        choices,
        subscriptions,
    })
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = partnerships)]
struct Row {
    id: PartnershipId,
    location_id: LocationId,
    provider_id: OrganisationId,
    #[diesel(select_expression = organisation_name)]
    provider_name: String,
}

/// Takes part by another location from now on, if the partnership still has the one that the page showed.
///
/// # Errors
/// [`Error::NotFound`] when there is no such partnership; database errors.
pub fn change(
    conn: &mut Connection,
    by: &Allowed<AuthorizeProviders>,
    id: &PartnershipId,
    (shown, chosen): (&str, &LocationId),
    now: Moment,
) -> Result<Moved> {
    let taking = find(conn, by, id)?;
    if taking.current.id == *chosen {
        return Ok(Moved::Same);
    }
    if taking.current.id.as_str() != shown {
        return Ok(Moved::Stale);
    }
    let Some(new) = taking.choices.iter().find(|one| one.id == *chosen) else { return Ok(Moved::Wrong) };
    let old = &taking.current;
    let unchanged = partnerships::table
        .filter(partnerships::id.eq(id))
        .filter(partnerships::state.eq(PartnershipState::Active))
        .filter(partnerships::location_id.eq(&old.id));
    if diesel::update(unchanged).set(partnerships::location_id.eq(chosen)).execute(conn)? == 0 {
        return Ok(Moved::Stale);
    }
    let entry = |with: &str| {
        Entry::new(Action::ChangePartnershipLocation, "partnership", id, with).with([
            Change::new("location", &old.name, &new.name),
            Change::new("mpn_id", &old.mpn_id, &new.mpn_id),
        ])
    };
    activity::store::record(conn, by, &entry(&taking.provider_name), now)?;
    activity::store::record_for(conn, &taking.provider, by, &entry(&by.organisation.name), now)?;
    Ok(Moved::Done)
}
