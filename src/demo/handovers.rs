//! Resellers that are associated with many customers at once: one such change is done, with every result that there is,
//! one was stopped, and one is under way.

use super::cast::Person;
use super::customers::Customer;
use super::log::{self, Actor};
use super::partnerships::Partner;
use super::random::id;
use super::rows::{ActivityRow, CustomerRow, DelegationRow, HandoverCustomerRow, HandoverRow};
use super::withdrawals::undelegated;
use super::world::World;
use crate::activity::{Action, Change, Entry};
use crate::customers::store::association::{NewDelegation, entry};
use crate::db::Connection;
use crate::error::Result;
use crate::handovers::jobs::HAND_OVER;
use crate::handovers::model::{Choices, Earners, Idle, Outcome, Source, State};
use crate::jobs;
use crate::jobs::model::Owner;
use crate::relationships::model::{Helpers, Obstacle};
use crate::values::id::{CustomerId, DelegationId, HandoverId, JobId, SelectionId};
use crate::values::moment::Moment;
use crate::values::name::sort_name;

/// Before how many days the one that is done was begun, the one that was stopped, and the one that is under way.
const DONE: i64 = 4;
const STOPPED: i64 = 2;
const WORKING: i64 = 1;
/// In so many days its job goes on, so that whoever looks at the demonstration meets it under way.
const GOES_ON: i64 = 30;
/// With so many customers each was done, or would have been.
const EACH: usize = 4;

/// One of them, and what it leaves behind.
struct Story<'a> {
    world: &'a World<'a>,
    agent: &'a Person,
    reseller: &'a Partner,
    at: Moment,
    turns: Vec<HandoverCustomerRow>,
    delegations: Vec<DelegationRow>,
    log: Vec<ActivityRow>,
}

pub fn insert(conn: &mut Connection, world: &World<'_>) -> Result<()> {
    use crate::access::Role::AdminAgent;
    let mut people = world.cast.harbor.people.iter();
    let Some(agent) = people.find(|person| person.roles.contains(&AdminAgent)) else { return Ok(()) };
    let mut partners = world.partnerships.harbor.iter().filter(|partner| partner.until.is_none());
    let (Some(first), Some(second)) = (partners.next(), partners.next()) else { return Ok(()) };
    let all = || (0..world.count).filter(|index| world.is_harbors(*index)).skip(12);
    let old = |customer: &Customer<'_>| customer.created_at < world.now.plus_days(-30);
    let all = || all().filter_map(|index| Customer::of(world, index)).filter(move |one| old(one));
    let mut direct = all().filter(|customer| customer.resellers.is_empty() && customer.ended.is_none());
    let mut done = Story::of(world, (agent, first), DONE);
    for customer in direct.by_ref().take(EACH) {
        done.associate(conn, &customer)?;
    }
    let has = |one: &Customer<'_>| one.ended.is_none() && one.resellers.iter().any(|it| it.id == first.id);
    for customer in all().filter(has).take(2) {
        done.turn(&customer.id, Outcome::Unchanged, Idle::AdministersAlready.as_text());
    }
    if let Some(customer) = undelegated(world) {
        done.turn(&customer.id, Outcome::Refused, Obstacle::RemovedByCustomer.as_text());
    }
    done.insert(conn, State::Done)?;
    for (days, state) in [(STOPPED, State::Stopped), (WORKING, State::Working)] {
        let mut halfway = Story::of(world, (agent, second), days);
        for (nth, customer) in direct.by_ref().take(EACH).enumerate() {
            if nth < EACH / 2 {
                halfway.associate(conn, &customer)?;
            } else {
                halfway.turn(&customer.id, Outcome::Waiting, "");
            }
        }
        halfway.insert(conn, state)?;
    }
    Ok(())
}

impl<'a> Story<'a> {
    fn of(world: &'a World<'a>, (agent, reseller): (&'a Person, &'a Partner), days: i64) -> Self {
        let at = world.now.plus_days(-days);
        Self { world, agent, reseller, at, turns: vec![], delegations: vec![], log: vec![] }
    }

    fn id(&self) -> HandoverId {
        HandoverId::from_number(id("handover", self.at.unix().unsigned_abs()))
    }

    fn turn(&mut self, customer: &CustomerId, result: Outcome, why: &'static str) {
        let position = i64::try_from(self.turns.len()).unwrap_or(i64::MAX).saturating_add(1);
        let settled_at = (result != Outcome::Waiting).then_some(self.at);
        let handover_id = self.id();
        self.turns.push(HandoverCustomerRow {
            handover_id,
            customer_id: *customer,
            position,
            result,
            why,
            settled_at,
        });
    }

