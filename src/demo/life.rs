//! What is recorded of a customer's life: its beginning, its orders, and what was changed later.

use chrono::Months;

use super::customers::{Customer, between};
use super::fate::CHANGED_MIND_DAYS;
use super::log::{self, Actor};
use super::orders::Ordering;
use super::random::{Random, hash};
use super::rows::{ActivityRow, DelegationRow, NotificationRow, QuantityChangeRow, SubscriptionRow};
use super::told;
use super::world::World;
use crate::activity::{Action, Change, Entry};
use crate::catalog::model::{Billing, Unit};
use crate::notifications::{Event, Kind};
use crate::subscriptions::model::{End, Reason, Status};
use crate::values::id::OrganisationId;
use crate::values::moment::Moment;
use crate::values::money::Money;

/// The portal renews within the hour after a day has begun: so many seconds later.
const RENEWED_AFTER: i64 = 1_260;

/// Writes a customer's records.
pub struct Life<'a, 'b> {
    pub world: &'a World<'a>,
    pub customer: &'a Customer<'a>,
    pub log: &'b mut Vec<ActivityRow>,
    pub told: &'b mut Vec<NotificationRow>,
    pub changes: &'b mut Vec<QuantityChangeRow>,
}

impl<'a> Life<'a, '_> {
    /// It was added, and given to its resellers.
    pub fn begin(&mut self, domain: &str, delegations: &[DelegationRow]) {
        let customer = self.customer;
        let entry = Entry::new(Action::AddCustomer, "customer", customer.id, &customer.name);
        let country = customer.place.country.code();
        self.put(
            entry.with([Change::set("domain", domain), Change::set("country", country)]),
            customer.created_at,
        );
        for (delegation, reseller) in delegations.iter().zip(customer.managers()) {
            let entry = Entry::new(Action::CreateDelegation, "delegation", delegation.id, &reseller.name)
                .for_customer(&customer.id, &customer.name)
                .with([Change::set("reseller", &reseller.name)]);
            let delegated = Event::about_customer(Kind::CustomerDelegated, &customer.id, &customer.name);
            self.put_for(&reseller.id, entry.clone(), delegated, delegation.since);
            self.put(entry.clone(), delegation.since);
            if let Some(ended_at) = delegation.ended_at {
                let entry = Entry { action: Action::EndDelegation, ..entry };
                let ended = Event::about_customer(Kind::DelegationEnded, &customer.id, &customer.name);
                self.put_for(&reseller.id, entry.clone(), ended, ended_at);
                self.put(entry, ended_at);
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
            self.quantities(subscription, order.at);
        }
        let recent = self.world.now.plus_days(-log::DAYS);
        if let [one] = made
            && (one.status, one.billing, one.unit) == (Status::Active, Billing::Monthly, Unit::Licenses)
            && one.term_months > 1
            && order.at < recent
            && hash(one.id.as_str()).is_multiple_of(10)
        {
            let at = between(recent, self.world.now, &mut Random::of("billing", hash(one.id.as_str())));
            self.billing(one, at);
        }
    }

    /// The order was cancelled, with all it had bought.
    pub fn cancelled(&mut self, order: &Ordering<'_, '_>, made: &[SubscriptionRow], at: Moment) {
        let line =
            |one: &SubscriptionRow| Change::set("line", format!("{} × {}", one.offer_name, one.quantity));
        let entry = Entry::new(Action::CancelOrder, "order", order.id(), &order.number);
        self.put_for_both(entry.with(made.iter().map(line)), at);
        for subscription in made {
            let changes = [Change::new("status", "active", "deleted"), Change::set("number", &order.number)];
            self.put_for_both(about(subscription, Action::CancelOrder).with(changes), at);
        }
    }

    /// An order of one subscription is billed monthly now, and was annually before.
    fn billing(&mut self, subscription: &SubscriptionRow, at: Moment) {
        let price = |times: i64| Money::new(subscription.unit_price_minor * times, subscription.currency);
        let changes = [
            Change::new("billing", Billing::Annual.as_text(), Billing::Monthly.as_text()),
            Change::new("unit_price", price(12), price(1)),
        ];
        self.put_for_both(about(subscription, Action::UpdateSubscription).with(changes), at);
    }

    fn follow(&mut self, subscription: &SubscriptionRow, ordered_at: Moment) {
        let mut random = Random::of("life", hash(subscription.id.as_str()));
        if let (Some(at), None) = (subscription.suspended_at, &subscription.parent_id) {
            let reason =
                subscription.suspension_reason.as_deref().unwrap_or(Reason::CustomerRequest.as_text());
            let changes = [Change::new("status", "active", "suspended"), Change::set("reason", reason)];
            self.put(about(subscription, Action::SuspendSubscription).with(changes), at);
        }
        self.changed_mind(subscription, ordered_at);
        self.renewed(subscription);
        let from = ordered_at.max(self.world.now.plus_days(-log::DAYS));
        let at = between(from, self.world.now, &mut random);
        if subscription.status == Status::Active && !subscription.is_trial && at > from {
            self.change(subscription, at, &mut random);
        }
    }

    /// It was cancelled soon after its order.
    fn changed_mind(&mut self, subscription: &SubscriptionRow, ordered_at: Moment) {
        if subscription.end_reason == Some(End::CancelledAlone) {
            let change = Change::new("status", "active", "deleted");
            let entry = about(subscription, Action::CancelSubscription).with([change]);
            self.put_for_both(entry, ordered_at.plus_days(CHANGED_MIND_DAYS));
        }
    }

    /// The portal began the term in which it is.
    fn renewed(&mut self, subscription: &SubscriptionRow) {
        let months = u32::try_from(subscription.term_months).unwrap_or_default();
        let begun = subscription.renews_on.checked_sub_months(Months::new(months));
        let Some(begun) = begun.filter(|day| *day > subscription.starts_on) else { return };
        if subscription.status == Status::Deleted || subscription.unit == Unit::Usage {
            return;
        }
        let change = Change::new("renews_on", begun, subscription.renews_on);
        let entry = about(subscription, Action::RenewSubscription).with([change]);
        let entry = entry.for_customer(&self.customer.id, &self.customer.name);
        let provider = &self.customer.market.provider.row;
        let at = Moment::start_of(begun).plus_seconds(RENEWED_AFTER);
        log::put_by_portal(self.log, (&provider.id, self.world.now), &entry, at);
    }

    /// Something that happens to every eighth subscription.
    fn change(&mut self, subscription: &SubscriptionRow, at: Moment, random: &mut Random) {
        let quantity = subscription.quantity;
        match random.below(100) {
            0..=7 if quantity > 5 => {
                let old = quantity - random.between(1, 4);
                let change = Change::new("quantity", old, quantity);
                let entry = about(subscription, Action::UpdateSubscription).with([change]);
                if random.percent(33) {
                    let event = self.event(subscription, Kind::QuantityChanged).changed(old, quantity);
                    self.put_by_reseller(entry, event, at)
                } else {
                    self.put(entry, at)
                }
            }
            8 => {
                let change = Change::new("quantity", quantity, quantity + 400);
                self.put(about(subscription, Action::UpdateSubscription).with([change]).failed(), at);
            }
            9 | 10 if !subscription.mpn_id.is_empty() => {
                let change = Change::set("mpn_id", &subscription.mpn_id);
                let entry = about(subscription, Action::CreateMpnAssociation).with([change]);
                if let Some(earner) = &subscription.mpn_reseller_id {
                    let event = self.event(subscription, Kind::IncentivesNamed);
                    self.put_for(earner, entry.clone(), event.changed("", &subscription.mpn_id), at);
                }
                self.put(entry, at);
            }
            11 if subscription.support_organisation_id != subscription.provider_id => {
                let helper = self.customer.seller().map(|seller| seller.name.as_str()).unwrap_or_default();
                let assigned = || about(subscription, Action::AssignSupportContact);
                let change = Change::new("support_contact", &self.customer.market.provider.row.name, helper);
                self.put(assigned().with([change]), at);
                let event = self.event(subscription, Kind::SupportAssigned);
                let entry = assigned().with([Change::set("support_contact", helper)]);
                self.put_for(&subscription.support_organisation_id, entry, event, at);
            }
            _ => {}
        }
    }

    /// In the provider's log.
    pub(super) fn put(&mut self, entry: Entry, at: Moment) {
        let entry = entry.for_customer(&self.customer.id, &self.customer.name);
        let provider = &self.customer.market.provider.row.id;
        log::put(self.log, (provider, self.world.now), self.customer.agent(), &entry, at);
    }

    /// In the provider's log, and in those of the resellers that administer the customer.
    fn put_for_both(&mut self, entry: Entry, at: Moment) {
        let entry = entry.for_customer(&self.customer.id, &self.customer.name);
        self.put(entry.clone(), at);
        let ended = self.customer.ended.map(|(nth, _)| nth);
        for (nth, reseller) in self.customer.resellers.iter().enumerate() {
            if Some(nth) != ended {
                log::put(self.log, (&reseller.id, self.world.now), self.customer.agent(), &entry, at);
            }
        }
    }

    /// In the log of a reseller, which is told.
    pub(super) fn put_for(&mut self, reseller: &OrganisationId, entry: Entry, event: Event, at: Moment) {
        let (whom, by) = ((reseller, self.world.now), self.customer.agent());
        let entry = entry.for_customer(&self.customer.id, &self.customer.name);
        log::put(self.log, whom, by, &entry, at);
        told::put(self.told, whom, by, &event, at);
    }

    fn event(&self, subscription: &SubscriptionRow, kind: Kind) -> Event {
        Event::about(kind, "subscription", subscription.id, &subscription.nickname)
            .for_customer(&self.customer.id, &self.customer.name)
    }

    /// Done by the reseller's owner, if there still is one: in both logs, and the provider is told.
    pub(super) fn put_by_reseller(&mut self, entry: Entry, event: Event, at: Moment) {
        let Some(seller) = self.customer.seller().filter(|_| self.customer.ended.is_none()) else {
            return self.put(entry, at);
        };
        let (person, name) = (&seller.owner.0, seller.owner.1.as_str());
        let by = Actor { person, name, organisation: &seller.name };
        let entry = entry.for_customer(&self.customer.id, &self.customer.name);
        for organisation in [&self.customer.market.provider.row.id, &seller.id] {
            log::put(self.log, (organisation, self.world.now), by, &entry, at);
        }
        let provider = &self.customer.market.provider.row.id;
        told::put(self.told, (provider, self.world.now), by, &event, at);
    }
}

pub(super) fn about(subscription: &SubscriptionRow, action: Action) -> Entry {
    Entry::new(action, "subscription", subscription.id, &subscription.nickname)
}
