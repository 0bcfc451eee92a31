//! Reseller (MPN ID): who earns incentives for a subscription.

use diesel::prelude::*;

use super::super::model::NewSubscription;
use super::super::model::rules::Action;
use super::edit::{Changed, Edit, Subject, current};
use super::{limits, tenant_owner};
use crate::access::permission::AssignIncentives;
use crate::access::{Allowed, OrganisationKind, Viewer};
use crate::activity::{self, Action as Done, Author, Change, Entry};
use crate::azure::model::owner::OwnerEnd;
use crate::db::Connection;
use crate::db::schema::subscriptions;
use crate::error::Result;
use crate::notifications::{self, Kind};
use crate::partners;
use crate::partners::model::eligibility::{Missing, missing};
use crate::partners::store::eligibility::facts_at;
use crate::partnerships::directory;
use crate::values::id::OrganisationId;
use crate::values::moment::Moment;
use crate::values::mpn_id::MpnId;
use crate::values::problem::Problem;

/// Sets, changes or clears who earns incentives.
///
/// # Errors
/// [`crate::error::Error::NotFound`] beyond the viewer's reach; database errors.
pub fn assign_reseller(
    conn: &mut Connection,
    by: &Allowed<AssignIncentives>,
    edit: &Edit,
    mpn_id: Option<&MpnId>,
) -> Result<Changed> {
    let subject = Subject::find(conn, by, edit)?;
    let old = subject.subscription.mpn_id();
    let new = mpn_id.map_or("", MpnId::as_str);
    if old == new {
        return Ok(Changed::Same);
    }
    let done = match (old, new) {
        ("", _) => Done::CreateMpnAssociation,
        (_, "") => Done::RemoveMpnAssociation,
        _ => Done::UpdateMpnAssociation,
    };
    let entry = subject.entry(done, [Change::new("mpn_id", old, new)]);
    if let Some(obstacle) = subject.obstacle(conn, by, edit, (Action::AssignReseller, &entry))? {
        return Ok(obstacle);
    }
    let earner =
        match mpn_id.map(|mpn_id| earner(conn, &subject.subscription.provider, mpn_id)).transpose()? {
            Some(Err(problem)) => {
                subject.record(conn, by, &entry.failed(), edit.now)?;
                return Ok(Changed::Wrong(problem));
            }
            Some(Ok(reseller)) => Some(reseller),
            None => None,
        };
    if let Some(wrong) = limits::refused(conn, &subject.subscription, earner.as_ref())? {
        subject.record(conn, by, &entry.failed(), edit.now)?;
        return Ok(Changed::Wrong(wrong.into()));
    }
    let entry = entry.with([Change::new(
        "reseller",
        name_of(conn, subject.subscription.incentives.as_ref().map(|(_, reseller)| reseller))?,
        name_of(conn, earner.as_ref())?,
    )]);
    let met = diesel::update(current(edit))
        .set((
            subscriptions::mpn_id.eq(new),
            subscriptions::mpn_reseller_id.eq(&earner),
            subscriptions::version.eq(subscriptions::version + 1),
        ))
        .execute(conn)?;
    let changed = subject.finish(conn, by, (met, &entry), edit.now)?;
    if changed == Changed::Done {
        inform(conn, &Author::of(by), &subject, (earner.as_ref(), new), edit.now)?;
    }
    Ok(changed)
}

/// Whoever earned and whoever earns now find it in their own logs, and are told. Neither learns of the other.
pub(super) fn inform(
    conn: &mut Connection,
    by: &Author,
    subject: &Subject,
    (earner, new): (Option<&OrganisationId>, &str),
    now: Moment,
) -> Result<()> {
    let former = subject.subscription.incentives.as_ref().map(|(_, former)| former);
    let old = subject.subscription.mpn_id();
    let (stays, old_of_earner) = (former == earner, if former == earner { old } else { "" });
    if !stays {
        let customer = (&subject.customer.id, subject.customer.company_name.as_str());
        let of = (&subject.subscription, customer);
        tenant_owner::end(conn, by, of, OwnerEnd::ResellerChanged, now)?;
    }
    if let Some(former) = former.filter(|_| !stays) {
        let entry = subject.entry(Done::RemoveMpnAssociation, [Change::new("mpn_id", old, "")]);
        activity::store::record_as(conn, former, by, &entry, now)?;
        let event = subject.event(Kind::IncentivesEnded).changed(old, "");
        notifications::tell_as(conn, former, by, &event, now)?;
    }
    if let Some(earner) = earner {
        let done = if stays { Done::UpdateMpnAssociation } else { Done::CreateMpnAssociation };
        let entry = subject.entry(done, [Change::new("mpn_id", old_of_earner, new)]);
        activity::store::record_as(conn, earner, by, &entry, now)?;
        let event = subject.event(Kind::IncentivesNamed).changed(old_of_earner, new);
        notifications::tell_as(conn, earner, by, &event, now)?;
    }
    Ok(())
}

/// Records that a new subscription names a reseller in the reseller's own log.
///
/// # Errors
/// Database errors.
pub fn record_first(
    conn: &mut Connection,
    by: &Viewer,
    (new, company_name): (&NewSubscription, &str),
    now: Moment,
) -> Result<()> {
    let Some((mpn_id, reseller)) = &new.incentives else { return Ok(()) };
    let entry = Entry::new(Done::CreateMpnAssociation, "subscription", new.id, &new.offer_name)
        .for_customer(&new.customer, company_name)
        .with([Change::set("mpn_id", mpn_id)]);
    activity::store::record_for(conn, reseller, by, &entry, now)
}

/// The reseller that may earn by an MPN ID what this provider sells, or why nobody may.
///
/// # Errors
/// Database errors.
pub fn earner(
    conn: &mut Connection,
    provider: &OrganisationId,
    mpn_id: &MpnId,
) -> Result<Result<OrganisationId, Problem>> {
    let Some((owner, location)) = partners::store::location_of(conn, mpn_id)? else {
        return Ok(Err(Problem::UnknownMpnId));
    };
    if owner == *provider {
        return Ok(Err(Problem::OwnMpnId));
    }
    let reseller = partners::store::find(conn, &owner)?;
    if reseller.kind != OrganisationKind::Reseller {
        return Ok(Err(Problem::NotAReseller));
    }
    if location.is_head_office {
        return Ok(Err(Problem::HeadOfficeMpnId));
    }
    let home = partners::store::find(conn, provider)?.country;
    let missing = missing(&facts_at(conn, &owner, &location)?, home);
    if missing.contains(&Missing::SameRegion) {
        return Ok(Err(Problem::OtherRegion));
    }
    // How strangers stand is nobody's business.
    if directory::find_partner(conn, provider, &owner)?.is_none() {
        return Ok(Err(Problem::NotInPartnership));
    }
    if let Some(lack) = missing.first() {
        return Ok(Err(lack.problem()));
    }
    Ok(Ok(owner))
}

/// The name of an organisation; nothing for nobody.
pub(super) fn name_of(conn: &mut Connection, organisation: Option<&OrganisationId>) -> Result<String> {
    match organisation {
        Some(id) => partners::facts::name_of(conn, id),
        None => Ok(String::new()),
    }
}