    fn associate(&mut self, conn: &mut Connection, customer: &Customer<'_>) -> Result<()> {
        let domain = CustomerRow::domain_of(conn, &customer.id)?;
        let delegation = DelegationId::from_number(id("handed over", customer.index.into()));
        let new = NewDelegation {
            id: &delegation,
            customer: &customer.id,
            company_name: &customer.name,
            domain: &domain,
            reseller: &self.reseller.id,
            reseller_name: &self.reseller.name,
            ends_on: None,
        };
        self.record(&entry(&new), true);
        self.delegations.push(DelegationRow {
            id: delegation,
            customer_id: customer.id,
            reseller_id: self.reseller.id,
            provider_id: customer.market.provider.row.id,
            customer_sort_name: sort_name(&customer.name),
            customer_domain: domain,
            since: self.at,
            ended_at: None,
            given_by_name: self.agent.name.clone(),
            ended_by_name: String::new(),
            ends_on: None,
            reminded_days: None,
        });
        self.turn(&customer.id, Outcome::Done, "");
        Ok(())
    }

    /// In the provider's log, and in that of the reseller where it concerns it.
    fn record(&mut self, entry: &Entry, concerns_reseller: bool) {
        let provider = &self.world.cast.harbor.row;
        let by = Actor { person: &self.agent.id, name: &self.agent.name, organisation: &provider.name };
        let reseller = concerns_reseller.then_some(&self.reseller.id);
        for organisation in [&provider.id].into_iter().chain(reseller) {
            log::put(&mut self.log, (organisation, self.world.now), by, entry, self.at);
        }
    }

    fn count(&self, result: Outcome) -> i64 {
        let count = self.turns.iter().filter(|turn| turn.result == result).count();
        i64::try_from(count).unwrap_or(i64::MAX)
    }

    fn insert(mut self, conn: &mut Connection, state: State) -> Result<()> {
        if self.turns.is_empty() {
            return Ok(());
        }
        let over = match state {
            State::Gathering | State::Working => None,
            State::Stopped => Some(Action::StopHandover),
            State::Done => Some(Action::FinishHandover),
        };
        for action in [Action::BeginHandover].into_iter().chain(over) {
            let entry = Entry::new(action, "handover", self.id(), &self.reseller.name)
                .with([Change::set("reseller", &self.reseller.name)]);
            self.record(&entry, false);
        }
        let row = self.row(state);
        HandoverRow::insert(conn, std::slice::from_ref(&row))?;
        if over.is_none() {
            let owner = Owner { organisation: row.provider_id, person: self.agent.id };
            let due_at = self.world.now.plus_days(GOES_ON);
            jobs::store::put(conn, (&row.job_id, &owner), (&HAND_OVER, &row.id), (due_at, self.at))?;
        }
        HandoverCustomerRow::insert(conn, &self.turns)?;
        DelegationRow::insert(conn, &self.delegations)?;
        ActivityRow::insert(conn, &self.log)
    }

    fn row(&self, state: State) -> HandoverRow {
        let choices = Choices {
            // Forgotten once its customers were listed.
            source: Source::Selection(SelectionId::new()),
            ends_on: None,
            earners: Earners::Leave,
            helpers: Helpers::Leave,
            letters: Vec::new(),
        };
        let stopped_by = if state == State::Stopped { self.agent.name.as_str() } else { "" };
        HandoverRow {
            id: self.id(),
            provider_id: self.world.cast.harbor.row.id,
            former_id: None,
            reseller_id: Some(self.reseller.id),
            begins_on: None,
            choices: serde_json::to_string(&choices).unwrap_or_default(),
            state,
            gathered: String::new(),
            total: i64::try_from(self.turns.len()).unwrap_or(i64::MAX),
            done: self.count(Outcome::Done),
            unchanged: self.count(Outcome::Unchanged),
            refused: self.count(Outcome::Refused),
            subscriptions: 0,
            begun_by: self.agent.id,
            begun_by_name: self.agent.name.clone(),
            begun_at: self.at,
            settled_at: (!matches!(state, State::Gathering | State::Working)).then_some(self.at),
            settled_by_name: stopped_by.to_owned(),
            job_id: JobId::from_number(id("handover job", self.at.unix().unsigned_abs())),
        }
    }
}
