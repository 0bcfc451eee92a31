//! Special qualifications of the demonstration: schools in every state of their review, and the validation codes by which
//! public authorities have come.

use super::customers::{Customer, USED_UP_CODE, VALIDATION_CODE, wished_prefix};
use super::log;
use super::random::id;
use super::requests::working_hour;
use super::rows::{ActivityRow, CodeRow, CodeUseRow, ReviewRow};
use super::world::World;
use crate::activity::{Action, Change, Entry};
use crate::catalog::model::Qualification;
use crate::db::Connection;
use crate::error::Result;
use crate::qualifications::model::State::{self, Approved, Denied, InReview, Withdrawn};
use crate::values::id::{CodeId, ReviewId};
use crate::values::moment::Moment;

/// Before how many days Education was asked for, and what came of it.
const CASES: [(i64, State); 5] =
    [(40, Approved), (21, Denied), (11, Withdrawn), (3, InReview), (1, InReview)];
const REASON: &str =
    "The website is that of a publisher of school books.\nOnly institutions that teach qualify.";

pub fn insert(conn: &mut Connection, world: &World<'_>) -> Result<()> {
    insert_reviews(conn, world)?;
    insert_codes(conn, world)
}

fn insert_reviews(conn: &mut Connection, world: &World<'_>) -> Result<()> {
    let (mut rows, mut log) = (Vec::new(), Vec::new());
    let mut of_harbor: Vec<Customer<'_>> = (0..world.count)
        .filter(|index| world.is_harbors(*index))
        .filter_map(|index| Customer::of(world, index))
        .collect();
    for (days, state) in CASES {
        let counts = if state == Approved { Qualification::Education } else { Qualification::None };
        let asked_at = working_hour(world.now.plus_days(-days), "qualification");
        let fits =
            |customer: &Customer<'_>| customer.qualification == counts && customer.created_at < asked_at;
        let Some(place) = of_harbor.iter().position(fits) else { continue };
        let row = review(world, rows.len(), &of_harbor.swap_remove(place), (asked_at, state), &mut log);
        rows.extend(row);
    }
    ReviewRow::insert(conn, &rows)?;
    ActivityRow::insert(conn, &log)
}

/// A case, with its records.
fn review(
    world: &World<'_>,
    number: usize,
    customer: &Customer<'_>,
    (asked_at, state): (Moment, State),
    log: &mut Vec<ActivityRow>,
) -> Option<ReviewRow> {
    let (harbor, operator) = (&world.cast.harbor, &world.cast.operator);
    let (asker, decider) = (harbor.people.get(3)?, operator.owner()?);
    let id = ReviewId::from_number(id("qualification-review", u64::try_from(number).ok()?));
    let website = format!("{}.example", wished_prefix(&customer.name));
    let is_decided = matches!(state, Approved | Denied);
    let since = if state == InReview { asked_at } else { asked_at.plus_seconds(26 * 3600) };
    let reason = if state == Denied { REASON } else { "" };
    let entry = |action| {
        let entry = Entry::new(action, "qualification_review", id, &customer.name);
        entry.for_customer(&customer.id, &customer.name)
    };
    let asked = entry(Action::AskForQualification)
        .with([Change::set("qualification", "education"), Change::set("website", &website)]);
    let closed = match state {
        InReview => None,
        Approved => Some(entry(Action::ApproveQualification).with([Change::new(
            "qualification",
            "none",
            "education",
        )])),
        Denied => Some(entry(Action::DenyQualification).with([Change::set("reason", reason)])),
        Withdrawn => {
            let change = Change::new("state", InReview.as_text(), Withdrawn.as_text());
            Some(entry(Action::EndQualification).with([change]))
        }
    };
    let closer = if is_decided { decider.actor(operator) } else { asker.actor(harbor) };
    for organisation in [&harbor.row.id, &operator.row.id] {
        let place = (organisation, world.now);
        log::put(log, place, asker.actor(harbor), &asked, asked_at);
        if let Some(closed) = &closed {
            log::put(log, place, closer, closed, since);
        }
    }
    Some(ReviewRow {
        id,
        customer_id: customer.id,
        provider_id: harbor.row.id,
        website,
        state,
        state_since: since,
        asked_by: asker.id,
        asked_by_name: asker.name.clone(),
        asked_at,
        decided_by_name: is_decided.then(|| decider.name.clone()),
        reason,
        version: if state == InReview { 1 } else { 2 },
    })
}

/// One code that is in use, with some left, one that is used up, and one that was closed.
fn insert_codes(conn: &mut Connection, world: &World<'_>) -> Result<()> {
    let provider_id = world.cast.summit.row.id;
    let by = world.cast.operator.owner().map(|owner| owner.name.clone()).unwrap_or_default();
    let issued_at = working_hour(world.now.plus_days(-super::cast::DAYS), "validation code");
    let code_id = |number| CodeId::from_number(id("validation-code", number));
    let uses: Vec<CodeUseRow> = (0..world.count)
        .filter(|index| !world.is_harbors(*index))
        .filter_map(|index| Customer::of(world, index))
        .filter(|customer| customer.qualification == Qualification::Government)
        .map(|customer| CodeUseRow {
            code_id: code_id(if customer.validation_code() == VALIDATION_CODE { 0 } else { 2 }),
            customer_id: customer.id,
            used_at: customer.created_at,
        })
        .collect();
    let used =
        |code| i32::try_from(uses.iter().filter(|one| one.code_id == code).count()).unwrap_or(i32::MAX);
    let (used, used_up) = (used(code_id(0)), used(code_id(2)));
    let open = CodeRow {
        id: code_id(0),
        provider_id,
        code: VALIDATION_CODE,
        maximum: used.saturating_add(24),
        used,
        issued_by_name: by.clone(),
        issued_at,
        closed_at: None,
        closed_by_name: None,
    };
    let closed = CodeRow {
        id: code_id(1),
        code: "GCC-SUMMIT-TRIAL",
        maximum: 3,
        used: 0,
        closed_at: Some(issued_at.plus_days(90)),
        closed_by_name: Some(by),
        ..open.clone()
    };
    let full =
        CodeRow { id: code_id(2), code: USED_UP_CODE, maximum: used_up, used: used_up, ..open.clone() };
    let full = Some(full).filter(|_| used_up > 0);
    CodeRow::insert(conn, &[open, closed].into_iter().chain(full).collect::<Vec<_>>())?;
    CodeUseRow::insert(conn, &uses)
}
