//! The ledger: who looks after a customer, and who did.

use super::plans;
use crate::access::permission::SeeCustomers;
use crate::access::{Allowed, Reach};
use crate::azure::model::owner::TenantOwner;
use crate::azure::store::owners;
use crate::customers::model::{Customer, Delegation};
use crate::customers::store::{delegations, find};
use crate::db::Connection;
use crate::error::Result;
use crate::partners::facts::name_of;
use crate::relationships::model::Plan;
use crate::subscriptions::model::Subscription;
use crate::subscriptions::store::handover::held_by;
use crate::values::id::{CustomerId, OrganisationId};

/// What the Relationships page shows. A reseller reads of itself and of the provider, and of no other reseller.
#[derive(Clone, Debug)]
pub struct Ledger {
    pub customer: Customer,
    pub provider_name: String,
    /// Those that last first, then what is past.
    pub delegations: Vec<Delegation>,
    /// Who does what for how many of the subscriptions, by name.
    pub partners: Vec<Part>,
    /// How many subscriptions there are in all.
    pub subscriptions: usize,
    pub plans: Vec<Plan>,
    /// Who has tenant owner permission, and who had it, each with the name of the subscription.
    pub owners: Vec<(TenantOwner, String)>,
}

/// What one organisation does for a customer's subscriptions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub organisation: OrganisationId,
    pub name: String,
    /// The names of those for which it earns incentives.
    pub earns: Vec<String>,
    /// The names of those of which it is the Designated support contact.
    pub helps: Vec<String>,
}

impl Ledger {
    /// The plan that waits for its day.
    pub fn plan(&self) -> Option<&Plan> {
        self.plans.iter().find(|plan| plan.is_open())
    }

    /// Whether a reseller cannot be let in: it administers the customer, or the customer took that away.
    pub fn is_hindered(&self, reseller: &OrganisationId) -> bool {
        self.delegations.iter().any(|one| one.reseller == *reseller && (one.lasts() || one.is_revoked))
    }

    /// How many subscriptions name the reseller of a delegation, which it manages without one. That is said once, of its
    /// last delegation, and not where that lets it manage all of them, nor where the relationship has ended.
    pub fn named(&self, past: &Delegation) -> usize {
        let reseller = &past.reseller;
        // Those that last come first, then the latest.
        let last = self.delegations.iter().find(|one| one.reseller == *reseller);
        let is_last = last.is_some_and(|one| one.id == past.id);
        if past.lasts() || !is_last || self.customer.ended_at.is_some() {
            return 0;
        }
        self.partners.iter().find(|part| part.organisation == *reseller).map_or(0, |part| part.earns.len())
    }
}

/// The ledger of a customer within reach.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when it is beyond; database errors.
pub fn find_ledger(conn: &mut Connection, by: &Allowed<SeeCustomers>, id: &CustomerId) -> Result<Ledger> {
    let reach = by.reach();
    let customer = find(conn, &reach, id)?;
    let mut delegations = delegations::of_customer(conn, id)?;
    let held = held_by(conn, id)?;
    // Of all delegations: whether another reseller helps decides that the provider does not.
    let partners = parts(conn, (&reach, &customer), &held, &delegations)?;
    if let Reach::Reseller(own) = &reach {
        delegations.retain(|one| one.reseller == *own);
    }
    let mut owners = owners::of_customer(conn, id)?;
    if let Reach::Reseller(own) = &reach {
        owners.retain(|one| one.reseller == *own);
    }
    Ok(Ledger {
        owners: owners_with_names(owners, &held),
        provider_name: name_of(conn, &customer.provider)?,
        plans: plans::seen(conn, by, id)?,
        subscriptions: held.len(),
        customer,
        delegations,
        partners,
    })
}

/// Deleted subscriptions have no name here any more.
fn owners_with_names(owners: Vec<TenantOwner>, held: &[Subscription]) -> Vec<(TenantOwner, String)> {
    let name = |owner: &TenantOwner| {
        let found = held.iter().find(|one| one.id == owner.subscription);
        found.map(|one| one.nickname.clone()).unwrap_or_default()
    };
    owners.into_iter().map(|owner| (owner.clone(), name(&owner))).collect()
}

/// What each organisation that the reach may know of does: the provider first, then by how much it earns for.
fn parts(
    conn: &mut Connection,
    (reach, customer): (&Reach, &Customer),
    held: &[Subscription],
    delegations: &[Delegation],
) -> Result<Vec<Part>> {
    let (provider, lasts) = (&customer.provider, customer.ended_at.is_none());
    let administers = |id: &OrganisationId| delegations.iter().any(|one| one.lasts() && one.reseller == *id);
    let is_seen = |id: &OrganisationId| match reach {
        Reach::Provider(_) => true,
        Reach::Reseller(own) => id == own || id == provider,
        Reach::Customer(_) | Reach::Nothing => false,
    };
    let earner = |one: &Subscription| one.incentives.as_ref().map(|(_, reseller)| *reseller);
    let helper = |one: &Subscription| one.helper(lasts, administers);
    let mut ids = vec![*provider];
    ids.extend(held.iter().filter_map(earner).chain(held.iter().map(helper)));
    let mut parts: Vec<Part> = Vec::new();
    for id in ids {
        if !is_seen(&id) || parts.iter().any(|part| part.organisation == id) {
            continue;
        }
        let named = |is: &dyn Fn(&Subscription) -> bool| {
            held.iter().filter(|one| is(one)).map(|one| one.nickname.clone()).collect()
        };
        let earns = named(&|one| earner(one) == Some(id));
        let helps = named(&|one| helper(one) == id);
        parts.push(Part { organisation: id, name: name_of(conn, &id)?, earns, helps });
    }
    Ok(parts)
}
