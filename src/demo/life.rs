//! What is recorded of a customer's life: its beginning, its orders, and what was changed later.

use super::customers::{Customer, between};
use super::log::{self, Actor};
use super::orders::Ordering;
use super::random::{Random, hash};
use super::rows::{ActivityRow, DelegationRow, SubscriptionRow};
use super::world::World;
use crate::activity::{Action, Change, Entry};
use crate::subscriptions::model::{Reason, Status};
use crate::values::moment::Moment;

/// Writes a customer's records.
pub struct Life<'a, 'b> {
    pub world: &'a World<'a>,
    pub customer: &'a Customer<'a>,
    pub log: &'b mut Vec<ActivityRow>,
}

impl<'a> Life<'a, '_> {
    /// It was added, and given to its resellers.
    pub fn begin(&mut self, domain: &str, delegations: &[DelegationRow]) {
        let customer = self.customer;
        let entry = Entry::new(Action::AddCustomer, "customer", &customer.id, &customer.name);
        let country = customer.place.country.code();
        self.put(
            entry.with([Change::set("domain", domain), Change::set("country", country)]),
            customer.created_at,
        );
        for (delegation, reseller) in delegations.iter().zip(customer.managers()) {
            let entry = Entry::new(Action::CreateDelegation, "delegation", &delegation.id, &reseller.name)
                .for_customer(&customer.id, &customer.name)
                .with([Change::set("reseller", &reseller.name)]);
            self.put(entry.clone(), delegation.since);
            let log = (&reseller.id, self.world.now);
            log::put(self.log, log, customer.agent(), &entry, delegation.since);
            if let Some(ended_at) = delegation.ended_at {
                let entry = Entry { action: Action::EndDelegation, ..entry };
                self.put(entry.clone(), ended_at);
                log::put(self.log, log, customer.agent(), &entry, ended_at);
            }
        }
    }

    /// An order was placed, and some of its subscriptions were changed later.
    pub fn order(&mut self, order: &Ordering<'_, '_>, made: &[SubscriptionRow]) {
        let line =
            |one: &SubscriptionRow| Change::set("line", format!("{} × {}", one.offer_name, one.quantity));
        let entry = Entry::new(Action::CreateOrder, "order", order.id(), &order.number);
        self.put(entry.with(made.iter().map(line)), order.at);
        for subscription in made {
            self.follow(subscription, order.at);
        }
    }

    fn follow(&mut self, subscription: &SubscriptionRow, ordered_at: Moment) {
        let mut random = Random::of("life", hash(subscription.id.as_str()));
        if let (Some(at), None) = (subscription.suspended_at, &subscription.parent_id) {
            let reason =
                subscription.suspension_reason.as_deref().unwrap_or(Reason::CustomerRequest.as_text());
            let changes = [Change::new("status", "active", "suspended"), Change::set("reason", reason)];
            self.put(about(subscription, Action::SuspendSubscription).with(changes), at);
        }
        let from = ordered_at.max(self.world.now.plus_days(-log::DAYS));
        let at = between(from, self.world.now, &mut random);
        if subscription.status == Status::Active && !subscription.is_trial && at > from {
            self.change(subscription, at, &mut random);
        }
    }

    /// Something that happens to every eighth subscription.
    fn change(&mut self, subscription: &SubscriptionRow, at: Moment, random: &mut Random) {
        let quantity = subscription.quantity;
        match random.below(100) {
            0..=7 if quantity > 5 => {
                let change = Change::new("quantity", quantity - random.between(1, 4), quantity);
                let entry = about(subscription, Action::UpdateSubscription).with([change]);
                if random.percent(33) { self.put_by_reseller(entry, at) } else { self.put(entry, at) }
            }
            8 => {
                let change = Change::new("quantity", quantity, quantity + 400);
                self.put(about(subscription, Action::UpdateSubscription).with([change]).failed(), at);
            }
            9 | 10 if !subscription.mpn_id.is_empty() => {
                let change = Change::set("mpn_id", &subscription.mpn_id);
                self.put(about(subscription, Action::CreateMpnAssociation).with([change]), at);
            }
            11 if subscription.support_organisation_id != subscription.provider_id => {
                let helper = self.customer.seller().map(|seller| seller.name.as_str()).unwrap_or_default();
                let change = Change::new("support_contact", &self.customer.market.provider.row.name, helper);
                self.put(about(subscription, Action::AssignSupportContact).with([change]), at);
            }
            _ => {}
        }
    }

    /// In the provider's log.
    fn put(&mut self, entry: Entry, at: Moment) {
        let entry = entry.for_customer(&self.customer.id, &self.customer.name);
        let provider = &self.customer.market.provider.row.id;
        log::put(self.log, (provider, self.world.now), self.customer.agent(), &entry, at);
    }

    /// Done by the reseller's owner, if there still is one: in both logs.
    fn put_by_reseller(&mut self, entry: Entry, at: Moment) {
        let Some(seller) = self.customer.seller().filter(|_| self.customer.ended.is_none()) else {
            return self.put(entry, at);
        };
        let (person, name) = (&seller.owner.0, seller.owner.1.as_str());
        let by = Actor { person, name, organisation: &seller.name };
        let entry = entry.for_customer(&self.customer.id, &self.customer.name);
        for organisation in [&self.customer.market.provider.row.id, &seller.id] {
            log::put(self.log, (organisation, self.world.now), by, &entry, at);
        }
    }
}

fn about(subscription: &SubscriptionRow, action: Action) -> Entry {
    Entry::new(action, "subscription", &subscription.id, &subscription.nickname)
}
