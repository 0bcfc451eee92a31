//! What a subscription can be upgraded to, and upgrading it: at once, with the licenses of its users, or not at all.

use super::model::{Barrier, Obstacle, Surroundings, Target, Upgrade, Wanted};
use crate::access::Allowed;
use crate::access::permission::{ManageUsers, UpgradeSubscriptions};
use crate::activity::{self, Action, Change, Entry};
use crate::catalog::facts::{licensed, upgrade_targets};
use crate::catalog::model::{Catalogue, Listed, Unit};
use crate::catalog::store::catalogue;
use crate::customers;
use crate::customers::model::Customer;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::licenses::model::{Deal, Wanted as License};
use crate::licenses::store::{carry_over, latest_holders};
use crate::orders::store::placing::keep_promotion;
use crate::orders::store::upgrading;
use crate::subscriptions::model::purchase::Wanted as Bought;
use crate::subscriptions::model::rules::{self, Action as Step};
use crate::subscriptions::model::{NewSubscription, Subscription};
use crate::subscriptions::store::details::{self, Details};
use crate::subscriptions::store::edit::Edit;
use crate::subscriptions::store::{assigned, holdings, purchase, upgrade as replacing};
use crate::users::store::dealing::{self, Outcome};
use crate::values::id::{OfferId, OrderId, SubscriptionId};
use crate::values::moment::Moment;

/// The licenses of so many users are moved along with the upgrade. Those of others wait to be given by hand.
const MOVED_AT_ONCE: i64 = 1_000;

/// What somebody is asked before a subscription is upgraded.
#[derive(Clone, Debug)]
pub struct Question {
    pub details: Details,
    pub answer: Result<Upgrade, Barrier>,
}

/// How an upgrade ended.
pub enum Upgraded {
    Done(Box<Replaced>),
    /// By somebody before: to this one.
    Already(SubscriptionId),
    /// The subscription or a price is not as the page showed it; nothing was written.
    Stale,
    Refused(Barrier),
}

/// What was bought in place of a subscription, and what came of the licenses.
pub struct Replaced {
    pub id: SubscriptionId,
    pub name: String,
    pub outcomes: Vec<Outcome>,
    /// So many users more have a license that nothing holds any more.
    pub waiting: i64,
}

/// What a subscription within reach can be upgraded to.
///
/// # Errors
/// [`Error::NotFound`] when there is none or it is somebody else's; database errors.
pub fn question(
    conn: &mut Connection,
    by: &Allowed<UpgradeSubscriptions>,
    id: &SubscriptionId,
    now: Moment,
) -> Result<Question> {
    let details = details::of(conn, by, id, now)?;
    let customer = customers::store::find(conn, &by.reach(), &details.subscription.customer)?;
    let barrier = barrier(&details, &customer);
    let answer = match barrier {
        Some(barrier) => Err(barrier),
        None => upgrade_of(conn, by, (&details.subscription, &customer), now)?,
    };
    Ok(Question { details, answer })
}

fn barrier(details: &Details, customer: &Customer) -> Option<Barrier> {
    match details.state.check(Step::Upgrade) {
        Err(refusal) => Some(Barrier::Rule(refusal)),
        Ok(()) if details.subscription.parent.is_some() => Some(Barrier::AddOn),
        Ok(()) if !customer.is_delegated => Some(Barrier::Undelegated),
        Ok(()) => None,
    }
}

fn upgrade_of(
    conn: &mut Connection,
    by: &Allowed<UpgradeSubscriptions>,
    (subscription, customer): (&Subscription, &Customer),
    now: Moment,
) -> Result<Result<Upgrade, Barrier>> {
    let ids = upgrade_targets(conn, &subscription.offer)?;
    if ids.is_empty() {
        return Ok(Err(Barrier::NoPaths));
    }
    let surroundings = surroundings(conn, by, subscription, now)?;
    let catalogue = catalogue(conn, by.organisation.currency, now.day())?;
    let mut targets = Vec::with_capacity(ids.len());
    for id in ids {
        targets.extend(target(
            conn,
            by,
            (customer, &id),
            (&surroundings, &catalogue, subscription.unit),
            now,
        )?);
    }
    let users = assigned::of(conn, subscription, now.day())?.beyond(0);
    let fixed_billing = Some(subscription.billing).filter(|_| !surroundings.add_ons.is_empty());
    Ok(Ok(Upgrade { subscription: subscription.clone(), targets, fixed_billing, users }))
}

fn target(
    conn: &mut Connection,
    by: &Allowed<UpgradeSubscriptions>,
    (customer, id): (&Customer, &OfferId),
    (surroundings, catalogue, unit): (&Surroundings, &Catalogue, Unit),
    now: Moment,
) -> Result<Option<Target>> {
    // What counts otherwise cannot take the place: licenses do not become usage.
    let Some(listed) = catalogue.find(id).filter(|listed| listed.offer.unit == unit).cloned() else {
        return Ok(None);
    };
    let offered = purchase::offered(conn, by, (customer, id, surroundings.earner), now.day())?;
    let (listed, obstacle) = match offered {
        Err(rules::Refusal::NotSold(refusal)) => (listed, Some(Obstacle::NotSold(refusal))),
        Err(_) => return Ok(None),
        Ok(priced) => match licensed(conn, &[*id])?.first() {
            Some(plans) => {
                let obstacle = surroundings.obstacle(&priced, plans, &add_ons_of(surroundings, catalogue));
                (priced, obstacle)
            }
            None => (priced, None),
        },
    };
    Ok(Some(Target { listed, obstacle }))
}

