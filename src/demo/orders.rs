//! Orders and the subscriptions that they made.

use chrono::{Datelike as _, NaiveDate};
use chrono_tz::Tz;

use super::batch::Batch;
use super::catalogue::Offer;
use super::choice;
use super::customers::Customer;
use super::fate::{CHANGED_MIND_DAYS, Fate};
use super::life::Life;
use super::partnerships::Partner;
use super::promotions::{self, cheaper};
use super::quantities::planned;
use super::random::{Random, id};
use super::rows::{OrderLineRow, OrderRow, SubscriptionRow};
use super::world::World;
use crate::catalog::model::{Billing, Unit};
use crate::orders::model::OrderState;
use crate::orders::model::cancelling::last_moment;
use crate::subscriptions::model::{End, Status};
use crate::values::currency::Currency;
use crate::values::id::{EntitlementId, OrderId, SubscriptionId};
use crate::values::moment::{Moment, days_after, months_after};
use crate::values::money::Money;
use crate::values::name::sort_name;

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
    /// Whether it was cancelled a little later.
    pub is_mistake: bool,
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
        Self { world, customer, nth, at, number, is_mistake: false, random }
    }

    pub fn id(&self) -> OrderId {
        OrderId::from_number(id("order", u64::from(self.customer.index) * 2 + u64::from(self.nth)))
    }

    fn currency(&self) -> Currency {
        self.customer.market.provider.row.currency
    }

    /// Adds the order with its lines and subscriptions.
    pub fn add_to(mut self, batch: &mut Batch) {
        let mut made = self.subscriptions();
        let cancelled_at = self.cancelled_at();
        if let Some(at) = cancelled_at {
            made.iter_mut().for_each(|one| end(one, at.day()));
        }
        let agent = self.customer.agent;
        let total = |billing: Billing| {
            let lines = made.iter().filter(|subscription| subscription.billing == billing);
            lines.map(|one| one.quantity * one.unit_price_minor).sum()
        };
        batch.orders.push(OrderRow {
            id: self.id(),
            number: self.number.clone(),
            provider_id: self.customer.market.provider.row.id,
            customer_id: self.customer.id,
            draft_id: None,
            placed_by_name: self.customer.agent.name.clone(),
            currency: self.currency(),
            monthly_minor: total(Billing::Monthly),
            annual_minor: total(Billing::Annual),
            created_customer: self.nth == 0,
            placed_at: self.at,
            state: if cancelled_at.is_some() { OrderState::Cancelled } else { OrderState::Placed },
            cancellable_until: Some(last_moment(self.at, self.zone())),
            cancelled_at,
            cancelled_by: cancelled_at.map(|_| agent.id),
            cancelled_by_name: cancelled_at.map(|_| agent.name.clone()),
            transfer_id: None,
            upfront_minor: 0,
            is_by_customer: false,
        });
        batch.lines.extend((0..).zip(&made).map(|(position, subscription)| line(position, subscription)));
        let (log, told) = (&mut batch.activity, &mut batch.told);
        let changes = &mut batch.changes;
        let mut life = Life { world: self.world, customer: self.customer, log, told, changes };
        life.order(&self, &made);
        if let Some(at) = cancelled_at {
            life.cancelled(&self, &made, at);
        }
        for one in made.iter_mut().filter(|_| cancelled_at.is_none()) {
            if let Some((paid, at)) = self.converted(one) {
                life.converted((one, &paid), at);
                *one = paid;
            }
        }
        batch.subscriptions.extend(made);
    }

    fn zone(&self) -> Tz {
        self.customer.agent.zone.parse().unwrap_or(Tz::UTC)
    }

    /// Half an hour later, and on the same day.
    fn cancelled_at(&self) -> Option<Moment> {
        let later = self.at.plus_seconds(1800).min(last_moment(self.at, self.zone()));
        self.is_mistake.then_some(later)
    }

    fn subscriptions(&mut self) -> Vec<SubscriptionRow> {
        let billing = if self.random.percent(45) { Billing::Annual } else { Billing::Monthly };
        let mut made: Vec<SubscriptionRow> = Vec::new();
        for offer in choice::offers(self.world, self.customer, self.nth) {
            let quantity = choice::quantity(offer, &mut self.random);
            let fate = Fate::of(offer, self.at, self.world.now, &mut self.random);
            let base = self.subscription(offer, (quantity, billing), fate, made.len());
            let add_ons = self.world.catalogue.add_ons_to(offer, self.customer.place.country);
            let add_on = self.random.pick(&add_ons).copied();
            let is_taken = self.random.percent(22) && base.status != Status::Pending;
            let add_on = add_on.filter(|_| is_taken).map(|add_on| {
                let quantity = quantity.clamp(add_on.said.minimum, add_on.said.maximum);
                let row = self.subscription(add_on, (quantity, base.billing), fate, made.len() + 1);
                SubscriptionRow { parent_id: Some(base.id), renews_on: base.renews_on, ..row }
            });
            made.push(base);
            made.extend(add_on);
        }
        made
    }

    fn subscription(
        &mut self,
        offer: &Offer,
        (quantity, billing): (i64, Billing),
        fate: Fate,
        nth: usize,
    ) -> SubscriptionRow {
        let billing = match () {
            () if offer.is_trial() => Billing::Never,
            () if offer.said.unit == Unit::Usage || !offer.said.billed_annually => Billing::Monthly,
            () => billing,
        };
        let nickname = self.nickname(&offer.said.name);
        let seller = self.customer.seller();
        let earner = seller.filter(|_| self.random.percent(85));
        let number =
            (u64::from(self.customer.index) * 2 + u64::from(self.nth)) * 16 + u64::try_from(nth).unwrap_or(0);
        let mut luck = Random::of("earner", number);
        let earner = self.stranger(&mut luck).or(earner);
        let mpn_id = earner.map(|partner| match luck.pick(&partner.mpn_ids) {
            Some(elsewhere) if luck.percent(30) => elsewhere.clone(),
            _ => partner.mpn_id.clone(),
        });
        let helper = seller.filter(|_| self.customer.ended.is_none() && self.random.percent(25));
        let provider = &self.customer.market.provider.row.id;
        let starts_on = starts_on(self.at.day());
        let renews_on = renews_on(offer, starts_on, self.world.now.day());
        let list = price(offer, billing, self.currency());
        // What has renewed since costs the list price.
        let is_first_term = renews_on == first_end(offer, starts_on);
        let cheaper = cheaper(offer, self.at.day(), self.world.now.day()).filter(|_| is_first_term);
        let row = SubscriptionRow {
            id: SubscriptionId::from_number(id("subscription", number)),
            customer_id: self.customer.id,
            provider_id: *provider,
            order_id: self.id(),
            offer_id: offer.id,
            offer_name: offer.said.name.clone(),
            sort_name: sort_name(&nickname),
            nickname,
            unit: offer.said.unit,
            quantity,
            status: fate.status,
            billing,
            currency: self.currency(),
            unit_price_minor: cheaper.as_ref().map_or(list, |cheaper| {
                Money::new(list, self.currency()).share((100 - cheaper.percent).unsigned_abs(), 100).minor
            }),
            is_trial: offer.is_trial(),
            parent_id: None,
            mpn_id: mpn_id.unwrap_or_default(),
            mpn_reseller_id: earner.map(|partner| partner.id),
            support_organisation_id: *helper.map_or(provider, |partner| &partner.id),
            created_at: self.at,
            starts_on,
            renews_on,
            suspended_at: fate.suspended_at,
            suspension_reason: fate.reason.map(|reason| reason.as_text().to_owned()),
            kept_until: fate.kept_until,
            version: 1,
            term_months: offer.said.term_months,
            auto_renews: !offer.is_trial() && !lapses(number),
            ended_on: match fate.end {
                Some(End::Expired) => Some(renews_on),
                Some(End::CancelledAlone) => Some(self.at.plus_days(CHANGED_MIND_DAYS).day()),
                Some(_) => fate.kept_until.map(|last| days_after(last, 1)),
                None => None,
            },
            end_reason: fate.end,
            renewal_quantity: None,
            trial_offer_id: None,
            promotion_id: cheaper.as_ref().map(|cheaper| cheaper.promotion),
            entitlement_id: (offer.said.unit == Unit::Usage)
                .then(|| EntitlementId::from_number(id("entitlement", number))),
        };
        SubscriptionRow { renewal_quantity: planned(&row), ..row }
    }

    /// A few subscriptions name a reseller that does not administer the customer: it manages them alone.
    fn stranger(&self, luck: &mut Random) -> Option<&'a Partner> {
        let is_stranger = |partner: &&Partner| {
            partner.since < self.at
                && partner.until.is_none()
                && self.customer.managers().all(|manager| manager.id != partner.id)
        };
        let strangers: Vec<&Partner> = self.customer.market.partners.iter().filter(is_stranger).collect();
        if luck.percent(5) { luck.pick_early(&strangers).copied() } else { None }
    }

    /// A few subscriptions have a name of their own.
    fn nickname(&mut self, offer: &str) -> String {
        match self.random.pick(NICKNAMES) {
            Some(nickname) if self.random.percent(8) => format!("{offer} ({nickname})"),
            _ => offer.to_owned(),
        }
    }
}

