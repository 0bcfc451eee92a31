//! Relationships that have ended, that are planned to end, were to end or could not, one that was taken up again, and a
//! customer that a reseller gave back.

use super::cast::Person;
use super::customers::Customer;
use super::log::{self, Actor};
use super::random::id;
use super::rows::{ActivityRow, CustomerRow, DelegationRow, EndedDelegationRow, EndingRow};
use super::world::World;
use crate::activity::{Action, Change, Entry};
use crate::db::Connection;
use crate::endings::model::{Hindrance, State};
use crate::error::Result;
use crate::values::id::{EndingId, OrganisationId};
use crate::values::moment::{Moment, days_after};

/// The relationships that have ended, before how many days: one can be reinstated, for another it is too late.
const ENDED: [i64; 2] = [24, 205];
/// In so many days another one ends.
const PLANNED_IN: u64 = 21;
/// So many days ago the end of one was planned for a day to come, and so many days ago that plan was dropped.
const DROPPED: (i64, i64) = (15, 8);
/// So many days ago the end of one was planned that could not be carried out so many days ago.
const FAILED: (i64, i64) = (20, 6);
/// A reseller gave a customer back so many days ago.
const GIVEN_BACK: i64 = 11;
/// So many days ago one ended that was taken up again so many days ago.
const REINSTATED: (i64, i64) = (40, 5);

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
    let mut all = candidates(world);
    let mut remembered = Vec::new();
    for days in ENDED {
        let at = world.now.plus_days(-days);
        if let Some(customer) = quiet_since(conn, &mut all, at)? {
            remembered.extend(story.end(conn, &customer, at)?);
        }
    }
    let at = world.now.plus_days(-REINSTATED.0);
    if let Some(customer) = quiet_since(conn, &mut all, at)? {
        remembered.extend(story.reinstate(conn, &customer, at)?);
    }
    if let Some(customer) = first(&mut all, |_| Ok(true))? {
        story.plan(&customer);
    }
    let at = world.now.plus_days(-DROPPED.0);
    if let Some(customer) = first(&mut all, |one| Ok(one.created_at < at))? {
        story.drop_plan(&customer, at);
    }
    let at = world.now.plus_days(-FAILED.0);
    let runs = |one: &Customer<'_>| Ok(one.created_at < at && CustomerRow::runs_something(conn, &one.id)?);
    if let Some(customer) = first(&mut all, runs)? {
        story.fail(&customer, at);
    }
    let at = world.now.plus_days(-GIVEN_BACK);
    if let Some(customer) = first(&mut all, |one| Ok(one.resellers.len() == 1 && one.created_at < at))? {
        story.give_back(conn, &customer, at)?;
    }
    EndingRow::insert(conn, &story.endings)?;
    EndedDelegationRow::insert(conn, &remembered)?;
    ActivityRow::insert(conn, &story.log)
}

/// Customers that resellers look after and of which nothing else is told, the oldest first.
fn candidates<'a>(world: &'a World<'_>) -> Vec<Customer<'a>> {
    let of_harbor = (0..world.count).filter(|index| world.is_harbors(*index));
    // The first few are those that drafts and links name, and whom people look at first.
    let of_harbor = of_harbor.skip(12).filter_map(|index| Customer::of(world, index));
    let plain = |one: &Customer<'_>| one.has_agreement && one.ended.is_none() && !one.resellers.is_empty();
    of_harbor.filter(plain).collect()
}

/// Takes the first one that fits.
fn first<'a>(
    all: &mut Vec<Customer<'a>>,
    mut fits: impl FnMut(&Customer<'a>) -> Result<bool>,
) -> Result<Option<Customer<'a>>> {
    for place in 0..all.len() {
        if let Some(one) = all.get(place)
            && fits(one)?
        {
            return Ok(Some(all.remove(place)));
        }
    }
    Ok(None)
}

/// Takes one for which nothing was ordered after a moment, so that its relationship can have ended then.
fn quiet_since<'a>(
    conn: &mut Connection,
    all: &mut Vec<Customer<'a>>,
    at: Moment,
) -> Result<Option<Customer<'a>>> {
    first(all, |one| Ok(one.created_at < at.plus_days(-1) && !CustomerRow::orders_after(conn, &one.id, at)?))
}

