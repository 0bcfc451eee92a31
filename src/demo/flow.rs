//! The customers and orders one after the other, as time passed, in batches.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashSet};

use chrono::Datelike as _;

use super::batch::Batch;
use super::colleagues;
use super::companies::company_row;
use super::customers::{Customer, between, numbered_prefix, wished_prefix};
use super::licenses;
use super::life::Life;
use super::orders::Ordering;
use super::plans;
use super::random::{Random, hash};
use super::rows::OrderNumberRow;
use super::world::World;
use crate::orders::model::number;
use crate::values::id::OrganisationId;
use crate::values::moment::Moment;
use crate::values::password::PasswordHash;

/// Yields batch after batch; orders are numbered in the order in which they were placed.
pub struct Flow<'a> {
    world: &'a World<'a>,
    /// Of everybody.
    password: &'a PasswordHash,
    next: u32,
    /// Hashes of the domain prefixes in use.
    taken: HashSet<u64>,
    numbers: BTreeMap<(OrganisationId, i32), i32>,
    /// When earlier customers will order again.
    again: BinaryHeap<Reverse<(Moment, u32)>>,
    /// Harbor's customers whose last order was a mistake, or may turn out to be one.
    mistaken: Vec<u32>,
}

impl<'a> Flow<'a> {
    pub fn of(world: &'a World<'a>, password: &'a PasswordHash) -> Self {
        Self {
            world,
            password,
            next: 0,
            taken: HashSet::new(),
            numbers: BTreeMap::new(),
            again: BinaryHeap::new(),
            mistaken: Vec::new(),
        }
    }

    /// So many customers more, and who ordered again in between; `None` when all is done.
    pub fn next_batch(&mut self, size: u32) -> Option<Batch> {
        if self.next >= self.world.count {
            return None;
        }
        let mut batch = Batch::default();
        let end = self.world.count.min(self.next + size);
        while self.next < end {
            let customer = Customer::of(self.world, self.next)?;
            self.orders_until(customer.created_at, &mut batch);
            self.add(&customer, &mut batch);
            self.next += 1;
        }
        if self.next == self.world.count {
            self.orders_until(self.world.now, &mut batch);
        }
        batch.licenses = licenses::of(self.world, &batch);
        Some(batch)
    }

    /// The last number of each provider's year, so that its next order goes on from there.
    pub fn numbers(&self) -> Vec<OrderNumberRow> {
        let row = |((provider, year), last): (&(OrganisationId, i32), &i32)| OrderNumberRow {
            provider_id: *provider,
            year: *year,
            last: *last,
        };
        self.numbers.iter().map(row).collect()
    }

    fn add(&mut self, customer: &Customer<'_>, batch: &mut Batch) {
        let prefix = self.free_prefix(&customer.name);
        let row = customer.row(self.world, &prefix);
        let delegations: Vec<_> = customer.delegations(&row.domain, self.world.now).collect();
        let (log, told) = (&mut batch.activity, &mut batch.told);
        let changes = &mut batch.changes;
        let mut life = Life { world: self.world, customer, log, told, changes };
        life.begin(&row.domain, &delegations);
        life.correct(&row);
        batch.companies.push(company_row(&row, customer.market.provider.row.currency));
        batch.people.push(customer.admin(&row, self.password));
        batch.users.push(customer.user(&row));
        batch.colleagues.extend(colleagues::of(self.world, customer, &row, self.password));
        batch.customers.push(row);
        batch.plans.extend(plans::of(customer, &delegations, self.world.now));
        batch.delegations.extend(delegations);
        // Until the agreement is in place nothing can be ordered.
        if !customer.has_agreement {
            return;
        }
        let number = self.number(&customer.market.provider.row.id, customer.created_at);
        Ordering::new(self.world, customer, 0, customer.created_at, number).add_to(batch);
        let mut random = Random::of("again", customer.index.into());
        let at = between(customer.created_at, self.world.now, &mut random);
        if random.percent(22) && at > customer.created_at.plus_days(2) {
            self.again.push(Reverse((at, customer.index)));
        } else if let Some(at) = self.mistake_of(customer) {
            self.mistaken.push(customer.index);
            self.again.push(Reverse((at, customer.index)));
        }
    }

    /// When the customer orders by mistake, if it is one of the two that do: one noticed it at once, the day before
    /// yesterday; the other has only just ordered.
    fn mistake_of(&self, customer: &Customer<'_>) -> Option<Moment> {
        let is_harbors = self.world.is_harbors(customer.index) && customer.seller().is_some();
        let at = match self.mistaken.len() {
            0 => self.world.now.plus_days(-2),
            1 => self.world.now.plus_seconds(-600),
            _ => return None,
        };
        (is_harbors && at > customer.created_at.plus_days(2)).then_some(at)
    }

    fn orders_until(&mut self, moment: Moment, batch: &mut Batch) {
        while let Some(Reverse((at, index))) = self.again.peek().copied().filter(|again| again.0.0 < moment) {
            self.again.pop();
            if let Some(customer) = Customer::of(self.world, index) {
                let number = self.number(&customer.market.provider.row.id, at);
                let mut order = Ordering::new(self.world, &customer, 1, at, number);
                order.is_mistake = self.mistaken.first() == Some(&index);
                order.add_to(batch);
            }
        }
    }

    /// The next number of a provider's orders.
    pub fn number(&mut self, provider: &OrganisationId, at: Moment) -> String {
        let year = at.day().year();
        let last = self.numbers.entry((*provider, year)).or_default();
        *last += 1;
        number::of(year, *last)
    }

    fn free_prefix(&mut self, name: &str) -> String {
        let wished = wished_prefix(name);
        let mut prefix = wished.clone();
        let mut number = 1;
        while !self.taken.insert(hash(&prefix)) {
            number += 1;
            prefix = numbered_prefix(&wished, number);
        }
        prefix
    }
}
