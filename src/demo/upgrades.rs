//! Subscriptions of the first provider in whose place another offer was bought.

use super::cast::Person;
use super::catalogue::Offer;
use super::flow::Flow;
use super::log::{self, Actor};
use super::orders::{line, price, renews_on, starts_on};
use super::random::id;
use super::rows::{ActivityRow, CustomerRow, OrderLineRow, OrderRow, SubscriptionRow, Upgradable};
use super::world::World;
use crate::access::Role;
use crate::activity::{Action, Change, Entry};
use crate::catalog::model::Billing;
use crate::db::Connection;
use crate::error::Result;
use crate::subscriptions::model::Status;
use crate::values::id::{OrderId, SubscriptionId};
use crate::values::money::Money;
use crate::values::name::sort_name;

/// From what, to what, so many days ago.
const UPGRADED: [(&str, &str, i64); 3] = [
    ("office-365-business-essentials", "microsoft-365-business", 52),
    ("office-365-business", "office-365-business-premium", 33),
    ("office-365-business-essentials", "office-365-enterprise-e3", 6),
];

pub fn insert(conn: &mut Connection, world: &World<'_>, flow: &mut Flow<'_>) -> Result<()> {
    let harbor = &world.cast.harbor;
    let agent = harbor.people.iter().find(|person| person.roles.contains(&Role::AdminAgent));
    let offer = |code: &str| world.catalogue.offers.iter().find(|offer| offer.said.code.as_str() == code);
    let mut log = Vec::new();
    for (number, (from, to, days)) in (0..).zip(UPGRADED) {
        let (Some(agent), Some(from), Some(to)) = (agent, offer(from), offer(to)) else { continue };
        let since = world.now.plus_days(-days);
        let of = (&harbor.row.id, &from.id);
        if let Some(old) = SubscriptionRow::upgradable(conn, of, since)? {
            let story = Story { world, agent, old: &old, to, number, days };
            story.insert(conn, flow, &mut log)?;
        }
    }
    ActivityRow::insert(conn, &log)
}

/// An upgrade.
struct Story<'a> {
    world: &'a World<'a>,
    agent: &'a Person,
    old: &'a Upgradable,
    to: &'a Offer,
    number: u64,
    days: i64,
}

impl Story<'_> {
    fn insert(&self, conn: &mut Connection, flow: &mut Flow<'_>, log: &mut Vec<ActivityRow>) -> Result<()> {
        let (order, new) = (self.order(flow), self.bought());
        OrderRow::insert(conn, std::slice::from_ref(&order))?;
        SubscriptionRow::insert(conn, std::slice::from_ref(&new))?;
        OrderLineRow::insert(conn, &[line(0, &new)])?;
        SubscriptionRow::upgrade(conn, &self.old.id, &new.id, order.placed_at.day())?;
        let company = CustomerRow::name_of(conn, &self.old.customer_id)?;
        self.record((&order, &new), &company, log);
        Ok(())
    }

    fn order(&self, flow: &mut Flow<'_>) -> OrderRow {
        let harbor = &self.world.cast.harbor.row;
        let at = self.world.now.plus_days(-self.days);
        let named = (self.order_id(), flow.number(&harbor.id, at));
        let parties = (harbor.id, self.old.customer_id);
        OrderRow {
            monthly_minor: self.price() * self.old.quantity,
            ..OrderRow::placed(named, parties, self.agent.name.clone(), self.old.currency, at)
        }
    }

    fn order_id(&self) -> OrderId {
        OrderId::from_number(id("order of an upgrade", self.number))
    }

    fn bought(&self) -> SubscriptionRow {
        let (old, to) = (self.old, self.to);
        let at = self.world.now.plus_days(-self.days);
        let starts_on = starts_on(at.day());
        SubscriptionRow {
            id: SubscriptionId::from_number(id("upgraded subscription", self.number)),
            customer_id: old.customer_id,
            provider_id: self.world.cast.harbor.row.id,
            order_id: self.order_id(),
            offer_id: to.id,
            offer_name: to.said.name.clone(),
            nickname: to.said.name.clone(),
            sort_name: sort_name(&to.said.name),
            unit: to.said.unit,
            quantity: old.quantity,
            status: Status::Active,
            billing: Billing::Monthly,
            currency: old.currency,
            unit_price_minor: self.price(),
            is_trial: false,
            parent_id: None,
            mpn_id: old.mpn_id.clone(),
            mpn_reseller_id: old.mpn_reseller_id,
            support_organisation_id: old.support_organisation_id,
            created_at: at,
            starts_on,
            renews_on: renews_on(to, starts_on, self.world.now.day()),
            suspended_at: None,
            suspension_reason: None,
            kept_until: None,
            version: 1,
            term_months: to.said.term_months,
            auto_renews: true,
            ended_on: None,
            end_reason: None,
            renewal_quantity: None,
            trial_offer_id: None,
            promotion_id: None,
            entitlement_id: None,
        }
    }

    fn price(&self) -> i64 {
        price(self.to, Billing::Monthly, self.old.currency)
    }

    /// In the logs of the provider and of the reseller that is named.
    fn record(&self, (order, new): (&OrderRow, &SubscriptionRow), company: &str, log: &mut Vec<ActivityRow>) {
        let (harbor, old, now) = (&self.world.cast.harbor.row, self.old, self.world.now);
        let by = Actor { person: &self.agent.id, name: &self.agent.name, organisation: &harbor.name };
        let placed = Entry::new(Action::CreateOrder, "order", order.id, &order.number)
            .for_customer(&old.customer_id, company)
            .with([Change::set("line", format!("{} × {}", new.offer_name, new.quantity))]);
        let upgraded = Entry::new(Action::UpgradeSubscription, "subscription", old.id, &old.nickname)
            .for_customer(&old.customer_id, company)
            .with([
                Change::new("offer", &old.offer_name, &new.offer_name),
                Change::set("billing", new.billing.as_text()),
                Change::set("unit_price", Money::new(new.unit_price_minor, new.currency)),
                Change::set("subscription_id", new.id),
            ]);
        log::put(log, (&harbor.id, now), by, &placed, order.placed_at);
        for side in [Some(&harbor.id), old.mpn_reseller_id.as_ref()].into_iter().flatten() {
            log::put(log, (side, now), by, &upgraded, order.placed_at);
        }
    }
}