pub(super) fn price(offer: &Offer, billing: Billing, currency: Currency) -> i64 {
    match billing {
        Billing::Monthly => offer.monthly_price(currency),
        Billing::Annual => offer.monthly_price(currency) * 12,
        Billing::Never => 0,
    }
}

/// A few are to end with their term.
fn lapses(number: u64) -> bool {
    Random::of("lapse", number).percent(4)
}

/// It ends with its order.
fn end(subscription: &mut SubscriptionRow, on: NaiveDate) {
    subscription.status = Status::Deleted;
    (subscription.suspended_at, subscription.suspension_reason, subscription.kept_until) = (None, None, None);
    (subscription.ended_on, subscription.end_reason) = (Some(on), Some(End::Cancelled));
    subscription.version = 2;
}

/// What is bought at the end of a month starts on the first of the next one.
pub(super) fn starts_on(day: NaiveDate) -> NaiveDate {
    if day.day() > 28 { months_after(day.with_day(1).unwrap_or(day), 1) } else { day }
}

/// The first end of a term that is still to come; a trial's only one.
pub(super) fn renews_on(offer: &Offer, starts_on: NaiveDate, today: NaiveDate) -> NaiveDate {
    let term = u32::try_from(offer.said.term_months).unwrap_or(12).max(1);
    let mut months = term;
    while !offer.is_trial() && months_after(starts_on, months) <= today && months < 600 {
        months += term;
    }
    months_after(starts_on, months)
}

/// The end of its first term.
fn first_end(offer: &Offer, starts_on: NaiveDate) -> NaiveDate {
    months_after(starts_on, u32::try_from(offer.said.term_months).unwrap_or(12).max(1))
}

pub(super) fn line(position: i32, subscription: &SubscriptionRow) -> OrderLineRow {
    OrderLineRow {
        order_id: subscription.order_id,
        position,
        subscription_id: subscription.id,
        offer_id: subscription.offer_id,
        offer_name: subscription.offer_name.clone(),
        unit: subscription.unit,
        quantity: subscription.quantity,
        billing: subscription.billing,
        unit_price_minor: subscription.unit_price_minor,
        mpn_id: subscription.mpn_id.clone(),
        promotion_name: subscription.promotion_id.as_ref().map_or("", promotions::name_of),
    }
}
