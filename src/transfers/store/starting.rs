//! Starting a file: what somebody chose is looked at, frozen, and put before whoever is to answer first.

use diesel::prelude::*;

use super::asking::{Post, ask};
use super::candidates::{Question, question};
use super::closing::{begin_turn, entry, record_with_sides};
use super::moving::is_closed_to;
use super::one;
use super::partner::{NewPartner, look_up};
use crate::access::Allowed;
use crate::access::permission::StartTransfers;
use crate::activity::{Action, Change};
use crate::db::schema::{transfer_items, transfers};
use crate::db::{Connection, try_again, unless_taken};
use crate::error::{Error, Result};
use crate::partners::facts::name_of;
use crate::subscriptions::model::Subscription;
use crate::transfers::form::Wish;
use crate::transfers::model::{Family, Kind, Outcome, Party, Side};
use crate::transfers::store::closing::Voice;
use crate::transfers::wrong::Wrong;
use crate::values::folding::folded;
use crate::values::id::{CustomerId, OrganisationId, TransferId};
use crate::values::mark::mark_of;
use crate::values::moment::Moment;
use crate::values::problem::Problem;
use crate::values::token::Token;
use crate::web::{Problems, Site};

/// What a file would hold, as the page shows it before it is started.
#[derive(Clone, Debug)]
pub struct Plan {
    pub question: Question,
    pub partner: NewPartner,
    /// Who has the subscriptions.
    pub source: Party,
    pub chosen: Vec<Family>,
}

impl Plan {
    /// Names what was shown, so that nothing else is frozen than somebody has read.
    pub fn mark(&self) -> String {
        let all = self.chosen.iter().flat_map(Family::all);
        let lines: Vec<String> =
            all.map(|one| format!("{} {} {}", one.id, one.quantity, one.unit_price.minor)).collect();
        mark_of(&lines.join("\n"))
    }
}

/// What came of starting one.
#[derive(Clone, Debug)]
pub enum Started {
    /// To this partner.
    Now(String),
    /// The same page was sent before.
    Before,
    /// What was chosen stands otherwise by now.
    Changed,
    Refused(Problems),
}

/// What a file would hold.
///
/// # Errors
/// [`Error::NotFound`] when there is no such customer within reach; database errors.
pub fn plan(
    conn: &mut Connection,
    by: &Allowed<StartTransfers>,
    wish: &Wish,
    now: Moment,
) -> Result<Result<Plan, Problems>> {
    let question = question(conn, by, &wish.customer, now)?;
    let mut problems = Problems::default();
    let found = look_up(conn, (by, &question.customer), &wish.sought)?;
    let partner = problems.field(wish.sought.field(), found);
    let mut chosen = Vec::new();
    for id in &wish.chosen {
        match question.families.iter().find(|family| family.base.id == *id) {
            Some(family) if family.obstacle.is_none() => chosen.push(family.clone()),
            Some(family) => problems.on("items", Wrong::CannotMove { name: family.base.nickname.clone() }),
            None => problems.on("items", Problem::UnknownChoice),
        }
    }
    let Some(partner) = partner.filter(|_| problems.is_empty()) else { return Ok(Err(problems)) };
    let source = match partner.kind {
        Kind::Provider | Kind::Outside => Ok(question.customer.provider),
        Kind::Reseller => earner_of(&mut chosen, partner.id.as_ref()),
    };
    match source {
        Err(problem) => {
            problems.on("items", problem);
            Ok(Err(problems))
        }
        Ok(id) => {
            if let (Kind::Reseller, Some(target)) = (partner.kind, &partner.id) {
                for family in &chosen {
                    let all: Vec<Subscription> = family.all().cloned().collect();
                    if is_closed_to(conn, &all, target)? {
                        problems.on("items", Wrong::Closed { name: family.base.nickname.clone() });
                    }
                }
            }
            if !problems.is_empty() {
                return Ok(Err(problems));
            }
            let source = Party { id, name: name_of(conn, &id)? };
            Ok(Ok(Plan { question, partner, source, chosen }))
        }
    }
}

/// The one reseller that all of them name. Add-ons that name another one stay as they are.
fn earner_of(
    chosen: &mut [Family],
    target: Option<&OrganisationId>,
) -> std::result::Result<OrganisationId, Problem> {
    let mut earner: Option<OrganisationId> = None;
    for family in chosen.iter() {
        match (family.earner(), &earner) {
            (None, _) => return Err(Wrong::NamesNobody { name: family.base.nickname.clone() }.into()),
            (Some(one), _) if Some(one) == target => return Err(Wrong::Oneself.into()),
            (Some(one), Some(known)) if one != known => return Err(Wrong::SeveralResellers.into()),
            (Some(one), _) => earner = Some(*one),
        }
    }
    let earner = earner.ok_or(Wrong::NothingChosen)?;
    for family in chosen {
        family.add_ons.retain(|add_on| add_on.names(&earner));
    }
    Ok(earner)
}

