//! Relationships that have ended, one that is planned to, and a customer that a reseller gave back.

use super::cast::Person;
use super::customers::Customer;
use super::log::{self, Actor};
use super::random::id;
use super::rows::{ActivityRow, CustomerRow, DelegationRow, EndedDelegationRow, EndingRow};
use super::world::World;
use crate::activity::{Action, Change, Entry};
use crate::db::Connection;
use crate::endings::model::State;
use crate::error::Result;
use crate::values::id::{EndingId, OrganisationId};
use crate::values::moment::{Moment, days_after};

/// The relationships that have ended, before how many days: one can be reinstated, for another it is too late.
const ENDED: [i64; 2] = [24, 205];
/// In so many days another one ends.
const PLANNED_IN: u64 = 21;
/// A reseller gave a customer back so many days ago.
const GIVEN_BACK: i64 = 11;

/// What stands there afterwards.
struct Story<'a> {
    world: &'a World<'a>,
    /// The admin agent who does it.
    agent: &'a Person,
    endings: Vec<EndingRow>,
    log: Vec<ActivityRow>,
}

pub fn insert(conn: &mut Connection, world: &World<'_>) -> Result<()> {
    use crate::access::Role::AdminAgent;
    let mut people = world.cast.harbor.people.iter();
    let Some(agent) = people.find(|person| person.roles.contains(&AdminAgent)) else { return Ok(()) };
    let mut story = Story { world, agent, endings: Vec::new(), log: Vec::new() };
    let all = (0..world.count).filter(|index| world.is_harbors(*index));
    // The first few are those that drafts and links name, and whom people look at first.
    let all = all.skip(12).filter_map(|index| Customer::of(world, index));
    let plain = |customer: &Customer<'_>| customer.has_agreement && customer.ended.is_none();
    let mut all = all.filter(|customer| plain(customer) && !customer.resellers.is_empty());
    let mut remembered = Vec::new();
    for days in ENDED {
        let at = world.now.plus_days(-days);
        for customer in all.by_ref() {
            if customer.created_at < at.plus_days(-1) && !CustomerRow::orders_after(conn, &customer.id, at)? {
                remembered.extend(story.end(conn, &customer, at)?);
                break;
            }
        }
    }
    if let Some(customer) = all.next() {
        story.plan(&customer);
    }
    let at = world.now.plus_days(-GIVEN_BACK);
    if let Some(customer) = all.find(|one| one.resellers.len() == 1 && one.created_at < at) {
        story.give_back(conn, &customer, at)?;
    }
    EndingRow::insert(conn, &story.endings)?;
    EndedDelegationRow::insert(conn, &remembered)?;
    ActivityRow::insert(conn, &story.log)
}

impl Story<'_> {
    fn end(
        &mut self,
        conn: &mut Connection,
        customer: &Customer<'_>,
        at: Moment,
    ) -> Result<Vec<EndedDelegationRow>> {
        CustomerRow::end(conn, &customer.id, (at, &self.agent.name), days_after(at.day(), 90))?;
        let ending = self.row(customer, State::Ended, at);
        let ended = DelegationRow::end_all(conn, &customer.id, at)?;
        let ending_id = ending.id;
        let remembered =
            ended.into_iter().map(|delegation_id| EndedDelegationRow { ending_id, delegation_id });
        let remembered = remembered.collect();
        self.endings.push(EndingRow { ended_at: Some(at), version: 2, ..ending });
        let entry =
            about(Action::EndRelationship, customer).with([Change::new("relationship", "active", "ended")]);
        for reseller in &customer.resellers {
            self.put(Some(&reseller.id), &entry, at);
        }
        let names = customer.resellers.iter().map(|reseller| Change::new("reseller", &reseller.name, ""));
        self.put(None, &entry.with(names), at);
        Ok(remembered)
    }

    fn plan(&mut self, customer: &Customer<'_>) {
        let at = self.world.now.plus_days(-2);
        let day = days_after(self.world.now.day(), PLANNED_IN);
        let plan = self.row(customer, State::Planned, at);
        let due_at = Some(Moment::start_of(day));
        self.endings.push(EndingRow { planned_on: Some(day), due_at, ..plan });
        let entry = about(Action::PlanEnd, customer).with([Change::set("planned_on", day)]);
        self.put(None, &entry, at);
    }

    fn give_back(&mut self, conn: &mut Connection, customer: &Customer<'_>, at: Moment) -> Result<()> {
        DelegationRow::end_all(conn, &customer.id, at)?;
        let Some(reseller) = customer.seller() else { return Ok(()) };
        let by = Actor { person: &reseller.owner.0, name: &reseller.owner.1, organisation: &reseller.name };
        let change = Change::new("reseller", &reseller.name, "");
        let entry = about(Action::GiveCustomerBack, customer).with([change]);
        for organisation in [&reseller.id, &self.world.cast.harbor.row.id] {
            log::put(&mut self.log, (organisation, self.world.now), by, &entry, at);
        }
        Ok(())
    }

    fn row(&self, customer: &Customer<'_>, state: State, at: Moment) -> EndingRow {
        let provider = &self.world.cast.harbor.row;
        EndingRow {
            id: EndingId::from_number(id("ending", customer.index.into())),
            customer_id: customer.id,
            provider_id: provider.id,
            state,
            planned_on: None,
            due_at: None,
            by_person: self.agent.id,
            by_name: self.agent.name.clone(),
            by_email: self.agent.email.clone(),
            letter_language: "en",
            letter_subject: format!("{} no longer provides for {}", provider.name, customer.name),
            letter_text: format!("Hello,\n\nas agreed, {} ends its services.", provider.name),
            installation: "Twotier".to_owned(),
            created_at: at,
            ended_at: None,
            state_since: at,
            version: 1,
        }
    }

    /// In the provider's log, or in that of a reseller.
    fn put(&mut self, reseller: Option<&OrganisationId>, entry: &Entry, at: Moment) {
        let provider = &self.world.cast.harbor.row;
        let by = Actor { person: &self.agent.id, name: &self.agent.name, organisation: &provider.name };
        log::put(&mut self.log, (reseller.unwrap_or(&provider.id), self.world.now), by, entry, at);
    }
}

fn about(action: Action, customer: &Customer<'_>) -> Entry {
    Entry::new(action, "customer", customer.id, &customer.name).for_customer(&customer.id, &customer.name)
}
