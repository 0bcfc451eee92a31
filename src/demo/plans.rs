//! Delegations with a last day, and what is planned for who administers a customer.

use chrono::NaiveDate;

use super::agreements::UNSIGNED;
use super::customers::Customer;
use super::partnerships::Partner;
use super::random::id;
use super::rows::{DelegationPlanRow, DelegationRow};
use crate::relationships::model::{Choices, Earners, Helpers, Obstacle, PlanState};
use crate::values::id::{DelegationId, DelegationPlanId, OrganisationId};
use crate::values::moment::{Moment, days_after};

/// Of so many customers one has a plan of each kind.
const CYCLE: u32 = 60;

/// The last day of a delegation: a few end soon, and every third one that ended did so by itself.
pub fn last_day(customer: u32, ended_at: Option<Moment>, now: Moment) -> Option<NaiveDate> {
    if let Some(ended_at) = ended_at {
        return customer.is_multiple_of(3).then(|| ended_at.plus_days(-1).day());
    }
    let left = match customer % 40 {
        3 => 1,
        11 => 6,
        19 => 25,
        27 => 50,
        35 => 300,
        _ => return None,
    };
    Some(days_after(now.day(), left))
}

/// What is planned for a customer, or was: one plan waits, one was dropped, one could not be carried out. Who took the
/// place of another one did so by a plan.
pub fn of(customer: &Customer<'_>, delegations: &[DelegationRow], now: Moment) -> Option<DelegationPlanRow> {
    done(customer, delegations).or_else(|| not_done(customer, delegations, now))
}

fn done(customer: &Customer<'_>, delegations: &[DelegationRow]) -> Option<DelegationPlanRow> {
    let (former, next) = (delegations.iter().find(|one| one.ended_at.is_some())?, customer.successor?);
    let at = former.ended_at?;
    Some(DelegationPlanRow {
        begins_on: at.day(),
        created_at: customer.created_at.max(at.plus_days(-10)),
        settled_at: Some(at),
        ..row(customer, former, Some(next.id), PlanState::Done)?
    })
}

fn not_done(
    customer: &Customer<'_>,
    delegations: &[DelegationRow],
    now: Moment,
) -> Option<DelegationPlanRow> {
    let former = delegations.iter().find(|one| one.ended_at.is_none())?;
    let (state, days, obstacle) = match customer.index % CYCLE {
        5 => (PlanState::Open, 12, None),
        25 => (PlanState::Dropped, 20, None),
        45 => (PlanState::Failed, -9, Some(Obstacle::Lacks)),
        _ => return None,
    };
    let is_other = |partner: &&Partner| {
        // What could not be carried out, its reseller lacked something for.
        let lacks = UNSIGNED.contains(&partner.name.as_str());
        partner.until.is_none()
            && lacks == (state == PlanState::Failed)
            && delegations.iter().all(|one| one.reseller_id != partner.id)
    };
    let reseller = customer.market.partners.iter().find(is_other).map(|partner| partner.id);
    let is_settled = state != PlanState::Open;
    Some(DelegationPlanRow {
        begins_on: now.plus_days(days).day(),
        obstacle: obstacle.map_or("", |obstacle| obstacle.as_text()),
        created_at: customer.created_at.max(now.plus_days(-16)),
        settled_at: is_settled.then(|| now.plus_days(days.min(-1))),
        settled_by_name: match state {
            PlanState::Dropped => customer.agent.name.clone(),
            _ => String::new(),
        },
        ..row(customer, former, reseller, state)?
    })
}

/// What all plans have in common, to be dated.
fn row(
    customer: &Customer<'_>,
    former: &DelegationRow,
    reseller: Option<OrganisationId>,
    state: PlanState,
) -> Option<DelegationPlanRow> {
    Some(DelegationPlanRow {
        id: DelegationPlanId::from_number(id("delegation plan", customer.index.into())),
        customer_id: customer.id,
        provider_id: former.provider_id,
        delegation_id: Some(former.id),
        reseller_id: reseller,
        begins_on: customer.created_at.day(),
        choices: choices(customer.index)?,
        state,
        obstacle: "",
        made_by: customer.agent.id,
        made_by_name: customer.agent.name.clone(),
        created_at: customer.created_at,
        settled_at: None,
        settled_by_name: String::new(),
    })
}

fn choices(customer: u32) -> Option<String> {
    let delegation = DelegationId::from_number(id("planned delegation", customer.into()));
    let choices = Choices {
        delegation,
        ends_on: None,
        earners: Earners::OfFormer,
        helpers: Helpers::ToProvider,
        letters: Vec::new(),
    };
    serde_json::to_string(&choices).ok()
}