/// Starts one, with the customer's link.
///
/// # Errors
/// [`Error::NotFound`] when there is no such customer within reach; [`Error::TooManyLetters`]; when a letter cannot be
/// written; database errors.
pub fn start(
    conn: &mut Connection,
    by: &Allowed<StartTransfers>,
    (wish, post): (&Wish, &Post),
    site: &Site,
    now: Moment,
) -> Result<Started> {
    if is_there(conn, by, &wish.id)? {
        return Ok(Started::Before);
    }
    let plan = match plan(conn, by, wish, now)? {
        Ok(plan) => plan,
        Err(problems) => return Ok(Started::Refused(problems)),
    };
    if plan.mark() != wish.shown {
        return Ok(Started::Changed);
    }
    insert(conn, by, (wish, &plan), &post.token, now)?;
    freeze(conn, &wish.id, &plan.chosen)?;
    let transfer = one(conn, &wish.id)?;
    let entry = |customer: &CustomerId| {
        entry(Action::StartTransfer, &transfer, customer).with(
            transfer
                .items
                .iter()
                .map(|item| Change::set("line", format!("{} × {}", item.offer_name, item.quantity))),
        )
    };
    record_with_sides(conn, &transfer, Voice::Person(by), entry, now)?;
    match transfer.state.side() {
        Some(Side::Customer) => {
            ask(conn, by, (&transfer, &plan.question.customer.account, post), site, now)?;
        }
        Some(side) => begin_turn(conn, &transfer, side, site, now)?,
        None => {}
    }
    Ok(Started::Now(plan.partner.name))
}

fn insert(
    conn: &mut Connection,
    by: &Allowed<StartTransfers>,
    (wish, plan): (&Wish, &Plan),
    token: &Token,
    now: Moment,
) -> Result<()> {
    let (customer, partner) = (&plan.question.customer, &plan.partner);
    let sides = partner.kind.sides(by.organisation.id == customer.provider);
    let first = sides.first().copied().unwrap_or(Side::Partner);
    let names = format!("{}\n{}\n{}", customer.account.company_name, plan.source.name, partner.name);
    let parties = (
        transfers::provider_id.eq(&customer.provider),
        transfers::customer_id.eq(&customer.id),
        transfers::company_id.eq(&customer.company),
        transfers::company_name.eq(&customer.account.company_name),
        transfers::search_text.eq(folded(&names)),
        transfers::source_id.eq(&plan.source.id),
        transfers::source_name.eq(&plan.source.name),
        transfers::target_id.eq(&partner.id),
        transfers::target_name.eq(&partner.name),
        transfers::target_mpn_id.eq(&partner.mpn_id),
        transfers::target_customer_id.eq(&partner.customer),
    );
    let start = (
        transfers::starter_id.eq(&by.organisation.id),
        transfers::started_by.eq(&by.person),
        transfers::started_by_name.eq(&by.name),
        transfers::started_at.eq(now),
        transfers::message.eq(&wish.message),
        transfers::open_until.eq(wish.open_until),
        transfers::to_name.eq(customer.account.contact()),
        transfers::to_email.eq(&customer.account.email),
        transfers::token_hash.eq(token.hash()),
    );
    diesel::insert_into(transfers::table)
        .values((
            transfers::id.eq(&wish.id),
            transfers::kind.eq(partner.kind),
            parties,
            start,
            transfers::state.eq(first.turn()),
            transfers::is_shown.eq(first == Side::Partner && partner.kind != Kind::Outside),
            transfers::settled_by_name.eq(""),
            transfers::reason.eq(""),
            transfers::version.eq(1),
        ))
        .execute(conn)?;
    Ok(())
}

/// The database lets no subscription stand in two open files.
fn freeze(conn: &mut Connection, id: &TransferId, chosen: &[Family]) -> Result<()> {
    let all = chosen.iter().flat_map(|family| family.all().map(move |one| (family, one)));
    for (position, (family, one)) in (0_i64..).zip(all) {
        let parent = (one.id != family.base.id).then_some(family.base.id);
        let values = (
            transfer_items::transfer_id.eq(id),
            transfer_items::subscription_id.eq(one.id),
            transfer_items::position.eq(position),
            transfer_items::parent_id.eq(parent),
            transfer_items::offer_name.eq(&one.offer_name),
            transfer_items::nickname.eq(&one.nickname),
            transfer_items::unit.eq(one.unit),
            transfer_items::quantity.eq(one.quantity),
            transfer_items::billing.eq(one.billing),
            transfer_items::currency.eq(one.unit_price.currency),
            transfer_items::unit_price_minor.eq(one.unit_price.minor),
            transfer_items::renews_on.eq(one.renews_on),
            transfer_items::result.eq(Outcome::Waiting),
            transfer_items::why.eq(""),
        );
        if !unless_taken(conn, diesel::insert_into(transfer_items::table).values(values))? {
            return Err(try_again());
        }
    }
    Ok(())
}

fn is_there(conn: &mut Connection, by: &Allowed<StartTransfers>, id: &TransferId) -> Result<bool> {
    let found: Option<OrganisationId> =
        transfers::table.find(id).select(transfers::starter_id).first(conn).optional()?;
    match found {
        Some(starter) if starter != by.organisation.id => Err(Error::NotFound),
        found => Ok(found.is_some()),
    }
}
