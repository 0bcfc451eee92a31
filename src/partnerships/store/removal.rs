//! Removing a partnership. Customers, delegations and subscriptions stay as they are, unless whoever removes it hands them
//! over.

use diesel::prelude::*;

use crate::access::Allowed;
use crate::access::permission::RemovePartnerships;
use crate::activity::{self, Action, Change, Entry};
use crate::customers::facts as customers;
use crate::db::Connection;
use crate::db::schema::partnerships;
use crate::error::{Error, Result};
use crate::notifications::{self, Event, Kind};
use crate::orders::facts as orders;
use crate::partners::facts::{organisation, organisation_name};
use crate::partnerships::directory::{self, Partner};
use crate::partnerships::model::PartnershipState;
use crate::subscriptions::facts as subscriptions;
use crate::values::id::{OrganisationId, PartnershipId};
use crate::values::moment::Moment;

/// What a removal is about, and what stays as it is.
#[derive(Clone, Debug)]
pub struct Removal {
    pub partner: Partner,
    /// Customers that the reseller administers and goes on to administer.
    pub customers: i64,
    /// Their subscriptions, whatever their status.
    pub subscriptions: i64,
    /// Subscriptions that name it, of customers that it does not administer: it goes on managing them.
    pub named: i64,
    /// Orders in the making that name the reseller and must name another one.
    pub drafts: i64,
}

/// What removing this partnership would mean.
///
/// # Errors
/// [`Error::NotFound`] when there is no active partnership; database errors.
pub fn find(
    conn: &mut Connection,
    by: &Allowed<RemovePartnerships>,
    reseller: &OrganisationId,
) -> Result<Removal> {
    let provider = &by.organisation.id;
    let partner = directory::find_partner(conn, provider, reseller)?.ok_or(Error::NotFound)?;
    Ok(Removal {
        customers: customers::exact_count_of_pair(conn, provider, reseller)?,
        subscriptions: subscriptions::count_administered(conn, provider, reseller)?,
        named: subscriptions::count_named_only(conn, provider, reseller)?,
        drafts: orders::count_drafts_naming(conn, provider, reseller)?,
        partner,
    })
}

/// How a removal went; both name the reseller.
pub enum Removed {
    Removed(String),
    /// Somebody else was faster.
    GoneAlready(String),
}

/// Ends the partnership with a reseller, which keeps what it has or does not.
///
/// # Errors
/// [`Error::NotFound`] when there never was one; database errors.
pub fn remove(
    conn: &mut Connection,
    by: &Allowed<RemovePartnerships>,
    (reseller, keeps): (&OrganisationId, bool),
    now: Moment,
) -> Result<Removed> {
    let of_pair = partnerships::table
        .filter(partnerships::provider_id.eq(&by.organisation.id))
        .filter(partnerships::reseller_id.eq(reseller));
    let name: String =
        of_pair.inner_join(organisation(partnerships::reseller_id)).select(organisation_name).first(conn)?;
    let active: Option<PartnershipId> = of_pair
        .filter(partnerships::state.eq(PartnershipState::Active))
        .select(partnerships::id)
        .first(conn)
        .optional()?;
    let Some(id) = active else { return Ok(Removed::GoneAlready(name)) };
    let removed = diesel::update(partnerships::table)
        .filter(partnerships::id.eq(&id))
        .filter(partnerships::state.eq(PartnershipState::Active))
        .set((
            partnerships::state.eq(PartnershipState::Removed),
            partnerships::removed_at.eq(Some(now)),
            partnerships::removed_by_name.eq(Some(&by.name)),
        ))
        .execute(conn)?;
    if removed == 0 {
        return Ok(Removed::GoneAlready(name));
    }
    record(conn, by, (&id, reseller, &name), keeps, now)?;
    Ok(Removed::Removed(name))
}

/// Both logs are evidence, and the reseller is told.
fn record(
    conn: &mut Connection,
    by: &Allowed<RemovePartnerships>,
    (id, reseller, name): (&PartnershipId, &OrganisationId, &str),
    keeps: bool,
    now: Moment,
) -> Result<()> {
    let state = Change::new("state", PartnershipState::Active.as_text(), PartnershipState::Removed.as_text());
    let entry =
        |with: &str| Entry::new(Action::RemovePartnership, "partnership", id, with).with([state.clone()]);
    activity::store::record(conn, by, &entry(name), now)?;
    activity::store::record_for(conn, reseller, by, &entry(&by.organisation.name), now)?;
    let event = Event::about(Kind::PartnershipRemoved, "partnership", id, &by.organisation.name);
    let event = if keeps { event } else { event.changed("", "handed_over") };
    notifications::tell(conn, reseller, by, &event, now)
}
