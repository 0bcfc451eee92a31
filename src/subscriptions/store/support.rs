//! The Designated support contact: who helps the customer with a subscription.

use diesel::prelude::*;

use super::super::model::Subscription;
use super::super::model::rules::Action;
use super::edit::{Changed, Edit, Subject, current};
use super::incentives::name_of;
use crate::access::permission::AssignSupport;
use crate::access::{Allowed, Reach};
use crate::activity::{self, Action as Done, Change};
use crate::customers::store::holders_among;
use crate::db::Connection;
use crate::db::schema::{delegations, organisations, partnerships, subscriptions};
use crate::error::Result;
use crate::partners::model::OrganisationState;
use crate::values::id::OrganisationId;
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
    pub choices: Vec<(OrganisationId, String)>,
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
        Reach::Provider(_) => true,
        Reach::Reseller(own) => organisation == provider || organisation == own,
        Reach::Nothing => false,
    };
    let contact = if is_shown(now) { Some(contact(conn, now)?) } else { None };
    let is_lapsed = !is_held && is_shown(designated);
    let lapsed = if is_lapsed { Some(name_of(conn, Some(designated))?) } else { None };
    let mut choices = Vec::new();
    if matches!(reach, Reach::Provider(_)) {
        choices.push((provider.clone(), name_of(conn, Some(provider))?));
        choices.extend(eligible(conn, subscription)?);
        if let Some(contact) = &contact
            && choices.iter().all(|(id, _)| *id != contact.organisation)
        {
            choices.push((contact.organisation.clone(), contact.name.clone()));
        }
    }
    Ok(Support { is_provider: now == provider, contact, lapsed, choices })
}

/// Whether a reseller deals with a subscription: it administers the customer, or the subscription names it.
fn holds(conn: &mut Connection, subscription: &Subscription, reseller: &OrganisationId) -> Result<bool> {
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
        || eligible(conn, subscription)?.iter().any(|(reseller, _)| reseller == chosen);
    // Whoever cannot be chosen is not named in the log either: it may be anybody's organisation.
    let new = if may_be_chosen { name_of(conn, Some(chosen))? } else { String::new() };
    let old = name_of(conn, Some(&subscription.support))?;
    let changed = Change::new("support_contact", &old, &new);
    let entry = subject.entry(Done::AssignSupportContact, [changed]);
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
    let changed = subject.finish(conn, by, (met, &entry), edit.now)?;
    if changed == Changed::Done {
        record_for_resellers(conn, by, &subject, (chosen, &old, &new), edit)?;
    }
    Ok(changed)
}

/// Whoever supports no longer and whoever does now have it in their own logs, without each other's name.
fn record_for_resellers(
    conn: &mut Connection,
    by: &Allowed<AssignSupport>,
    subject: &Subject,
    (chosen, old, new): (&OrganisationId, &str, &str),
    edit: &Edit,
) -> Result<()> {
    let (provider, former) = (&subject.subscription.provider, &subject.subscription.support);
    for (reseller, change) in
        [(former, Change::new("support_contact", old, "")), (chosen, Change::set("support_contact", new))]
    {
        if reseller != provider {
            let entry = subject.entry(Done::AssignSupportContact, [change]);
            activity::store::record_for(conn, reseller, by, &entry, edit.now)?;
        }
    }
    Ok(())
}

/// Resellers that administer the customer or earn for this subscription, are enrolled, and are in partnership with
/// the provider.
fn eligible(conn: &mut Connection, subscription: &Subscription) -> Result<Vec<(OrganisationId, String)>> {
    let administer = delegations::table
        .filter(delegations::customer_id.eq(&subscription.customer))
        .filter(delegations::ended_at.is_null())
        .select(delegations::reseller_id);
    let named = subscription.incentives.as_ref().map(|(_, reseller)| reseller);
    let rows = partnerships::table
        .inner_join(organisations::table.on(organisations::id.eq(partnerships::reseller_id)))
        .filter(partnerships::provider_id.eq(&subscription.provider))
        .filter(partnerships::state.eq("active"))
        .filter(
            partnerships::reseller_id
                .eq_any(administer)
                .or(partnerships::reseller_id.nullable().eq(named.cloned())),
        )
        .filter(organisations::state.eq(OrganisationState::Enrolled))
        .order((organisations::name, organisations::id))
        .select((organisations::id, organisations::name))
        .load(conn)?;
    Ok(rows)
}

fn contact(conn: &mut Connection, organisation: &OrganisationId) -> Result<Contact> {
    let (name, email, telephone, website) = organisations::table
        .find(organisation)
        .select((
            organisations::name,
            organisations::support_email,
            organisations::support_telephone,
            organisations::support_website,
        ))
        .first(conn)?;
    Ok(Contact { organisation: organisation.clone(), name, email, telephone, website })
}
