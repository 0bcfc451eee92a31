//! What can be reserved, what customers of the first provider have reserved in every state, and one that buys by itself.

use std::collections::HashSet;

use super::cast::Person;
use super::flow::Flow;
use super::log::{self, Actor};
use super::random::id;
use super::rows::{
    ActivityRow, CustomerPurchaseRow, CustomerRow, Metered, OrderRow, ReservationPriceRow,
    ReservationProductRow, ReservationRow, SubscriptionRow,
};
use super::world::World;
use crate::access::Role;
use crate::activity::{Action, Change, Entry};
use crate::db::Connection;
use crate::error::Result;
use crate::reservations::model::{Instalments, Payment, Scope, State, TERMS, expiry};
use crate::values::currency::Currency;
use crate::values::id::{CustomerId, OrderId, PersonId, ReservationId, ReservationProductId};
use crate::values::moment::Moment;
use crate::values::money::Money;
use crate::values::name::sort_name_with_place;

/// Name, region, and what one costs in euro cents for a year and for three; the last one is withdrawn.
const PRODUCTS: [(&str, &str, i64, i64); 8] = [
    ("B2ms virtual machine", "North Europe", 43_800, 84_100),
    ("B2ms virtual machine", "West Europe", 45_200, 86_700),
    ("D2s v3 virtual machine", "North Europe", 55_900, 107_300),
    ("D2s v3 virtual machine", "West Europe", 58_400, 112_100),
    ("E4s v3 virtual machine", "West Europe", 148_200, 284_500),
    ("Cosmos DB, 100 request units a second", "West Europe", 4_200, 9_800),
    ("SQL Database vCore", "West Europe", 104_600, 236_900),
    ("D2 v2 virtual machine", "West Europe", 61_000, 117_900),
];
/// What one currency is worth in others, by the prices of this offer.
const PATTERN: &str = "microsoft-365-e3";
type Reserved = (usize, i32, i64, Payment, i64, bool);
/// What is reserved: the product, for so many years, how many, paid how, so many days ago, by the customer itself.
const RESERVED: [Reserved; 7] = [
    (3, 3, 12, Payment::Upfront, 420, false),
    (6, 1, 4, Payment::Monthly, 2, true),
    (1, 1, 6, Payment::Upfront, 340, false),
    (3, 1, 3, Payment::Monthly, 380, false),
    (4, 3, 2, Payment::Monthly, 65, false),
    (5, 1, 40, Payment::Upfront, 120, true),
    (0, 1, 1, Payment::Upfront, 20, false),
];
/// How much those may buy a month that buy by themselves, in whole units of the currency.
const LIMIT: i64 = 6_000;

pub fn insert(conn: &mut Connection, world: &World<'_>, flow: &mut Flow<'_>) -> Result<()> {
    let products: Vec<_> = PRODUCTS.iter().enumerate().map(|(nth, _)| product(world, nth)).collect();
    ReservationProductRow::insert(conn, &products)?;
    ReservationPriceRow::insert(conn, &prices(world))?;
    let harbor = &world.cast.harbor;
    let Some(agent) = harbor.people.iter().find(|person| person.roles.contains(&Role::AdminAgent)) else {
        return Ok(());
    };
    let mut story = Story { world, agent, allowed: HashSet::new(), log: Vec::new() };
    let users = SubscriptionRow::metered(conn, &harbor.row.id, (world.now.day(), RESERVED.len()))?;
    for (place, reserved) in RESERVED.into_iter().enumerate() {
        let bought_on = world.now.plus_days(-reserved.4).day();
        // Something that ran by then, where there is one.
        let mut turns = users.iter().cycle().skip(place).take(users.len());
        let user = turns.clone().find(|user| user.starts_on <= bought_on).or_else(|| turns.next());
        if let Some(user) = user {
            story.reserve(conn, user, (place, reserved), flow)?;
        }
    }
    ActivityRow::insert(conn, &story.log)
}

fn product_id(nth: usize) -> ReservationProductId {
    ReservationProductId::from_number(id("reservation product", u64::try_from(nth).unwrap_or_default()))
}

fn product(world: &World<'_>, nth: usize) -> ReservationProductRow {
    let (name, region) = PRODUCTS.get(nth).map_or(("", ""), |(name, region, ..)| (name, region));
    let keeper = world.cast.operator.people.first().map(|person| person.name.clone());
    ReservationProductRow {
        id: product_id(nth),
        name,
        region,
        sort_name: sort_name_with_place(name, region),
        is_available: nth + 1 < PRODUCTS.len(),
        changed_at: world.now.plus_days(-400),
        changed_by_name: keeper.unwrap_or_default(),
        version: 1,
    }
}

fn prices(world: &World<'_>) -> Vec<ReservationPriceRow> {
    let pattern = world.catalogue.offers.iter().find(|offer| offer.said.code.as_str() == PATTERN);
    let Some(pattern) = pattern else { return Vec::new() };
    let euro = pattern.said.prices.get(&Currency::Eur).map_or(1, |asked| asked.list.monthly.minor.max(1));
    let mut rows = Vec::new();
    for (nth, (_, _, year, three)) in PRODUCTS.iter().enumerate() {
        for (term_years, base) in TERMS.into_iter().zip([year, three]) {
            let worth = pattern.said.prices.iter();
            rows.extend(worth.map(|(currency, asked)| ReservationPriceRow {
                product_id: product_id(nth),
                term_years,
                currency: *currency,
                total_minor: (base * asked.list.monthly.minor / euro).max(1),
            }));
        }
    }
    rows
}

