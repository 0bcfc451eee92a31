//! What there is to know before it is decided who looks after a customer.

use crate::access::Reach;
use crate::customers::model::{Customer, Delegation};
use crate::customers::store::{delegations, find};
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::orders::facts as orders;
use crate::partnerships::directory::{Partner, partners_of};
use crate::relationships::model::{Held, Parties, Plan};
use crate::relationships::store::plans;
use crate::subscriptions::model::Subscription;
use crate::subscriptions::store::handover::held_by;
use crate::values::id::{CustomerId, DelegationId, OrganisationId};
use crate::values::mark::mark_of;
use crate::values::problem::Problem;

/// A customer with those who look after it.
#[derive(Clone, Debug)]
pub struct Facts {
    pub customer: Customer,
    /// Who administers it now.
    pub lasting: Vec<Delegation>,
    /// The delegation that is to end, whether it still lasts or not.
    pub former: Option<Delegation>,
    /// From which resellers the customer itself took what they might do.
    pub revoked: Vec<OrganisationId>,
    /// The provider's partners that do not administer it yet, by name.
    pub partners: Vec<Partner>,
    /// What it has, by name.
    pub subscriptions: Vec<Subscription>,
    pub orders: i64,
    /// What is planned for it.
    pub plan: Option<Plan>,
}

impl Facts {
    /// Tells whether a page still shows who administers, earns and helps, and what is planned.
    pub fn mark(&self) -> String {
        let delegations = self.lasting.iter().map(|one| format!("{} {:?}", one.id, one.ends_on));
        let subscriptions =
            self.subscriptions.iter().map(|one| format!("{} {:?} {}", one.id, one.incentives, one.support));
        let plan = self.plan.iter().map(|plan| plan.id.to_string());
        let mut parts: Vec<String> = delegations.chain(subscriptions).chain(plan).collect();
        parts.sort_unstable();
        mark_of(&parts.join("\n"))
    }

    /// The subscriptions, as far as it matters who earns and who helps.
    pub fn held(&self) -> Vec<Held> {
        let held = |one: &Subscription| Held {
            id: one.id,
            nickname: one.nickname.clone(),
            earner: one.incentives.as_ref().map(|(_, reseller)| *reseller),
            helper: one.support,
        };
        self.subscriptions.iter().map(held).collect()
    }

    pub fn parties<'a>(&'a self, reseller: Option<&'a OrganisationId>) -> Parties<'a> {
        let former = self.former.as_ref().map(|former| &former.reseller);
        Parties { provider: &self.customer.provider, former, reseller }
    }

    /// The customer, as records name it.
    pub fn customer_named(&self) -> (&CustomerId, &str) {
        (&self.customer.id, &self.customer.account.company_name)
    }

    /// The partner of this id, if it can be chosen.
    pub fn partner(&self, reseller: &OrganisationId) -> Option<&Partner> {
        self.partners.iter().find(|partner| partner.reseller == *reseller)
    }

    /// Why a partner cannot be let in, if it cannot. What the customer itself took away, nobody else gives.
    pub fn hindrance(&self, partner: &Partner) -> Option<Problem> {
        if !self.customer.is_delegated || self.revoked.contains(&partner.reseller) {
            return Some(Problem::RemovedByCustomer);
        }
        partner.lack().map(|lack| lack.problem())
    }

    /// Whether the one that is to end has ended already.
    pub fn is_too_late(&self) -> bool {
        self.former.as_ref().is_some_and(|former| !former.lasts())
    }

    /// Whether somebody ended it. What its own last day ended is out of the way of whatever was planned in its place.
    pub fn was_former_ended(&self) -> bool {
        self.is_too_late() && !self.former.as_ref().is_some_and(Delegation::is_expired)
    }
}

/// A customer of a provider with everything that a page about associating needs.
///
/// # Errors
/// [`Error::NotFound`] when it is beyond reach, or the delegation is not one of it; database errors.
pub fn find_facts(
    conn: &mut Connection,
    provider: &OrganisationId,
    customer: &CustomerId,
    former: Option<&DelegationId>,
) -> Result<Facts> {
    let customer = find(conn, &Reach::Provider(*provider), customer)?;
    let all = delegations::of_customer(conn, &customer.id)?;
    let former = match former {
        Some(id) => Some(all.iter().find(|one| one.id == *id).cloned().ok_or(Error::NotFound)?),
        None => None,
    };
    let revoked = all.iter().filter(|one| one.is_revoked).map(|one| one.reseller).collect();
    let lasting: Vec<Delegation> = all.into_iter().filter(Delegation::lasts).collect();
    let mut partners = partners_of(conn, provider)?;
    partners.retain(|partner| lasting.iter().all(|one| one.reseller != partner.reseller));
    Ok(Facts {
        lasting,
        former,
        revoked,
        partners,
        subscriptions: held_by(conn, &customer.id)?,
        orders: orders::count_of(conn, &customer.id)?,
        plan: plans::open_of(conn, &customer.id)?,
        customer,
    })
}
