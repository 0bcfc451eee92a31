//! What was done to a subscription, and who did it last.

use super::super::model::Subscription;
use crate::access::Viewer;
use crate::activity::store::about::{self, Deed, Extent};
use crate::activity::{Action, Change, Outcome};
use crate::db::Connection;
use crate::error::Result;
use crate::values::id::OrganisationId;
use crate::values::moment::Moment;

/// So many records stand on the page of a subscription; the Activity log has all.
const SHOWN: i64 = 20;

/// What a reseller sees of what others did: nothing about who earns and who helps, which may be another reseller.
const SHOWN_TO_RESELLERS: [Action; 10] = [
    Action::UpdateSubscription,
    Action::UpgradeSubscription,
    Action::UndoQuantityChange,
    Action::ConvertTrial,
    Action::RenewSubscription,
    Action::EndSubscription,
    Action::SuspendSubscription,
    Action::ReactivateSubscription,
    Action::CancelSubscription,
    Action::CancelOrder,
];

/// What a reseller reads in its own log, where it stands without a word about any other reseller.
const OF_ITS_OWN: [Action; 5] = [
    Action::CreateMpnAssociation,
    Action::UpdateMpnAssociation,
    Action::RemoveMpnAssociation,
    Action::AssignSupportContact,
    Action::EndSupportContact,
];

/// What names another subscription of the customer, or an order of it.
const OF_OTHER_SUBSCRIPTIONS: [&str; 2] = ["number", "with_base"];

/// One thing that was done, or tried.
#[derive(Clone, Debug)]
pub struct Event {
    pub action: Action,
    pub by: Author,
    pub changes: Vec<Change>,
    pub outcome: Outcome,
    pub at: Moment,
}

/// Who did something, as far as the viewer may know. A provider's people and colleagues are told the person;
/// a reseller learns of others only which organisation it was, and only if it is the provider.
#[derive(Clone, Debug)]
pub struct Author {
    /// The portal did it by itself.
    pub is_portal: bool,
    pub person: Option<String>,
    pub organisation: Option<String>,
}

impl Author {
    fn seen_by(viewer: &Viewer, provider: &OrganisationId, deed: &Deed) -> Self {
        let is_colleague = deed.home.as_ref() == Some(&viewer.organisation.id);
        let is_provider = deed.home.as_ref() == Some(provider);
        Self {
            is_portal: deed.is_of_portal(),
            person: (is_colleague || viewer.is_provider()).then(|| deed.person_name.clone()),
            organisation: (is_colleague || is_provider || viewer.is_provider())
                .then(|| deed.organisation_name.clone()),
        }
    }
}

/// Who changed a subscription last, and when.
#[derive(Clone, Debug)]
pub struct LastChange {
    pub by: Author,
    pub at: Moment,
    /// It was the viewer, in another tab.
    pub is_viewer: bool,
}

/// The latest that was done to a subscription, newest first, from the provider's log, which has it all; for a reseller
/// with what made it earn or help, and what ended that, from its own. A reseller that manages the subscription without holding the customer reads what it did itself and what the provider did, and
/// nothing about other subscriptions.
///
/// # Errors
/// Database errors.
pub fn of(
    conn: &mut Connection,
    viewer: &Viewer,
    subscription: &Subscription,
    holds_customer: bool,
) -> Result<Vec<Event>> {
    let (log, subject) = (&subscription.provider, subscription.id.as_str());
    let own = &viewer.organisation.id;
    let extent = match viewer.is_provider() {
        true => Extent::All,
        false => Extent::Some { actions: &SHOWN_TO_RESELLERS, elsewhere: (own, &OF_ITS_OWN) },
    };
    let known = [own, log];
    let by_people_of = (!holds_customer).then_some(known.as_slice());
    let deeds = about::latest(conn, (log, subject), extent, by_people_of, SHOWN)?;
    let event = |deed: Deed| {
        let mut changes = deed.changes.clone();
        changes.retain(|change| holds_customer || !OF_OTHER_SUBSCRIPTIONS.contains(&change.field.as_str()));
        Event {
            action: deed.action,
            by: Author::seen_by(viewer, log, &deed),
            changes,
            outcome: deed.outcome,
            at: deed.at,
        }
    };
    Ok(deeds.into_iter().map(event).collect())
}

/// The last change of a subscription, from the provider's log, which has them all; nothing where another reseller
/// made it and the viewer does not hold the customer.
///
/// # Errors
/// Database errors.
pub fn last_change(
    conn: &mut Connection,
    viewer: &Viewer,
    subscription: &Subscription,
    holds_customer: bool,
) -> Result<Option<LastChange>> {
    let log = &subscription.provider;
    let Some(last) = about::last(conn, (log, subscription.id.as_str()))? else { return Ok(None) };
    let is_known = last.home.as_ref().is_some_and(|home| *home == viewer.organisation.id || home == log);
    if !holds_customer && !is_known && !last.is_of_portal() {
        return Ok(None);
    }
    Ok(Some(LastChange {
        by: Author::seen_by(viewer, log, &last),
        at: last.at,
        is_viewer: last.person == viewer.person.as_str(),
    }))
}
