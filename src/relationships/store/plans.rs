//! Plans as rows. A customer has at most one that is open.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::facts::Facts;
use crate::access::permission::{DropDelegationPlans, SeeCustomers};
use crate::access::{Allowed, Viewer};
use crate::activity::{self, Action, Author, Change, Entry};
use crate::customers;
use crate::db::among::is_among;
use crate::db::schema::delegation_plans;
use crate::db::{Connection, try_again};
use crate::error::{Error, Result};
use crate::partners::facts::name_of;
use crate::relationships::model::{Arrangement, Obstacle, Plan, PlanState};
use crate::values::id::{CustomerId, DelegationId, DelegationPlanId, OrganisationId, PersonId};
use crate::values::moment::Moment;

/// So many are shown of a customer.
const SHOWN: i64 = 10;

#[derive(Queryable, Selectable)]
#[diesel(table_name = delegation_plans)]
struct Row {
    id: DelegationPlanId,
    customer_id: CustomerId,
    provider_id: OrganisationId,
    delegation_id: Option<DelegationId>,
    reseller_id: Option<OrganisationId>,
    begins_on: NaiveDate,
    choices: String,
    state: PlanState,
    obstacle: String,
    made_by: PersonId,
    made_by_name: String,
    created_at: Moment,
    settled_at: Option<Moment>,
    settled_by_name: String,
}

/// The plan of a customer that waits for its day.
///
/// # Errors
/// Database errors.
pub fn open_of(conn: &mut Connection, customer: &CustomerId) -> Result<Option<Plan>> {
    let row: Option<Row> = delegation_plans::table
        .filter(delegation_plans::customer_id.eq(customer))
        .filter(delegation_plans::state.eq(PlanState::Open))
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    row.map(|row| plan(conn, row)).transpose()
}

/// The last plans of a customer, the newest first.
///
/// # Errors
/// Database errors.
pub fn latest_of(conn: &mut Connection, customer: &CustomerId) -> Result<Vec<Plan>> {
    let rows: Vec<Row> = delegation_plans::table
        .filter(delegation_plans::customer_id.eq(customer))
        .order((delegation_plans::created_at.desc(), delegation_plans::id.desc()))
        .select(Row::as_select())
        .limit(SHOWN)
        .load(conn)?;
    rows.into_iter().map(|row| plan(conn, row)).collect()
}

/// A plan of a customer within reach, however it stands.
///
/// # Errors
/// [`Error::NotFound`] when there is none; database errors.
pub fn find(
    conn: &mut Connection,
    by: &Viewer,
    customer: &CustomerId,
    id: &DelegationPlanId,
) -> Result<Plan> {
    let row: Row = delegation_plans::table
        .filter(delegation_plans::id.eq(id))
        .filter(delegation_plans::customer_id.eq(customer))
        .filter(delegation_plans::provider_id.eq(&by.organisation.id))
        .select(Row::as_select())
        .first(conn)?;
    plan(conn, row)
}

/// How many of these customers have a plan that waits for its day.
///
/// # Errors
/// Database errors.
pub fn count_open_among(conn: &mut Connection, customers: &[CustomerId]) -> Result<i64> {
    let open = delegation_plans::table
        .filter(is_among(delegation_plans::customer_id, customers))
        .filter(delegation_plans::state.eq(PlanState::Open));
    Ok(open.count().get_result(conn)?)
}

/// Some plan whose day has come.
///
/// # Errors
/// Database errors.
pub fn next_due(conn: &mut Connection, today: NaiveDate) -> Result<Option<Plan>> {
    let row: Option<Row> = delegation_plans::table
        .filter(delegation_plans::state.eq(PlanState::Open))
        .filter(delegation_plans::begins_on.le(today))
        .order((delegation_plans::begins_on, delegation_plans::id))
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    row.map(|row| plan(conn, row)).transpose()
}

/// Whether a customer has a plan of this id, open or not.
///
/// # Errors
/// Database errors.
pub fn is_there(conn: &mut Connection, customer: &CustomerId, id: &DelegationPlanId) -> Result<bool> {
    let found: Option<DelegationPlanId> = delegation_plans::table
        .filter(delegation_plans::id.eq(id))
        .filter(delegation_plans::customer_id.eq(customer))
        .select(delegation_plans::id)
        .first(conn)
        .optional()?;
    Ok(found.is_some())
}

/// Keeps what was decided until its day.
///
/// # Errors
/// Database errors.
pub fn make(
    conn: &mut Connection,
    by: &Author,
    (id, wish, begins_on): (&DelegationPlanId, &Arrangement, NaiveDate),
    facts: &Facts,
    now: Moment,
) -> Result<()> {
    let Some(person) = by.person() else { return Err(anyhow::anyhow!("the portal plans nothing").into()) };
    let choices = serde_json::to_string(&wish.choices).map_err(|error| Error::Internal(error.into()))?;
    diesel::insert_into(delegation_plans::table)
        .values((
            delegation_plans::id.eq(id),
            delegation_plans::customer_id.eq(&wish.customer),
            delegation_plans::provider_id.eq(&by.organisation),
            delegation_plans::delegation_id.eq(&wish.former),
            delegation_plans::reseller_id.eq(&wish.reseller),
            delegation_plans::begins_on.eq(begins_on),
            delegation_plans::choices.eq(choices),
            delegation_plans::state.eq(PlanState::Open),
            delegation_plans::obstacle.eq(""),
            delegation_plans::made_by.eq(person),
            delegation_plans::made_by_name.eq(&by.name),
            delegation_plans::created_at.eq(now),
            delegation_plans::settled_by_name.eq(""),
        ))
        .execute(conn)?;
    let former = facts.former.as_ref().map_or("", |former| former.reseller_name.as_str());
    let partner = wish.reseller.as_ref().and_then(|reseller| facts.partner(reseller));
    let reseller = partner.map_or("", |partner| partner.name.as_str());
    let entry = entry(Action::PlanDelegation, id, facts.customer_named())
        .with([Change::new("reseller", former, reseller), Change::set("begins_on", begins_on)])
        .with(wish.choices.ends_on.map(|last| Change::set("ends_on", last)));
    activity::store::record_as(conn, &by.organisation, by, &entry, now)
}

