//! The Designated support contact: who helps the customer with a subscription.

use std::collections::HashMap;

use diesel::prelude::*;

use super::super::model::Subscription;
use super::super::model::rules::Action;
use super::edit::{Changed, Edit, Subject, current};
use super::incentives::name_of;
use crate::access::permission::AssignSupport;
use crate::access::{Allowed, Reach};
use crate::activity::{self, Action as Done, Author, Change};
use crate::customers::facts::has_ended;
use crate::customers::store::holders_among;
use crate::db::Connection;
use crate::db::schema::subscriptions;
use crate::error::Result;
use crate::notifications::{self, Kind};
use crate::partners::facts::Named;
use crate::partners::model::profile::{Details, Profile, Support as Offered};
use crate::partners::store::{namesakes, profile};
use crate::partnerships::directory::partners_dealing_with;
use crate::values::id::OrganisationId;
use crate::values::moment::Moment;
use crate::values::mpn_id::MpnId;
use crate::values::problem::Problem;

/// Whom the customer asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    pub organisation: OrganisationId,
    pub name: String,
    pub email: String,
    pub telephone: String,
    pub website: String,
}

/// Who supports a subscription, and who could.
#[derive(Clone, Debug)]
pub struct Support {
    /// Nothing where it is another reseller than the one who looks.
    pub contact: Option<Contact>,
    pub is_provider: bool,
    /// The designated one can no longer do it, so the provider stands in.
    pub lapsed: Option<String>,
    /// For a provider's people: the provider first, then the resellers that can be chosen, by name.
    pub choices: Vec<Named>,
    /// Tells those choices apart that other organisations are called like.
    pub mpn_ids: HashMap<OrganisationId, MpnId>,
}

/// Who supports a subscription now. A reseller does as long as it administers the customer or the subscription names
/// it; otherwise the provider stands in.
///
/// # Errors
/// Database errors.
pub fn of(conn: &mut Connection, reach: &Reach, subscription: &Subscription) -> Result<Support> {
    let (provider, designated) = (&subscription.provider, &subscription.support);
    let is_held = designated == provider || holds(conn, subscription, designated)?;
    let now = if is_held { designated } else { provider };
    let is_shown = |organisation: &OrganisationId| match reach {
        Reach::Provider(_) | Reach::Customer(_) => true,
        Reach::Reseller(own) => organisation == provider || organisation == own,
        Reach::Nothing => false,
    };
    let contact = if is_shown(now) { Some(contact(conn, now)?) } else { None };
    let is_lapsed = !is_held && is_shown(designated);
    let lapsed = if is_lapsed { Some(name_of(conn, Some(designated))?) } else { None };
    let mut choices = Vec::new();
    if matches!(reach, Reach::Provider(_)) {
        choices.push(Named { id: *provider, name: name_of(conn, Some(provider))? });
        choices.extend(eligible(conn, subscription)?);
        if let Some(contact) = &contact
            && choices.iter().all(|choice| choice.id != contact.organisation)
        {
            choices.push(Named { id: contact.organisation, name: contact.name.clone() });
        }
    }
    let named: Vec<(&OrganisationId, &str)> =
        choices.iter().map(|choice| (&choice.id, choice.name.as_str())).collect();
    let ambiguous = namesakes::ambiguous(conn, &named)?;
    let mpn_ids = namesakes::mpn_ids_of(conn, &ambiguous.iter().collect::<Vec<_>>())?;
    Ok(Support { is_provider: now == provider, contact, lapsed, choices, mpn_ids })
}

/// Whether a reseller deals with a subscription: it administers the customer, or the subscription names it.
pub(super) fn holds(
    conn: &mut Connection,
    subscription: &Subscription,
    reseller: &OrganisationId,
) -> Result<bool> {
    if has_ended(conn, &subscription.customer)? {
        return Ok(false);
    }
    let administers = holders_among(conn, &subscription.customer, std::slice::from_ref(reseller))?;
    Ok(!administers.is_empty() || subscription.names(reseller))
}

/// Chooses who supports a subscription.
///
/// # Errors
/// [`crate::error::Error::NotFound`] beyond the viewer's reach; database errors.
pub fn assign(
    conn: &mut Connection,
    by: &Allowed<AssignSupport>,
    edit: &Edit,
    chosen: &OrganisationId,
) -> Result<Changed> {
    let subject = Subject::find(conn, by, edit)?;
    let subscription = &subject.subscription;
    if subscription.support == *chosen {
        return Ok(Changed::Same);
    }
    let may_be_chosen = subscription.provider == *chosen
        || eligible(conn, subscription)?.iter().any(|choice| choice.id == *chosen);
    // Whoever cannot be chosen is not named in the log either: it may be anybody's organisation.
    let new = if may_be_chosen { name_of(conn, Some(chosen))? } else { String::new() };
    let old = name_of(conn, Some(&subscription.support))?;
    let entry = subject.entry(Done::AssignSupportContact, [Change::new("support_contact", &old, &new)]);
    if let Some(obstacle) = subject.obstacle(conn, by, edit, (Action::AssignSupport, &entry))? {
        return Ok(obstacle);
    }
    if !may_be_chosen {
        return Ok(Changed::Wrong(Problem::UnknownChoice));
    }
    let met = diesel::update(current(edit))
        .set((
            subscriptions::support_organisation_id.eq(chosen),
            subscriptions::version.eq(subscriptions::version + 1),
        ))
        .execute(conn)?;
    let former = &subscription.support;
    let did_support = *former == subscription.provider || holds(conn, subscription, former)?;
    let changed = subject.finish(conn, by, (met, &entry), edit.now)?;
    if changed == Changed::Done {
        inform(conn, &Author::of(by), &subject, ((did_support, &old), (chosen, &new)), edit.now)?;
    }
    Ok(changed)
}

/// The reseller that supported it and the one that does now find it in their own logs, and are told. Neither learns of
/// the other. One that supported no longer learns nothing: the customer may be beyond its reach.
pub(super) fn inform(
    conn: &mut Connection,
    by: &Author,
    subject: &Subject,
    ((did_support, old), (chosen, new)): ((bool, &str), (&OrganisationId, &str)),
    now: Moment,
) -> Result<()> {
    let (provider, former) = (&subject.subscription.provider, &subject.subscription.support);
    if did_support && former != provider {
        let entry = subject.entry(Done::EndSupportContact, [Change::new("support_contact", old, "")]);
        activity::store::record_as(conn, former, by, &entry, now)?;
        notifications::tell_as(conn, former, by, &subject.event(Kind::SupportEnded), now)?;
    }
    if chosen != provider {
        let entry = subject.entry(Done::AssignSupportContact, [Change::set("support_contact", new)]);
        activity::store::record_as(conn, chosen, by, &entry, now)?;
        notifications::tell_as(conn, chosen, by, &subject.event(Kind::SupportAssigned), now)?;
    }
    Ok(())
}

/// Resellers that administer the customer or earn for this subscription, are enrolled, and are in partnership with
/// the provider.
fn eligible(conn: &mut Connection, subscription: &Subscription) -> Result<Vec<Named>> {
    let named = subscription.incentives.as_ref().map(|(_, reseller)| reseller);
    partners_dealing_with(conn, &subscription.provider, &subscription.customer, named)
}

fn contact(conn: &mut Connection, organisation: &OrganisationId) -> Result<Contact> {
    let Profile { id, details: Details { name, support, .. }, .. } = profile::find(conn, organisation)?;
    let Offered { email, telephone, website } = support;
    Ok(Contact { organisation: id, name, email, telephone, website })
}
