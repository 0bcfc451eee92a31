//! Going back to None: what counts no longer does, or what waits is no longer asked for.

use diesel::prelude::*;

use super::asking::REVIEW;
use super::reading::{Standing, standing};
use crate::access::permission::EndQualifications;
use crate::access::{Allowed, Viewer};
use crate::activity::{self, Action, Change, Entry};
use crate::catalog::model::Qualification;
use crate::customers::facts::demand_lasting;
use crate::customers::store::qualification::change;
use crate::db::Connection;
use crate::db::schema::qualification_reviews as reviews;
use crate::error::Result;
use crate::partners::store::operator::operator;
use crate::qualifications::model::{Review, State};
use crate::subscriptions::facts::{Special, special};
use crate::values::id::CustomerId;
use crate::values::moment::Moment;

/// What there is to know before.
#[derive(Clone, Debug)]
pub struct Ending {
    pub standing: Standing,
    /// Subscriptions of offers that only the qualification opens; they stay.
    pub kept: Vec<Special>,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    Now,
    Withdrawn,
    /// Nothing counts and nothing waits: it was sent before.
    Already,
    /// It no longer stood as the page showed it.
    Changed,
}

/// What going back means for a customer within reach.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when it is beyond; database errors.
pub fn facts(conn: &mut Connection, by: &Viewer, id: &CustomerId) -> Result<Ending> {
    let standing = standing(conn, by, id)?;
    let kept = special(conn, id, standing.customer.account.qualification)?;
    Ok(Ending { standing, kept })
}

/// Goes back to None, from what a page showed. Nonprofit is nobody's here to take.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when the customer is beyond reach; [`crate::error::Error::Ended`]; database errors.
pub fn end(
    conn: &mut Connection,
    by: &Allowed<EndQualifications>,
    (id, mark): (&CustomerId, &str),
    now: Moment,
) -> Result<Ended> {
    let held = standing(conn, by, id)?;
    demand_lasting(conn, id)?;
    if held.customer.account.qualification == Qualification::None && held.open().is_none() {
        return Ok(Ended::Already);
    }
    if held.mark() != mark {
        return Ok(Ended::Changed);
    }
    match (held.customer.account.qualification, held.open()) {
        (Qualification::None, Some(open)) => withdraw(conn, by, (&held, open), now),
        (Qualification::Education | Qualification::Government, _) => take_back(conn, by, &held, now),
        (Qualification::None | Qualification::Nonprofit, _) => Ok(Ended::Changed),
    }
}

fn withdraw(
    conn: &mut Connection,
    by: &Viewer,
    (held, open): (&Standing, &Review),
    now: Moment,
) -> Result<Ended> {
    let as_read = reviews::table
        .filter(reviews::id.eq(&open.id))
        .filter(reviews::state.eq(State::InReview))
        .filter(reviews::version.eq(open.version));
    let withdrawn = diesel::update(as_read)
        .set((
            reviews::state.eq(State::Withdrawn),
            reviews::state_since.eq(now),
            reviews::version.eq(reviews::version + 1),
        ))
        .execute(conn)?;
    if withdrawn == 0 {
        return Ok(Ended::Changed);
    }
    let name = &held.customer.account.company_name;
    let state = Change::new("state", State::InReview.as_text(), State::Withdrawn.as_text());
    let entry = Entry::new(Action::EndQualification, REVIEW, open.id, name)
        .for_customer(&held.customer.id, name)
        .with([state]);
    activity::store::record(conn, by, &entry, now)?;
    if let Some(operator) = operator(conn)? {
        activity::store::record_for(conn, &operator.id, by, &entry, now)?;
    }
    Ok(Ended::Withdrawn)
}

fn take_back(conn: &mut Connection, by: &Viewer, held: &Standing, now: Moment) -> Result<Ended> {
    let (id, account) = (&held.customer.id, &held.customer.account);
    let from = account.qualification;
    if !change(conn, id, (from, Qualification::None), "")? {
        return Ok(Ended::Changed);
    }
    let name = &account.company_name;
    let changes = [
        Change::new("qualification", from.as_text(), Qualification::None.as_text()),
        Change::new("validation_code", &account.validation_code, ""),
    ];
    let changes = changes.into_iter().filter(|change| change.old != change.new);
    let entry =
        Entry::new(Action::EndQualification, "customer", id, name).for_customer(id, name).with(changes);
    activity::store::record(conn, by, &entry, now)?;
    Ok(Ended::Now)
}
