//! Orders and the subscriptions that they made.

use chrono::{Datelike as _, NaiveDate};

use super::batch::Batch;
use super::catalogue::Offer;
use super::customers::Customer;
use super::random::{Random, id};
use super::rows::{OrderLineRow, OrderRow, SubscriptionRow};
use super::world::World;
use crate::catalog::model::{Billing, Category, Unit};
use crate::subscriptions::model::Status;
use crate::values::currency::Currency;
use crate::values::id::{OrderId, SubscriptionId};
use crate::values::moment::{Moment, days_after, months_after};
use crate::values::name::sort_name;

/// Whether a subscription runs, and if not, since when and until when it can come back.
#[derive(Clone)]
pub struct Fate {
    pub status: Status,
    pub suspended_at: Option<Moment>,
    reason: Option<&'static str>,
    kept_until: Option<NaiveDate>,
}

const REASONS: &[&str] = &["customer_request", "non_payment", "customer_request", "fraud"];
const NICKNAMES: &[&str] =
    &["Head office", "Warehouse", "Field staff", "Front desk", "Workshop", "Branch offices", "Interns"];

/// One order being made; its lines are the subscriptions.
pub struct Ordering<'a, 'w> {
    pub world: &'a World<'w>,
    pub customer: &'a Customer<'a>,
    /// The customer's first order is 0.
    pub nth: u32,
    pub at: Moment,
    pub number: String,
    random: Random,
}

impl<'a, 'w> Ordering<'a, 'w> {
    pub fn new(
        world: &'a World<'w>,
        customer: &'a Customer<'a>,
        nth: u32,
        at: Moment,
        number: String,
    ) -> Self {
        let random = Random::of("order", u64::from(customer.index) * 2 + u64::from(nth));
        Self { world, customer, nth, at, number, random }
    }

    pub fn id(&self) -> OrderId {
        OrderId::from_number(id("order", u64::from(self.customer.index) * 2 + u64::from(self.nth)))
    }

    pub fn currency(&self) -> Currency {
        self.customer.market.provider.row.currency
    }

    /// Adds the order with its lines and subscriptions.
    pub fn add_to(mut self, batch: &mut Batch) {
        let first = batch.subscriptions.len();
        let billing = if self.random.percent(45) { Billing::Annual } else { Billing::Monthly };
        for offer in chosen(self.world, self.customer, self.nth) {
            let quantity = quantity(offer, &mut self.random);
            let fate = self.fate(offer);
            let base = self.subscription(offer, quantity, billing, fate, batch.subscriptions.len() - first);
            let add_ons = self.world.catalogue.add_ons_to(&offer.row.id, self.customer.place.country.code());
            let with_add_on = base.status != Status::Pending && self.random.percent(22);
            let add_on = self.random.pick(&add_ons).copied().filter(|_| with_add_on).map(|add_on| {
                let fate = Fate {
                    status: base.status,
                    suspended_at: base.suspended_at,
                    reason: base.suspension_reason.as_ref().and(REASONS.first()).copied(),
                    kept_until: base.kept_until,
                };
                let quantity = quantity.clamp(add_on.row.minimum, add_on.row.maximum);
                let nth = batch.subscriptions.len() - first + 1;
                let row = self.subscription(add_on, quantity, base.billing, fate, nth);
                SubscriptionRow { parent_id: Some(base.id.clone()), ..row }
            });
            batch.subscriptions.push(base);
            batch.subscriptions.extend(add_on);
        }
        let made = batch.subscriptions.get(first..).unwrap_or_default();
        batch.orders.push(self.order(made));
        batch.lines.extend((0..).zip(made).map(|(position, subscription)| line(position, subscription)));
        super::log::add_order(&self, made, &mut batch.activity);
    }

    fn order(&self, made: &[SubscriptionRow]) -> OrderRow {
        let total = |billing: Billing| {
            let lines = made.iter().filter(|subscription| subscription.billing == billing);
            lines.map(|one| one.quantity * one.unit_price_minor).sum()
        };
        OrderRow {
            id: self.id(),
            number: self.number.clone(),
            provider_id: self.customer.market.provider.row.id.clone(),
            customer_id: self.customer.id.clone(),
            draft_id: None,
            placed_by_name: self.customer.agent.name.clone(),
            currency: self.currency(),
            monthly_minor: total(Billing::Monthly),
            annual_minor: total(Billing::Annual),
            created_customer: self.nth == 0,
            placed_at: self.at,
        }
    }

