//! Activity of the last weeks.

use super::customers::{Customer, between};
use super::orders::Ordering;
use super::random::{Random, hash, id};
use super::rows::{ActivityRow, SubscriptionRow};
use super::world::World;
use crate::activity::{Action, Change, Outcome};
use crate::catalog::model::Billing;
use crate::subscriptions::model::Status;
use crate::values::id::{ActivityId, OrganisationId, PersonId};
use crate::values::moment::Moment;
use crate::values::money::Money;
use crate::values::name::sort_name;

/// The log goes back so many days.
const DAYS: i64 = 90;

type Actor<'a> = (&'a PersonId, &'a str, &'a str);
type Subject<'a> = (&'static str, String, &'a str);

/// A customer was added.
pub fn add_customer(world: &World<'_>, customer: &Customer<'_>, domain: &str, log: &mut Vec<ActivityRow>) {
    let reseller = customer.seller().map(|reseller| Change::set("reseller", &reseller.name));
    let changes = [Change::set("company", &customer.name), Change::set("domain", domain)];
    let changes: Vec<_> = changes.into_iter().chain(reseller).collect();
    let subject = ("customer", customer.id.to_string(), customer.name.as_str());
    Log { world, customer, log }.put(
        agent(customer),
        Action::AddCustomer,
        subject,
        &changes,
        customer.created_at,
    );
}

/// An order was placed, and some of its subscriptions were changed later.
pub fn add_order(order: &Ordering<'_, '_>, made: &[SubscriptionRow], log: &mut Vec<ActivityRow>) {
    let customer = order.customer;
    let mut log = Log { world: order.world, customer, log };
    let total = |billing: Billing| {
        let lines = made.iter().filter(|one| one.billing == billing);
        Money::new(lines.map(|one| one.quantity * one.unit_price_minor).sum(), order.currency())
    };
    let changes = [
        Change::set("subscriptions", made.len()),
        Change::set("monthly_total", total(Billing::Monthly)),
        Change::set("annual_total", total(Billing::Annual)),
    ];
    let subject = ("order", order.id().to_string(), order.number.as_str());
    log.put(agent(customer), Action::CreateOrder, subject, &changes, order.at);
    for subscription in made {
        log.follow(subscription, order.at);
    }
}

struct Log<'a, 'b> {
    world: &'a World<'a>,
    customer: &'a Customer<'a>,
    log: &'b mut Vec<ActivityRow>,
}

impl<'a> Log<'a, '_> {
    /// What happened to a subscription after it was ordered.
    fn follow(&mut self, subscription: &SubscriptionRow, ordered_at: Moment) {
        let mut random = Random::of("life", hash(subscription.id.as_str()));
        let customer = self.customer;
        let subject = || ("subscription", subscription.id.to_string(), subscription.nickname.as_str());
        if let (Some(at), None) = (subscription.suspended_at, &subscription.parent_id) {
            let reason = subscription.suspension_reason.as_deref().unwrap_or("customer_request");
            let changes = [Change::new("status", "active", "suspended"), Change::set("reason", reason)];
            self.put(agent(customer), Action::SuspendSubscription, subject(), &changes, at);
        }
        let from = ordered_at.max(self.world.now.plus_days(-DAYS));
        let at = between(from, self.world.now, &mut random);
        if subscription.status != Status::Active || subscription.is_trial || at == from {
            return;
        }
        match random.below(100) {
            0..=7 => {
                let old = (subscription.quantity - random.between(1, 5)).max(1);
                if old < subscription.quantity {
                    let changes = [Change::new("quantity", old, subscription.quantity)];
                    let by = self.reseller_or_agent(&mut random);
                    self.put(by, Action::UpdateSubscription, subject(), &changes, at);
                }
            }
            8 => {
                let changes = [Change::new("quantity", subscription.quantity, subscription.quantity + 400)];
                self.put(agent(customer), Action::UpdateSubscription, subject(), &changes, at);
                if let Some(record) = self.log.last_mut().filter(|record| record.occurred_at == at) {
                    record.result = Outcome::Failed;
                }
            }
            9 | 10 if !subscription.mpn_id.is_empty() => {
                let changes = [Change::set("mpn_id", &subscription.mpn_id)];
                self.put(agent(customer), Action::CreateMpnAssociation, subject(), &changes, at);
            }
            11 if subscription.support_organisation_id != customer.market.provider.row.id => {
                let name = customer.seller().map(|seller| seller.name.as_str()).unwrap_or_default();
                let changes = [Change::new("support_contact", &customer.market.provider.row.name, name)];
                self.put(agent(customer), Action::AssignSupportContact, subject(), &changes, at);
            }
            12 => {
                let user = ("customer_user", customer.id.to_string(), customer.name.as_str());
                self.put(agent(customer), Action::ResetCustomerPassword, user, &[], at);
            }
            _ => {}
        }
    }

    /// Every third change is made by the reseller.
    fn reseller_or_agent(&self, random: &mut Random) -> Actor<'a> {
        match self.customer.seller().filter(|_| self.customer.ended.is_none() && random.percent(33)) {
            Some(seller) => (&seller.owner.0, &seller.owner.1, &seller.name),
            None => agent(self.customer),
        }
    }

    /// Records in the provider's log, and in the reseller's what its own people did.
    fn put(&mut self, by: Actor<'_>, action: Action, subject: Subject<'_>, changes: &[Change], at: Moment) {
        if at < self.world.now.plus_days(-DAYS) || at > self.world.now {
            return;
        }
        let provider = &self.customer.market.provider.row;
        self.push(&provider.id, by, action, &subject, changes, at);
        let seller = self.customer.seller().filter(|seller| seller.name == by.2);
        if let Some(seller) = seller {
            self.push(&seller.id, by, action, &subject, changes, at);
        }
    }

    fn push(
        &mut self,
        organisation: &OrganisationId,
        (person, person_name, person_organisation): Actor<'_>,
        action: Action,
        (kind, subject, subject_name): &Subject<'_>,
        changes: &[Change],
        at: Moment,
    ) {
        let key = format!("{organisation}{subject}{}", action.as_text());
        self.log.push(ActivityRow {
            id: ActivityId::from_number(id(&key, u64::try_from(at.unix()).unwrap_or(0) & 0xff_ffff)),
            organisation_id: organisation.clone(),
            person_id: person.clone(),
            person_name: person_name.to_owned(),
            person_organisation: person_organisation.to_owned(),
            action,
            customer_id: Some(self.customer.id.clone()),
            customer_name: Some(self.customer.name.clone()),
            customer_sort_name: Some(sort_name(&self.customer.name)),
            subject_kind: kind,
            subject_id: subject.clone(),
            subject_name: (*subject_name).to_owned(),
            changes: serde_json::to_string(changes).unwrap_or_else(|_| "[]".to_owned()),
            result: Outcome::Succeeded,
            occurred_at: at,
        });
    }
}

fn agent<'a>(customer: &Customer<'a>) -> Actor<'a> {
    (&customer.agent.id, &customer.agent.name, &customer.market.provider.row.name)
}
