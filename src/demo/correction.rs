//! Accounts that were corrected later.

use super::customers::between;
use super::life::Life;
use super::log;
use super::random::Random;
use super::rows::CustomerRow;
use crate::activity::{Action, Change, Entry};
use crate::customers::model::Block;
use crate::notifications::{Event, Kind};
use crate::values::moment::Moment;

impl Life<'_, '_> {
    /// Every tenth account was corrected lately: its contact by the provider, or its address by the reseller.
    pub fn correct(&mut self, row: &CustomerRow) {
        let mut random = Random::of("correction", self.customer.index.into());
        let from = row.created_at.max(self.world.now.plus_days(-log::DAYS));
        let at = between(from, self.world.now, &mut random);
        if at <= from {
            return;
        }
        match random.below(30) {
            0 => self.by_provider(
                (Action::UpdateCustomerContact, Block::Contact),
                vec![Change::new("last_name", "Weber", &row.last_name), Change::set("phone", &row.phone)],
                at,
            ),
            1 if !row.registration_id.is_empty() => self.by_provider(
                (Action::UpdateCustomerRegistration, Block::Registration),
                vec![Change::set("registration", &row.registration_id)],
                at,
            ),
            2 => {
                let event = self.corrected(Kind::AccountCorrected, Block::Company);
                let changes = [Change::new("line_1", "P.O. Box 12", &row.address_line1)];
                let entry = self.about_account(Action::UpdateCustomerCompany).with(changes);
                self.put_by_reseller(entry, event, at);
            }
            _ => {}
        }
    }

    fn by_provider(&mut self, (action, block): (Action, Block), changes: Vec<Change>, at: Moment) {
        let entry = self.about_account(action).with(changes);
        let event = self.corrected(Kind::AccountChanged, block);
        self.put(entry.clone(), at);
        let customer = self.customer;
        let ended = customer.ended.map(|(nth, _)| nth);
        for (nth, reseller) in customer.resellers.iter().enumerate() {
            if Some(nth) != ended {
                self.put_for(&reseller.id, entry.clone(), event.clone(), at);
            }
        }
    }

    fn about_account(&self, action: Action) -> Entry {
        Entry::new(action, "customer", self.customer.id, &self.customer.name)
    }

    fn corrected(&self, kind: Kind, block: Block) -> Event {
        Event::about_customer(kind, &self.customer.id, &self.customer.name).changed("", block.as_text())
    }
}
