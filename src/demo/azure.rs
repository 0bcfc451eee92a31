//! What customers of the first provider have used of Azure: one in each state that a budget can have, and a few more.

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate};

use super::cast::Person;
use super::log::{self, Actor};
use super::random::{Random, hash, id};
use super::rows::{
    Account, ActivityRow, AzureAlertRow, CustomerRow, Metered, SubscriptionRow, TenantOwnerRow, UsageDayRow,
    UsageMonthRow, UsageRow,
};
use super::world::World;
use crate::access::Role;
use crate::activity::{Action, Change, Entry};
use crate::azure::model::cost::Cost;
use crate::azure::model::owner::OwnerEnd;
use crate::azure::model::spending::{Spending, Standing, month_before, month_of};
use crate::db::Connection;
use crate::error::Result;
use crate::partners::facts::name_of;
use crate::values::id::{OrganisationId, TenantOwnerId, UploadId};
use crate::values::moment::{Moment, days_after};
use crate::values::money::Money;

/// So many customers have used something.
const USERS: usize = 14;
/// So many months are known, the one in hand as well.
const MONTHS: u32 = 5;
/// So many resellers have, or had, tenant owner permission.
const OWNERS: usize = 5;
/// Hundredths of what was spent this month that the first customers have as their budgets: exceeded, nearly used, used to a
/// part. The others have none.
const BUDGETS: [i64; 4] = [92, 117, 240, 400];
/// A budget where nothing is known of the month yet.
const USUAL: i64 = 50_000;

/// Service, meter, unit; how often it is used at all, and what it costs a day at most, in hundredths.
const METERS: [(&str, &str, &str, u64, i64); 6] = [
    ("Virtual Machines", "D2s v3", "1 Hour", 100, 1_150),
    ("Virtual Machines", "B2ms", "1 Hour", 60, 420),
    ("Storage", "Hot LRS Data Stored", "1 GB/Month", 100, 130),
    ("Bandwidth", "Standard Data Transfer Out", "1 GB", 80, 45),
    ("SQL Database", "General Purpose vCore", "1 Hour", 45, 980),
    ("Backup", "Protected Instances", "1/Month", 30, 60),
];

pub fn insert(conn: &mut Connection, world: &World<'_>) -> Result<()> {
    let today = world.now.day();
    SubscriptionRow::open_azure_accounts(conn, month_of(today))?;
    let harbor = &world.cast.harbor;
    let Some(agent) = harbor.people.iter().find(|person| person.roles.contains(&Role::AdminAgent)) else {
        return Ok(());
    };
    let users = SubscriptionRow::metered(conn, &harbor.row.id, (month_before(month_of(today)), USERS))?;
    let mut story = Story { world, agent, log: Vec::new() };
    for (nth, user) in users.iter().enumerate() {
        story.spend(conn, user, BUDGETS.get(nth).copied())?;
    }
    story.own(conn, &users)?;
    story.upload(users.len());
    ActivityRow::insert(conn, &story.log)
}

struct Story<'a> {
    world: &'a World<'a>,
    agent: &'a Person,
    log: Vec<ActivityRow>,
}

