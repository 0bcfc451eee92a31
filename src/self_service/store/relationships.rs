//! Who deals with a customer: its providers, and the resellers that administer its accounts or did, or that some of its
//! subscriptions name.

use std::collections::BTreeMap;

use diesel::prelude::*;

use crate::access::Allowed;
use crate::access::permission::SeeRelationships;
use crate::customers::facts::accounts_of;
use crate::customers::model::{Customer, Delegation};
use crate::customers::store::account;
use crate::db::Connection;
use crate::error::Result;
use crate::partners::model::profile::Support;
use crate::partners::store::profile;
use crate::subscriptions::facts::{count_rewarded, resellers_named};
use crate::subscriptions::model::Subscription;
use crate::subscriptions::store::handover::held_by;
use crate::values::id::{CustomerId, OrganisationId};

/// A partner, and how it is reached.
#[derive(Clone, Debug)]
pub struct Partner {
    pub name: String,
    pub support: Support,
    /// The names of the account's subscriptions that it helps with.
    pub supported: Vec<String>,
}

/// A reseller that has to do with an account.
#[derive(Clone, Debug)]
pub struct Reseller {
    pub partner: Partner,
    /// What it was given last; nothing where only subscriptions name it.
    pub delegation: Option<Delegation>,
    /// How many subscriptions name it: it manages these, whoever administers the account.
    pub managed: i64,
}

/// An account with a provider, and everybody who deals with it.
#[derive(Clone, Debug)]
pub struct Relationship {
    pub account: Customer,
    pub provider: Partner,
    pub resellers: Vec<Reseller>,
}

/// All relationships of the viewer's company, the oldest first.
///
/// # Errors
/// Database errors.
pub fn all(conn: &mut Connection, by: &Allowed<SeeRelationships>) -> Result<Vec<Relationship>> {
    let accounts: Vec<CustomerId> = accounts_of(&by.organisation.id).load(conn)?;
    let mut found = Vec::new();
    for id in &accounts {
        found.push(one(conn, by, id)?);
    }
    found.sort_by_key(|relationship| (relationship.account.created_at, relationship.account.id));
    Ok(found)
}

fn one(conn: &mut Connection, by: &Allowed<SeeRelationships>, id: &CustomerId) -> Result<Relationship> {
    let held = account::find(conn, &by.reach(), id)?;
    let subscriptions = held_by(conn, id)?;
    let lasts = held.customer.ended_at.is_none();
    let administering: Vec<OrganisationId> =
        held.delegations.iter().filter(|one| one.lasts()).map(|one| one.reseller).collect();
    let helps = |organisation: &OrganisationId| {
        let helper = |one: &Subscription| one.helper(lasts, |reseller| administering.contains(reseller));
        let helped = subscriptions.iter().filter(|one| helper(one) == *organisation);
        helped.map(|one| one.nickname.clone()).collect()
    };
    let provider = partner(conn, &held.customer.provider, helps)?;
    let mut latest: BTreeMap<OrganisationId, Option<Delegation>> = BTreeMap::new();
    // What lasts stands before what has ended, and that in the order of time.
    for delegation in held.delegations {
        latest.entry(delegation.reseller).or_insert(Some(delegation));
    }
    for reseller in resellers_named(conn, id)? {
        latest.entry(reseller).or_default();
    }
    let mut resellers = Vec::new();
    for (reseller, delegation) in latest {
        let managed = count_rewarded(conn, id, &reseller)?;
        resellers.push(Reseller { partner: partner(conn, &reseller, helps)?, delegation, managed });
    }
    resellers.sort_by(|one, other| one.partner.name.cmp(&other.partner.name));
    Ok(Relationship { account: held.customer, provider, resellers })
}

fn partner(
    conn: &mut Connection,
    id: &OrganisationId,
    helps: impl Fn(&OrganisationId) -> Vec<String>,
) -> Result<Partner> {
    let details = profile::find(conn, id)?.details;
    Ok(Partner { name: details.name, support: details.support, supported: helps(id) })
}
