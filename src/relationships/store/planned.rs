//! Plans on their day: the portal does what somebody decided, or says why it cannot.

use super::deed::{self, Done, Refused};
use super::plans;
use crate::access::Role;
use crate::activity::{self, Action, Author, Change};
use crate::customers;
use crate::db::{Connection, try_again};
use crate::error::Result;
use crate::mail::compose::Written as _;
use crate::mail::outbox;
use crate::partners::facts::name_of;
use crate::partners::store::admins::global_admins_of;
use crate::people::facts::{RoleHolder, holder};
use crate::relationships::letters::plan_failed::PlanFailed;
use crate::relationships::model::{Arrangement, Obstacle, Plan, PlanState};
use crate::session::postage::put_one_of_many;
use crate::values::id::LetterId;
use crate::values::moment::Moment;
use crate::web::Site;

/// Carries out one plan whose day has come. Answers how many there were.
///
/// # Errors
/// When a letter cannot be written; database errors.
pub fn carry_out_next(conn: &mut Connection, site: &Site, now: Moment) -> Result<usize> {
    let Some(plan) = plans::next_due(conn, now.day())? else { return Ok(0) };
    let provider_name = name_of(conn, &plan.provider)?;
    let (person, name) = &plan.made_by;
    let by = Author::absent((person, name), (&plan.provider, &provider_name));
    let wish = Arrangement {
        customer: plan.customer,
        former: plan.former_id().copied(),
        reseller: plan.reseller.as_ref().map(|(id, _)| *id),
        choices: plan.choices.clone(),
    };
    let answers = maker(conn, &plan)?;
    let reply_to = answers.as_ref().map(|person| &person.email);
    match deed::carry_out(conn, &by, &wish, (site, reply_to), now)? {
        Ok(done) => succeed(conn, &plan, &done, now)?,
        Err(Refused { obstacle, .. }) => fail(conn, &plan, obstacle, site, now)?,
    }
    Ok(1)
}

fn succeed(conn: &mut Connection, plan: &Plan, done: &Done, now: Moment) -> Result<()> {
    if !plans::settle(conn, &plan.id, (PlanState::Done, None), "", now)? {
        return Err(try_again());
    }
    for letter in &done.letters {
        // Of many plans for one day, one contact may be that of many customers.
        put_one_of_many(conn, &plan.provider, (&LetterId::new(), letter), now)?;
    }
    record(conn, plan, None, now)
}

/// Nothing of it was done. Whoever planned it is told why; where they can no longer act, their Global admins are.
fn fail(conn: &mut Connection, plan: &Plan, obstacle: Obstacle, site: &Site, now: Moment) -> Result<()> {
    if !plans::settle(conn, &plan.id, (PlanState::Failed, Some(obstacle)), "", now)? {
        return Err(try_again());
    }
    record(conn, plan, Some(obstacle), now)?;
    let company = company_of(conn, plan)?;
    let told = match maker(conn, plan)? {
        Some(maker) => vec![maker],
        None => global_admins_of(conn, &plan.provider)?,
    };
    for to in &told {
        let letter = PlanFailed { plan, company: &company, obstacle, to, site }.letter()?;
        outbox::put(conn, &LetterId::new(), &letter, now)?;
    }
    Ok(())
}

/// The provider's log says that the portal did it, or tried.
fn record(conn: &mut Connection, plan: &Plan, obstacle: Option<Obstacle>, now: Moment) -> Result<()> {
    let company = company_of(conn, plan)?;
    let (former, reseller) =
        (plan.former_name().unwrap_or_default(), plan.reseller_name().unwrap_or_default());
    let entry = plans::entry(Action::CarryOutDelegationPlan, &plan.id, (&plan.customer, &company))
        .with([Change::new("reseller", former, reseller)]);
    let entry = match obstacle {
        Some(obstacle) => entry.with([Change::set("obstacle", obstacle.as_text())]).failed(),
        None => entry,
    };
    activity::store::record_by_portal(conn, &plan.provider, &entry, now)
}

fn company_of(conn: &mut Connection, plan: &Plan) -> Result<String> {
    let reach = crate::access::Reach::Provider(plan.provider);
    Ok(customers::store::find(conn, &reach, &plan.customer)?.account.company_name)
}

/// Whoever made the plan, as long as they can act.
fn maker(conn: &mut Connection, plan: &Plan) -> Result<Option<RoleHolder>> {
    let roles = [Role::GlobalAdmin, Role::AdminAgent, Role::SalesAgent];
    holder(conn, &plan.provider, &roles, &plan.made_by.0)
}