impl Story<'_> {
    fn end(
        &mut self,
        conn: &mut Connection,
        customer: &Customer<'_>,
        at: Moment,
    ) -> Result<Vec<EndedDelegationRow>> {
        CustomerRow::end(conn, &customer.id, (at, &self.agent.name), days_after(at.day(), 90))?;
        let ending = EndingRow { ended_at: Some(at), version: 2, ..self.row(customer, State::Ended, at) };
        let remembered = self.take_away(conn, customer, (&ending, at))?;
        self.endings.push(ending);
        Ok(remembered)
    }

    /// Ends what its resellers may do, which comes back with it.
    fn take_away(
        &mut self,
        conn: &mut Connection,
        customer: &Customer<'_>,
        (ending, at): (&EndingRow, Moment),
    ) -> Result<Vec<EndedDelegationRow>> {
        let ended = DelegationRow::end_all(conn, &customer.id, at)?;
        let entry =
            about(Action::EndRelationship, customer).with([Change::new("relationship", "active", "ended")]);
        for reseller in &customer.resellers {
            self.put(Some(&reseller.id), &entry, at);
        }
        let names = customer.resellers.iter().map(|reseller| Change::new("reseller", &reseller.name, ""));
        self.put(None, &entry.with(names), at);
        let remember = |delegation_id| EndedDelegationRow { ending_id: ending.id, delegation_id };
        Ok(ended.into_iter().map(remember).collect())
    }

    /// It has ended, was taken up again with all it had, and has not agreed again to be administered.
    fn reinstate(
        &mut self,
        conn: &mut Connection,
        customer: &Customer<'_>,
        at: Moment,
    ) -> Result<Vec<EndedDelegationRow>> {
        let back_at = self.world.now.plus_days(-REINSTATED.1);
        let ending = EndingRow {
            ended_at: Some(at),
            state_since: back_at,
            closed_by_name: Some(self.agent.name.clone()),
            version: 3,
            ..self.row(customer, State::Reinstated, at)
        };
        let remembered = self.take_away(conn, customer, (&ending, at))?;
        CustomerRow::await_consent(conn, &customer.id)?;
        self.endings.push(ending);
        let change = Change::new("relationship", "ended", "active");
        self.put(None, &about(Action::ReinstateCustomer, customer).with([change]), back_at);
        Ok(remembered)
    }

    fn plan(&mut self, customer: &Customer<'_>) {
        let at = self.world.now.plus_days(-2);
        let plan = self.planned(customer, State::Planned, at);
        self.endings.push(plan);
    }

    /// The end was planned, and the plan was dropped before its day.
    fn drop_plan(&mut self, customer: &Customer<'_>, at: Moment) {
        let dropped_at = self.world.now.plus_days(-DROPPED.1);
        let plan = self.planned(customer, State::Dropped, at);
        let day = plan.planned_on.map(|day| day.to_string()).unwrap_or_default();
        self.endings.push(EndingRow {
            state_since: dropped_at,
            closed_by_name: Some(self.agent.name.clone()),
            version: 2,
            ..plan
        });
        let entry = about(Action::DropPlannedEnd, customer).with([Change::new("planned_on", day, "")]);
        self.put(None, &entry, dropped_at);
    }

    /// For a day that is yet to come, as the log has it, too.
    fn planned(&mut self, customer: &Customer<'_>, state: State, at: Moment) -> EndingRow {
        let day = days_after(self.world.now.day(), PLANNED_IN);
        let entry = about(Action::PlanEnd, customer).with([Change::set("planned_on", day)]);
        self.put(None, &entry, at);
        let due_at = Some(Moment::start_of(day));
        EndingRow { planned_on: Some(day), due_at, ..self.row(customer, state, at) }
    }

    /// On the day that was planned, subscriptions were active.
    fn fail(&mut self, customer: &Customer<'_>, at: Moment) {
        let due_at = Moment::start_of(self.world.now.plus_days(-FAILED.1).day());
        let (day, tried_at) = (due_at.day(), due_at.plus_seconds(20 * 60));
        let hindrance = Hindrance::ActiveSubscriptions;
        self.endings.push(EndingRow {
            planned_on: Some(day),
            due_at: Some(due_at),
            hindrance: Some(hindrance),
            state_since: tried_at,
            version: 2,
            ..self.row(customer, State::Refused, at)
        });
        self.put(None, &about(Action::PlanEnd, customer).with([Change::set("planned_on", day)]), at);
        let changes =
            [Change::new("relationship", "active", "ended"), Change::set("hindrance", hindrance.as_text())];
        self.put(None, &about(Action::EndRelationship, customer).with(changes).failed(), tried_at);
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
            hindrance: None,
            created_at: at,
            ended_at: None,
            state_since: at,
            closed_by_name: None,
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