fn add_ons_of(surroundings: &Surroundings, catalogue: &Catalogue) -> Vec<Listed> {
    surroundings.add_ons.iter().filter_map(|(offer, _)| catalogue.find(offer).cloned()).collect()
}

/// What else the customer has, and what is added to the subscription itself: that goes along or not, and takes along
/// what is added to it.
fn surroundings(
    conn: &mut Connection,
    by: &Allowed<UpgradeSubscriptions>,
    subscription: &Subscription,
    now: Moment,
) -> Result<Surroundings> {
    let below = replacing::added_to(conn, &subscription.id)?;
    let holdings = holdings::holdings_of(conn, &by.reach(), &subscription.customer, now.day())?;
    let is_own = |id: &SubscriptionId| *id == subscription.id || below.iter().any(|one| one.id == *id);
    let others = holdings.iter().filter(|held| held.is_there() && !is_own(&held.subscription));
    let others: Vec<OfferId> = others.map(|held| held.offer).collect();
    let direct = below.iter().filter(|one| one.parent == Some(subscription.id));
    let add_ons = direct.map(|one| (one.offer, one.nickname.clone())).collect();
    let earner = subscription.earner();
    Ok(Surroundings { others: licensed(conn, &others)?, add_ons, billing: subscription.billing, earner })
}

/// Upgrades it. `mark` is that of what the page has shown.
///
/// # Errors
/// [`Error::NotFound`] beyond the viewer's reach; database errors.
pub fn upgrade(
    conn: &mut Connection,
    by: &Allowed<UpgradeSubscriptions>,
    edit: &Edit,
    (wanted, mark): (Wanted, &str),
) -> Result<Upgraded> {
    if let Some(next) = replacing::successor(conn, &by.reach(), &edit.id)? {
        return Ok(Upgraded::Already(next.id));
    }
    let question = question(conn, by, &edit.id, edit.now)?;
    let old = question.details.subscription;
    if old.version != edit.version {
        return Ok(Upgraded::Stale);
    }
    let customer = customers::store::find(conn, &by.reach(), &old.customer)?;
    let upgrade = match question.answer {
        Ok(upgrade) => upgrade,
        Err(barrier) => {
            refuse(conn, by, (&old, &customer), edit.now)?;
            return Ok(Upgraded::Refused(barrier));
        }
    };
    let is_shown = |target: &&Target| {
        wanted.how.mark(&target.listed) == mark
            && upgrade.left_without(wanted.how.quantity) == 0
            && upgrade.fixed_billing.is_none_or(|billing| billing == wanted.how.billing)
    };
    let Some(target) = upgrade.target(&wanted.target).filter(is_shown) else { return Ok(Upgraded::Stale) };
    let new = bought(&old, (target, wanted.how), edit.now)?;
    upgrading::order(conn, by, (&old, &new), &customer.account.company_name, edit.now)?;
    keep_promotion(conn, (&new.order, 0), (&new.id, target.listed.promoted.as_ref()))?;
    let outcomes = move_licenses(conn, by, (&old, &new.offer, upgrade.users), edit.now)?;
    replacing::replace(conn, by, (&old, &customer), &new, edit.now)?;
    let waiting = (upgrade.users - MOVED_AT_ONCE).max(0);
    Ok(Upgraded::Done(Box::new(Replaced { id: new.id, name: new.offer_name, outcomes, waiting })))
}

fn refuse(
    conn: &mut Connection,
    by: &Allowed<UpgradeSubscriptions>,
    (old, customer): (&Subscription, &Customer),
    now: Moment,
) -> Result<()> {
    let entry = Entry::new(Action::UpgradeSubscription, "subscription", old.id, &old.nickname)
        .for_customer(&customer.id, &customer.account.company_name)
        .with([Change::set("offer", &old.offer_name)]);
    activity::store::record(conn, by, &entry.failed(), now)
}

/// What is bought: by the same order group, named and helped with as before.
fn bought(old: &Subscription, (target, wanted): (&Target, Bought), now: Moment) -> Result<NewSubscription> {
    let price = wanted.unit_price(&target.listed).ok_or(Error::NotFound)?;
    let offer = target.offer();
    let term = wanted.term(offer, now.day());
    Ok(NewSubscription {
        id: SubscriptionId::new(),
        customer: old.customer,
        provider: old.provider,
        order: OrderId::new(),
        offer: offer.id,
        offer_name: offer.name.clone(),
        unit: offer.unit,
        quantity: wanted.quantity,
        billing: wanted.billing,
        currency: price.currency,
        unit_price_minor: price.minor,
        is_trial: false,
        parent: None,
        incentives: old.incentives.clone(),
        starts_on: term.starts_on,
        renews_on: term.renews_on,
        term_months: term.months,
    })
}

/// Users get a license of the new offer for theirs of the old one, as far as the rules let them.
fn move_licenses(
    conn: &mut Connection,
    by: &Allowed<UpgradeSubscriptions>,
    (old, to, users): (&Subscription, &OfferId, i64),
    now: Moment,
) -> Result<Vec<Outcome>> {
    // Those of deleted users are there for their return.
    carry_over(conn, &old.customer, (&old.offer, to), 0)?;
    if users == 0 {
        return Ok(Vec::new());
    }
    let users = latest_holders(conn, (&old.customer, &old.offer), users.min(MOVED_AT_ONCE))?;
    let deal = Deal { give: vec![License::whole(*to)], take: vec![old.offer] };
    let may = Allowed::<ManageUsers>::check(by)?;
    dealing::deal(conn, &may, (&old.customer, &users), &deal, now)
}