/// How dropping a plan went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dropped {
    Now,
    /// It was carried out, changed or dropped before.
    TooLate,
}

/// Drops a plan that is open.
///
/// # Errors
/// [`Error::NotFound`] when there is none; database errors.
pub fn drop_plan(
    conn: &mut Connection,
    by: &Allowed<DropDelegationPlans>,
    (customer, id): (&CustomerId, &DelegationPlanId),
    now: Moment,
) -> Result<Dropped> {
    let plan = find(conn, by, customer, id)?;
    if !settle(conn, id, (PlanState::Dropped, None), &by.name, now)? {
        return Ok(Dropped::TooLate);
    }
    let customer = customers::store::find(conn, &by.reach(), customer)?;
    record_drop(conn, by, &plan, (&customer.id, &customer.account.company_name), now)?;
    Ok(Dropped::Now)
}

/// Another decision comes in the place of a plan that was read in this transaction.
///
/// # Errors
/// Database errors.
pub fn replace(conn: &mut Connection, by: &Viewer, plan: &Plan, now: Moment) -> Result<()> {
    if !settle(conn, &plan.id, (PlanState::Dropped, None), &by.name, now)? {
        return Err(try_again());
    }
    let customer = customers::store::find(conn, &by.reach(), &plan.customer)?;
    record_drop(conn, by, plan, (&customer.id, &customer.account.company_name), now)
}

/// Drops what is planned for a customer, because its provider's relationship with it ends, or something else is decided.
///
/// # Errors
/// Database errors.
pub fn drop_with(
    conn: &mut Connection,
    by: &Author,
    (customer, name): (&CustomerId, &str),
    now: Moment,
) -> Result<()> {
    let Some(plan) = open_of(conn, customer)? else { return Ok(()) };
    settle(conn, &plan.id, (PlanState::Dropped, None), &by.name, now)?;
    let entry = dropped(&plan, (customer, name));
    activity::store::record_as(conn, &by.organisation, by, &entry, now)
}

fn record_drop(
    conn: &mut Connection,
    by: &Viewer,
    plan: &Plan,
    customer: (&CustomerId, &str),
    now: Moment,
) -> Result<()> {
    activity::store::record(conn, by, &dropped(plan, customer), now)
}

fn dropped(plan: &Plan, customer: (&CustomerId, &str)) -> Entry {
    let change = Change::new("begins_on", plan.begins_on, "");
    entry(Action::DropDelegationPlan, &plan.id, customer).with([change])
}

/// Brings a plan that is open to an end. Answers `false` when it was not open any more.
///
/// # Errors
/// Database errors.
pub fn settle(
    conn: &mut Connection,
    id: &DelegationPlanId,
    (state, obstacle): (PlanState, Option<Obstacle>),
    by: &str,
    now: Moment,
) -> Result<bool> {
    let open = delegation_plans::table
        .filter(delegation_plans::id.eq(id))
        .filter(delegation_plans::state.eq(PlanState::Open));
    let met = diesel::update(open)
        .set((
            delegation_plans::state.eq(state),
            delegation_plans::obstacle.eq(obstacle.map_or("", |obstacle| obstacle.as_text())),
            delegation_plans::settled_at.eq(now),
            delegation_plans::settled_by_name.eq(by),
        ))
        .execute(conn)?;
    Ok(met == 1)
}

/// A record about a plan.
pub fn entry(action: Action, id: &DelegationPlanId, (customer, name): (&CustomerId, &str)) -> Entry {
    Entry::new(action, "delegation_plan", id, name).for_customer(customer, name)
}

/// The plans of a customer, for whoever may read them: a reseller learns nothing of other resellers, so of none.
///
/// # Errors
/// Database errors.
pub fn seen(conn: &mut Connection, by: &Allowed<SeeCustomers>, customer: &CustomerId) -> Result<Vec<Plan>> {
    if by.is_provider() { latest_of(conn, customer) } else { Ok(Vec::new()) }
}

fn plan(conn: &mut Connection, row: Row) -> Result<Plan> {
    let former = row.delegation_id.map(|id| reseller_of(conn, &row.customer_id, id)).transpose()?;
    let reseller = row.reseller_id.map(|id| Ok::<_, Error>((id, name_of(conn, &id)?))).transpose()?;
    let choices = serde_json::from_str(&row.choices).map_err(|error| Error::Internal(error.into()))?;
    Ok(Plan {
        id: row.id,
        customer: row.customer_id,
        provider: row.provider_id,
        former,
        reseller,
        begins_on: row.begins_on,
        choices,
        state: row.state,
        obstacle: Obstacle::from_text(&row.obstacle),
        made_by: (row.made_by, row.made_by_name),
        created_at: row.created_at,
        settled_at: row.settled_at,
        settled_by: row.settled_by_name,
    })
}

/// A delegation with the name of its reseller.
fn reseller_of(
    conn: &mut Connection,
    customer: &CustomerId,
    id: DelegationId,
) -> Result<(DelegationId, String)> {
    let all = customers::store::delegations::of_customer(conn, customer)?;
    let found = all.into_iter().find(|one| one.id == id).ok_or(Error::NotFound)?;
    Ok((id, found.reseller_name))
}