impl Story<'_> {
    /// What a customer used up to today, with its sums.
    fn spend(&mut self, conn: &mut Connection, user: &Metered, budget: Option<i64>) -> Result<()> {
        let rows = self.rows(user);
        let (mut days, mut months) = (BTreeMap::new(), BTreeMap::new());
        for row in &rows {
            *days.entry((row.day, row.service.clone())).or_insert(0) += row.cost_millionths;
            let (sum, last_day) = months.entry(month_of(row.day)).or_insert((0, row.day));
            (*sum, *last_day) = (*sum + row.cost_millionths, row.day.max(*last_day));
        }
        UsageRow::insert(conn, &rows)?;
        let day = |((day, service), cost_millionths)| UsageDayRow {
            subscription_id: user.id,
            day,
            service,
            customer_id: user.customer_id,
            cost_millionths,
        };
        UsageDayRow::insert(conn, &days.into_iter().map(day).collect::<Vec<_>>())?;
        let month = |(month, (cost_millionths, last_day)): (&NaiveDate, &(i64, NaiveDate))| UsageMonthRow {
            customer_id: user.customer_id,
            month: *month,
            last_day: *last_day,
            cost_millionths: *cost_millionths,
        };
        UsageMonthRow::insert(conn, &months.iter().map(month).collect::<Vec<_>>())?;
        let this = month_of(self.world.now.day());
        let known = months.get(&this);
        self.budget(conn, user, known.copied(), budget)
    }

    fn rows(&self, user: &Metered) -> Vec<UsageRow> {
        let today = self.world.now.day();
        let mut random = Random::of("usage", hash(user.id.as_str()));
        let size = random.between(20, 100);
        let used = METERS.map(|(_, _, _, chance, _)| random.percent(chance));
        let mut rows = Vec::new();
        let mut day = (1..MONTHS).fold(month_of(today), |month, _| month_before(month)).max(user.starts_on);
        while day <= today {
            // Offices are quiet on Saturdays and Sundays.
            let part = if day.weekday().number_from_monday() > 5 { 60 } else { 100 };
            for ((service, meter, unit, _, most), _) in METERS.iter().zip(used).filter(|(_, used)| *used) {
                let cost_millionths = most * size * part * random.between(80, 110);
                rows.push(UsageRow {
                    subscription_id: user.id,
                    day,
                    meter: (*meter).to_owned(),
                    service: (*service).to_owned(),
                    used: format!("{}.{}", random.between(1, 240), random.between(1, 9)),
                    unit: (*unit).to_owned(),
                    cost_millionths: cost_millionths / 100,
                });
            }
            day = days_after(day, 1);
        }
        rows
    }

    /// The budget, when it was set, and what was told of it.
    fn budget(
        &mut self,
        conn: &mut Connection,
        user: &Metered,
        known: Option<(i64, NaiveDate)>,
        hundredths: Option<i64>,
    ) -> Result<()> {
        let (world, currency) = (self.world, self.world.cast.harbor.row.currency);
        let month = month_of(world.now.day());
        let spent = Cost::of(known.map_or(0, |(spent, _)| spent));
        // Round, where that leaves the share what it is to be: little is known on the first of a month.
        let whole = |money: Money| {
            let step = if money.minor < 100_000 { 1 } else { 100 };
            Money::new((money.minor / step * step).max(1), currency)
        };
        let budget = hundredths.map(|hundredths| match spent.millionths() {
            0 => Money::new(USUAL, currency),
            spent => whole(Cost::of(spent / 100 * hundredths).money(currency)),
        });
        let last_day = known.map(|(_, last_day)| last_day);
        let spending = Spending { month, spent, last_day, currency, budget };
        let standing = spending.standing();
        let account = Account {
            last_day,
            spent_millionths: spent.millionths(),
            budget_minor: budget.map(|budget| budget.minor),
            standing,
        };
        SubscriptionRow::spend(conn, &user.customer_id, &account)?;
        let Some(budget) = budget else { return Ok(()) };
        let name = CustomerRow::name_of(conn, &user.customer_id)?;
        let about = |action| {
            Entry::new(action, "customer", user.customer_id, &name).for_customer(&user.customer_id, &name)
        };
        let set = about(Action::SetAzureBudget).with([Change::new("monthly_budget", "", budget)]);
        self.record(&set, world.now.plus_days(-40));
        let reached_at = world.now.plus_seconds(-3 * 3_600);
        let told: Vec<AzureAlertRow> = standing
            .told()
            .iter()
            .map(|standing| AzureAlertRow {
                customer_id: user.customer_id,
                month,
                standing: *standing,
                reached_at,
            })
            .collect();
        AzureAlertRow::insert(conn, &told)?;
        if matches!(standing, Standing::Nearing | Standing::Exceeded) {
            let reached = about(Action::ReachAzureBudget).with([
                Change::set("month", month.format("%Y-%m")),
                Change::set("monthly_budget", budget),
                Change::set("share_used", format!("{} %", spending.share().unwrap_or_default())),
            ]);
            let harbor = &world.cast.harbor.row.id;
            log::put_by_portal(&mut self.log, (harbor, world.now), &reached, reached_at);
        }
        Ok(())
    }

    /// Some of the resellers that are named have tenant owner permission, and one had it.
    fn own(&mut self, conn: &mut Connection, users: &[Metered]) -> Result<()> {
        let named = users.iter().filter_map(|user| Some((user, user.mpn_reseller_id?)));
        for (nth, (user, reseller)) in named.take(OWNERS).enumerate() {
            let given_at = self.world.now.plus_days(-36 + i64::try_from(nth).unwrap_or_default());
            let ended_at = (nth == 1).then_some(self.world.now.plus_days(-8));
            let owner = TenantOwnerRow {
                id: TenantOwnerId::from_number(id("tenant owner", hash(user.id.as_str()) >> 40)),
                subscription_id: user.id,
                customer_id: user.customer_id,
                reseller_id: reseller,
                given_at,
                given_by_name: self.agent.name.clone(),
                ended_at,
                ended_by_name: ended_at.map(|_| self.agent.name.clone()).unwrap_or_default(),
                end_reason: ended_at.map(|_| OwnerEnd::Withdrawn),
            };
            TenantOwnerRow::insert(conn, std::slice::from_ref(&owner))?;
            let (customer, name) =
                (CustomerRow::name_of(conn, &user.customer_id)?, name_of(conn, &reseller)?);
            let about = |action| {
                Entry::new(action, "subscription", user.id, &user.nickname)
                    .for_customer(&user.customer_id, &customer)
            };
            let given = about(Action::GiveTenantOwner).with([Change::set("tenant_owner", &name)]);
            self.record_for_both(&given, &reseller, given_at);
            if let Some(at) = ended_at {
                let ended = about(Action::EndTenantOwner).with([
                    Change::new("tenant_owner", &name, ""),
                    Change::set("tenant_owner_end", OwnerEnd::Withdrawn.as_text()),
                ]);
                self.record_for_both(&ended, &reseller, at);
            }
        }
        Ok(())
    }

    fn record_for_both(&mut self, entry: &Entry, reseller: &OrganisationId, at: Moment) {
        self.record(entry, at);
        let harbor = &self.world.cast.harbor.row;
        let by = Actor { person: &self.agent.id, name: &self.agent.name, organisation: &harbor.name };
        log::put(&mut self.log, (reseller, self.world.now), by, entry, at);
    }

    /// The file of this morning.
    fn upload(&mut self, users: usize) {
        let file = UploadId::from_number(id("usage file", 1));
        let name = format!("usage-{}.csv", self.world.now.plus_days(-1).day());
        let entry = Entry::new(Action::UploadUsage, "usage_file", file, name).with([
            Change::set("added", users * 4),
            Change::set("changed", 0),
            Change::set("refused_rows", 0),
        ]);
        self.record(&entry, self.world.now.plus_seconds(-3 * 3_600));
    }

    fn record(&mut self, entry: &Entry, at: Moment) {
        let harbor = &self.world.cast.harbor.row;
        let by = Actor { person: &self.agent.id, name: &self.agent.name, organisation: &harbor.name };
        log::put(&mut self.log, (&harbor.id, self.world.now), by, entry, at);
    }
}
