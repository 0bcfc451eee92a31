//! An end that somebody decides on: at once, or for a day; and giving a plan up.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::carrying::{self, Carried};
use super::latest;
use crate::access::Allowed;
use crate::access::permission::EndRelationships;
use crate::activity::{self, Action, Author, Change, Entry};
use crate::customers;
use crate::customers::model::Customer;
use crate::customers::store::soon;
use crate::db::schema::endings;
use crate::db::{Connection, unless_taken};
use crate::endings::model::{Ending, Hindrance, State};
use crate::error::Result;
use crate::links::model::DraftText;
use crate::mail::letter::Letter;
use crate::values::id::{CustomerId, EndingId, LetterId};
use crate::values::moment::Moment;

/// What somebody wants.
#[derive(Clone, Debug)]
pub struct Wish {
    pub customer: CustomerId,
    /// Of the plan that the page showed; otherwise chosen by the page.
    pub id: EndingId,
    /// Of that plan; 0 for none.
    pub version: i32,
    /// On which day, and when that begins; at once without one.
    pub day: Option<(NaiveDate, Moment)>,
    pub letter: DraftText,
    /// Whether the letter goes out.
    pub tells: bool,
    pub installation: String,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decided {
    Ended,
    /// It had ended before; nothing was written.
    Before,
    Planned,
    /// Somebody planned, changed or gave up something since the page was drawn.
    Stale,
    /// Something stands in the way, which is recorded.
    Hindered(Hindrance),
}

/// Ends the relationship, or plans that. The letter is there where it is to go out now.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when the customer is beyond reach; database errors.
pub fn decide(
    conn: &mut Connection,
    by: &Allowed<EndRelationships>,
    wish: &Wish,
    letter: Option<&(LetterId, Letter)>,
    now: Moment,
) -> Result<Decided> {
    let customer = customers::store::find(conn, &by.reach(), &wish.customer)?;
    if customer.ended_at.is_some() {
        return Ok(Decided::Before);
    }
    let plan = latest(conn, &customer.id, State::Planned)?;
    if plan.as_ref().is_some_and(|plan| is_the_same(plan, wish)) {
        return Ok(Decided::Planned);
    }
    if plan.as_ref().map_or(0, |plan| plan.version) != wish.version {
        return Ok(Decided::Stale);
    }
    let author = Author::of(by);
    if wish.day.is_none() {
        let obstacles = super::obstacles(conn, &customer.id, now)?;
        if let Some(hindrance) = obstacles.first() {
            carrying::record_refusal(conn, &author, &customer, hindrance, now)?;
            return Ok(Decided::Hindered(hindrance));
        }
    }
    if !keep(conn, by, wish, plan.as_ref(), now)? {
        return Ok(Decided::Stale);
    }
    if wish.day.is_some() {
        soon::keep(conn, &customer.id, now.day())?;
        record_plan(conn, by, &customer, (plan.as_ref(), wish), now)?;
        return Ok(Decided::Planned);
    }
    match carrying::carry_out(conn, &author, (&wish.id, &customer), letter, now)? {
        Carried::Done => Ok(Decided::Ended),
        Carried::Before => Ok(Decided::Before),
        Carried::Hindered(hindrance) => Ok(Decided::Hindered(hindrance)),
    }
}

/// Whether the same page was sent before.
fn is_the_same(plan: &Ending, wish: &Wish) -> bool {
    let day = wish.day.map(|(day, _)| day);
    plan.id == wish.id && day.is_some() && plan.planned_on == day && plan.letter == wish.kept_letter()
}

impl Wish {
    fn kept_letter(&self) -> Option<DraftText> {
        self.tells.then(|| self.letter.clone())
    }
}

/// Keeps the wish as a plan: a new one, or in place of the one that the page showed.
fn keep(
    conn: &mut Connection,
    by: &Allowed<EndRelationships>,
    wish: &Wish,
    plan: Option<&Ending>,
    now: Moment,
) -> Result<bool> {
    let (subject, text) = match wish.tells {
        true => (wish.letter.subject.as_str(), wish.letter.text.as_str()),
        false => ("", ""),
    };
    let values = (
        endings::planned_on.eq(wish.day.map(|(day, _)| day)),
        endings::due_at.eq(wish.day.map(|(_, at)| at)),
        endings::by_person.eq(&by.person),
        endings::by_name.eq(&by.name),
        endings::by_email.eq(&by.email),
        endings::letter_language.eq(wish.letter.language),
        endings::letter_subject.eq(subject),
        endings::letter_text.eq(text),
        endings::installation.eq(&wish.installation),
    );
    if let Some(plan) = plan {
        let as_shown = endings::table
            .filter(endings::id.eq(&plan.id))
            .filter(endings::state.eq(State::Planned))
            .filter(endings::version.eq(wish.version));
        let changed = diesel::update(as_shown).set((values, endings::version.eq(endings::version + 1)));
        return Ok(plan.id == wish.id && changed.execute(conn)? == 1);
    }
    unless_taken(
        conn,
        diesel::insert_into(endings::table).values((
            values,
            endings::id.eq(&wish.id),
            endings::customer_id.eq(&wish.customer),
            endings::provider_id.eq(&by.organisation.id),
            endings::state.eq(State::Planned),
            endings::created_at.eq(now),
            endings::state_since.eq(now),
            endings::version.eq(1),
        )),
    )
}

fn record_plan(
    conn: &mut Connection,
    by: &Allowed<EndRelationships>,
    customer: &Customer,
    (old, wish): (Option<&Ending>, &Wish),
    now: Moment,
) -> Result<()> {
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let (before, after) = (day(old.and_then(|plan| plan.planned_on)), day(wish.day.map(|(day, _)| day)));
    let subject = |letter: Option<&DraftText>| letter.map(|text| text.subject.clone()).unwrap_or_default();
    let letters = (subject(old.and_then(|plan| plan.letter.as_ref())), subject(wish.kept_letter().as_ref()));
    let changes = [Change::new("planned_on", before, after), Change::new("letter", letters.0, letters.1)];
    let entry = about(Action::PlanEnd, customer).with(changes.into_iter().filter(|it| it.old != it.new));
    activity::store::record(conn, by, &entry, now)
}

/// Gives up a plan as the page showed it. Answers `false` when it is gone or another one by now.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when the customer is beyond reach; database errors.
pub fn drop_plan(
    conn: &mut Connection,
    by: &Allowed<EndRelationships>,
    (customer, version): (&CustomerId, i32),
    now: Moment,
) -> Result<bool> {
    let customer = customers::store::find(conn, &by.reach(), customer)?;
    let Some(plan) = latest(conn, &customer.id, State::Planned)? else { return Ok(false) };
    let as_shown = endings::table
        .filter(endings::id.eq(&plan.id))
        .filter(endings::state.eq(State::Planned))
        .filter(endings::version.eq(version));
    let set = (
        endings::state.eq(State::Dropped),
        endings::state_since.eq(now),
        endings::closed_by_name.eq(&by.name),
        endings::version.eq(endings::version + 1),
    );
    if diesel::update(as_shown).set(set).execute(conn)? == 0 {
        return Ok(false);
    }
    soon::keep(conn, &customer.id, now.day())?;
    let day = plan.planned_on.map(|day| day.to_string()).unwrap_or_default();
    let entry = about(Action::DropPlannedEnd, &customer).with([Change::new("planned_on", day, "")]);
    activity::store::record(conn, by, &entry, now)?;
    Ok(true)
}

/// A record about the relationship with a customer.
pub(super) fn about(action: Action, customer: &Customer) -> Entry {
    let name = &customer.account.company_name;
    Entry::new(action, "customer", customer.id, name).for_customer(&customer.id, name)
}