struct Story<'a> {
    world: &'a World<'a>,
    agent: &'a Person,
    /// Who buys by itself.
    allowed: HashSet<CustomerId>,
    log: Vec<ActivityRow>,
}

impl Story<'_> {
    fn reserve(
        &mut self,
        conn: &mut Connection,
        user: &Metered,
        (place, (nth, years, quantity, payment, days, by_itself)): (usize, Reserved),
        flow: &mut Flow<'_>,
    ) -> Result<()> {
        let harbor = &self.world.cast.harbor.row;
        let admin = CustomerRow::admin_of(conn, &user.customer_id)?.filter(|_| by_itself);
        let is_by_customer = admin.is_some();
        let (person, name) = admin.unwrap_or((self.agent.id, self.agent.name.clone()));
        let price = prices(self.world).into_iter().find(|row| {
            row.product_id == product_id(nth) && row.term_years == years && row.currency == harbor.currency
        });
        let Some(price) = price else { return Ok(()) };
        let total = Money::new(price.total_minor * quantity, harbor.currency);
        let at = self.world.now.plus_days(-days).plus_seconds(-5_400);
        let number = u64::try_from(place).unwrap_or_default();
        let order = OrderId::from_number(id("order of a reservation", number));
        let parts = (payment == Payment::Monthly).then(|| Instalments::of(total, years));
        let (upfront, monthly) = match parts {
            Some(parts) => (parts.first.minus(parts.each), parts.each),
            None => (total, Money::new(0, harbor.currency)),
        };
        let named = (order, flow.number(&harbor.id, at));
        let parties = (harbor.id, user.customer_id);
        let placed = OrderRow {
            monthly_minor: monthly.minor,
            upfront_minor: upfront.minor,
            is_by_customer,
            ..OrderRow::placed(named, parties, name.clone(), harbor.currency, at)
        };
        OrderRow::insert(conn, &[placed])?;
        let (starts_on, product) = (at.day(), product(self.world, nth));
        let expires_on = expiry(starts_on, years);
        let state = if expires_on <= self.world.now.day() { State::Expired } else { State::Active };
        let row = ReservationRow {
            id: ReservationId::from_number(id("reservation", number)),
            order_id: order,
            customer_id: user.customer_id,
            provider_id: harbor.id,
            subscription_id: user.id,
            scope: if nth == 6 { Scope::Single } else { Scope::Shared },
            product_id: product.id,
            product_name: product.name,
            region: product.region,
            term_years: years,
            quantity,
            payment,
            currency: harbor.currency,
            total_minor: total.minor,
            mpn_id: user.mpn_id.clone(),
            reseller_id: user.mpn_reseller_id,
            bought_by_id: person,
            bought_by_name: name.clone(),
            is_by_customer,
            bought_at: at,
            starts_on,
            expires_on,
            state,
        };
        ReservationRow::insert(conn, std::slice::from_ref(&row))?;
        let company = CustomerRow::name_of(conn, &user.customer_id)?;
        if is_by_customer && self.allowed.insert(user.customer_id) {
            self.allow(conn, user, &company, at.plus_days(-9))?;
        }
        let organisation = if is_by_customer { company.clone() } else { harbor.name.clone() };
        self.record(&row, (&company, total), (&person, &name, &organisation), at);
        Ok(())
    }

    fn allow(&mut self, conn: &mut Connection, user: &Metered, company: &str, at: Moment) -> Result<()> {
        let harbor = &self.world.cast.harbor.row;
        let limit = Money::new(LIMIT * 10_i64.pow(harbor.currency.minor_digits()), harbor.currency);
        let row = CustomerPurchaseRow {
            customer_id: user.customer_id,
            limit_minor: limit.minor,
            currency: harbor.currency,
            allowed_at: at,
            allowed_by_name: self.agent.name.clone(),
        };
        CustomerPurchaseRow::insert(conn, &[row])?;
        let entry = Entry::new(Action::AllowCustomerPurchases, "customer", user.customer_id, company)
            .for_customer(&user.customer_id, company)
            .with([Change::set("monthly_limit", limit)]);
        let by = Actor { person: &self.agent.id, name: &self.agent.name, organisation: &harbor.name };
        log::put(&mut self.log, (&harbor.id, self.world.now), by, &entry, at);
        Ok(())
    }

    /// In the logs of the provider and of the reseller of record.
    fn record(
        &mut self,
        row: &ReservationRow,
        (company, total): (&str, Money),
        (person, name, organisation): (&PersonId, &str, &str),
        at: Moment,
    ) {
        let about = |action| {
            Entry::new(action, "reservation", row.id, row.product_name)
                .for_customer(&row.customer_id, company)
        };
        let bought = about(Action::BuyReservation).with([
            Change::set("region", row.region),
            Change::set("term_in_years", row.term_years),
            Change::set("quantity", row.quantity),
            Change::set("scope", row.scope.as_text()),
            Change::set("payment", row.payment.as_text()),
            Change::set("total", total),
            Change::set("mpn_id", &row.mpn_id),
        ]);
        let states = Change::new("reservation_state", State::Active.as_text(), State::Expired.as_text());
        let expired = about(Action::ExpireReservation).with([states]);
        for side in [Some(&row.provider_id), row.reseller_id.as_ref()].into_iter().flatten() {
            let by = Actor { person, name, organisation };
            log::put(&mut self.log, (side, self.world.now), by, &bought, at);
            if row.state == State::Expired {
                let over = Moment::start_of(row.expires_on).plus_seconds(600);
                log::put_by_portal(&mut self.log, (side, self.world.now), &expired, over);
            }
        }
    }
}