    fn subscription(
        &mut self,
        offer: &Offer,
        quantity: i64,
        billing: Billing,
        fate: Fate,
        nth: usize,
    ) -> SubscriptionRow {
        let billing = match () {
            () if offer.row.is_trial => Billing::Never,
            () if offer.row.unit == Unit::Usage => Billing::Monthly,
            () => billing,
        };
        let name = &offer.row.name;
        let nickname = match self.random.pick(NICKNAMES) {
            Some(nickname) if self.random.percent(8) => format!("{name} ({nickname})"),
            _ => name.clone(),
        };
        let seller = self.customer.seller();
        let earner = seller.filter(|_| self.random.percent(85));
        let helper = seller.filter(|_| self.customer.ended.is_none() && self.random.percent(25));
        let provider = &self.customer.market.provider.row.id;
        let starts_on = self.at.day();
        let number = (u64::from(self.customer.index) * 2 + u64::from(self.nth)) * 16;
        SubscriptionRow {
            id: SubscriptionId::from_number(id("subscription", number + u64::try_from(nth).unwrap_or(0))),
            customer_id: self.customer.id.clone(),
            provider_id: provider.clone(),
            order_id: self.id(),
            offer_id: offer.row.id.clone(),
            offer_name: name.clone(),
            sort_name: sort_name(&nickname),
            nickname,
            unit: offer.row.unit,
            quantity,
            status: fate.status,
            billing,
            currency: self.currency(),
            unit_price_minor: price(offer, billing, self.currency()),
            is_trial: offer.row.is_trial,
            parent_id: None,
            mpn_id: earner.map_or_else(String::new, |partner| partner.mpn_id.clone()),
            mpn_reseller_id: earner.map(|partner| partner.id.clone()),
            support_organisation_id: helper.map_or(provider, |partner| &partner.id).clone(),
            created_at: self.at,
            starts_on,
            renews_on: renews_on(offer, starts_on, self.world.now.day()),
            suspended_at: fate.suspended_at,
            suspension_reason: fate.reason.map(str::to_owned),
            kept_until: fate.kept_until,
            version: 1,
        }
    }

    fn fate(&mut self, offer: &Offer) -> Fate {
        let now = self.world.now;
        let age = (now.unix() - self.at.unix()) / 86_400;
        let chance = self.random.below(100);
        let stopped = |status, days: i64, reason| {
            let at = now.plus_days(-days.min(age)).plus_seconds(-1800);
            let kept_until = Some(days_after(at.day(), 90));
            Fate { status, suspended_at: Some(at.max(self.at)), reason, kept_until }
        };
        let days = self.random.between(1, 85);
        let reason = self.random.pick(REASONS).copied();
        let running = |status| Fate { status, suspended_at: None, reason: None, kept_until: None };
        match () {
            () if offer.row.is_trial && age > 31 => stopped(Status::Deleted, age - 30, None),
            () if offer.row.is_trial => running(Status::Active),
            () if age <= 6 && chance < 30 => running(Status::Pending),
            () if age > 230 && chance < 5 => stopped(Status::Deleted, 95 + days, reason),
            () if age > 2 && (5..13).contains(&chance) => stopped(Status::Suspended, days, reason),
            () => running(Status::Active),
        }
    }
}

/// What a customer orders, never an offer that it has already.
fn chosen<'a>(world: &'a World<'_>, customer: &Customer<'_>, nth: u32) -> Vec<&'a Offer> {
    let country = customer.place.country.code();
    let offers = world.offers_for(country, customer.qualification);
    let mut random = Random::of("choice", customer.index.into());
    let mut chosen: Vec<&Offer> = Vec::new();
    let counts = [1 + random.below(3), 1 + random.below(2)];
    let mut before = 0;
    for count in counts.iter().take(usize::try_from(nth).unwrap_or(0) + 1) {
        before = chosen.len();
        for _ in 0..*count {
            let offer = random.pick_early(&offers).copied();
            chosen.extend(offer.filter(|offer| chosen.iter().all(|known| known.row.id != offer.row.id)));
        }
    }
    let trials: Vec<&Offer> = world.catalogue.offers.iter().filter(|offer| offer.row.is_trial).collect();
    let trial = random.pick(&trials).copied().filter(|_| nth == 0 && random.percent(12));
    let is_new =
        |trial: &&Offer| chosen.iter().all(|known| Some(&known.row.id) != trial.row.converts_to.as_ref());
    let trial = trial.filter(is_new);
    chosen.drain(..before);
    chosen.extend(trial);
    if chosen.is_empty() {
        chosen.extend(offers.last().copied());
    }
    chosen
}

fn quantity(offer: &Offer, random: &mut Random) -> i64 {
    let wished = match offer.row.category {
        Category::Usage => 1,
        Category::Enterprise => random.between(3, 40) * random.between(1, 12),
        Category::Education => random.between(10, 60) * random.between(1, 20),
        _ => random.between(1, 45).min(random.between(1, 45)),
    };
    wished.clamp(offer.row.minimum, offer.row.maximum)
}

fn price(offer: &Offer, billing: Billing, currency: Currency) -> i64 {
    match billing {
        Billing::Monthly => offer.monthly_price(currency),
        Billing::Annual => offer.monthly_price(currency) * 12,
        Billing::Never => 0,
    }
}

/// The first end of a term that is still to come.
fn renews_on(offer: &Offer, starts_on: NaiveDate, today: NaiveDate) -> NaiveDate {
    let term = match u32::try_from(offer.row.term_months) {
        Ok(months @ 1..=36) => months,
        _ => 1,
    };
    if offer.row.is_trial {
        return months_after(starts_on, term);
    }
    let mut months = term;
    while months_after(starts_on, months) <= today && months < 600 {
        months += term;
    }
    months_after(starts_on, months)
}

fn line(position: i32, subscription: &SubscriptionRow) -> OrderLineRow {
    OrderLineRow {
        order_id: subscription.order_id.clone(),
        position,
        subscription_id: subscription.id.clone(),
        offer_id: subscription.offer_id.clone(),
        offer_name: subscription.offer_name.clone(),
        unit: subscription.unit,
        quantity: subscription.quantity,
        billing: subscription.billing,
        unit_price_minor: subscription.unit_price_minor,
        mpn_id: subscription.mpn_id.clone(),
    }
}

/// The year in whose sequence an order is numbered.
pub fn year_of(at: Moment) -> i32 {
    at.day().year()
}
