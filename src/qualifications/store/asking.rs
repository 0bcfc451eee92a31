//! Asking for Education: the customer goes on counting as None until the operator approves.

use diesel::prelude::*;

use super::reading::standing;
use crate::access::permission::{AddCustomers, QualifyCustomers};
use crate::access::{Allowed, Viewer};
use crate::activity::{self, Action, Change, Entry};
use crate::catalog::model::Qualification;
use crate::db::schema::qualification_reviews as reviews;
use crate::db::{Connection, try_again, unless_taken};
use crate::error::Result;
use crate::notifications::{self, Event, Kind};
use crate::partners::store::operator::operator;
use crate::qualifications::model::State;
use crate::values::id::{CustomerId, ReviewId};
use crate::values::moment::Moment;

/// The kind of subject that the logs name.
pub(super) const REVIEW: &str = "qualification_review";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Wish {
    /// Chosen by the page, so that sending it twice asks once.
    pub id: ReviewId,
    pub customer: CustomerId,
    /// The domain by which the institution is known.
    pub website: String,
    /// [`super::reading::Standing::mark`] as the page showed it.
    pub mark: String,
}

/// What came of asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    Now,
    /// By the same page.
    Before,
    /// It no longer stood as the page showed it.
    Changed,
}

/// Asks for a customer that is there.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when the customer is beyond reach; database errors.
pub fn ask(conn: &mut Connection, by: &Allowed<QualifyCustomers>, wish: &Wish, now: Moment) -> Result<Asked> {
    let held = standing(conn, by, &wish.customer)?;
    if held.reviews.iter().any(|review| review.id == wish.id) {
        return Ok(Asked::Before);
    }
    let account = &held.customer.account;
    let can_ask = account.qualification == Qualification::None
        && held.open().is_none()
        && held.customer.ended_at.is_none();
    if !can_ask || held.mark() != wish.mark {
        return Ok(Asked::Changed);
    }
    begin(conn, by, wish, &account.company_name, now)?;
    Ok(Asked::Now)
}

/// Asks for a customer that has just been added.
///
/// # Errors
/// Database errors.
pub fn ask_for_new(
    conn: &mut Connection,
    by: &Allowed<AddCustomers>,
    (customer, company_name): (&CustomerId, &str),
    website: &str,
    now: Moment,
) -> Result<()> {
    let wish =
        Wish { id: ReviewId::new(), customer: *customer, website: website.to_owned(), mark: String::new() };
    begin(conn, by, &wish, company_name, now)
}

fn begin(conn: &mut Connection, by: &Viewer, wish: &Wish, company_name: &str, now: Moment) -> Result<()> {
    let row = (
        reviews::id.eq(wish.id),
        reviews::customer_id.eq(wish.customer),
        reviews::provider_id.eq(by.organisation.id),
        reviews::website.eq(&wish.website),
        reviews::state.eq(State::InReview),
        reviews::state_since.eq(now),
        reviews::asked_by.eq(by.person),
        reviews::asked_by_name.eq(&by.name),
        reviews::asked_at.eq(now),
        reviews::reason.eq(""),
        reviews::version.eq(1),
    );
    if !unless_taken(conn, diesel::insert_into(reviews::table).values(row))? {
        // Somebody else asked in between; there is one open case at a time.
        return Err(try_again());
    }
    let entry = Entry::new(Action::AskForQualification, REVIEW, wish.id, company_name)
        .for_customer(&wish.customer, company_name)
        .with([
            Change::set("qualification", Qualification::Education.as_text()),
            Change::set("website", &wish.website),
        ]);
    activity::store::record(conn, by, &entry, now)?;
    let Some(operator) = operator(conn)? else { return Ok(()) };
    activity::store::record_for(conn, &operator.id, by, &entry, now)?;
    let event = Event::about(Kind::QualificationAsked, REVIEW, wish.id, &wish.website)
        .for_customer(&wish.customer, company_name);
    notifications::tell(conn, &operator.id, by, &event, now)
}
