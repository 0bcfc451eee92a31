//! The operator's decision: approve, which opens the offers at once, or deny with a reason.

use diesel::prelude::*;

use super::asking::REVIEW;
use super::reading::all_of;
use crate::access::Allowed;
use crate::access::permission::DecideQualifications;
use crate::activity::{self, Action, Change, Entry};
use crate::catalog::model::Qualification;
use crate::customers::model::Customer;
use crate::customers::store::qualification::{change, subject};
use crate::db::Connection;
use crate::db::schema::qualification_reviews as reviews;
use crate::error::Result;
use crate::mail::letter::Letter;
use crate::mail::outbox;
use crate::notifications::{self, Event, Kind};
use crate::partners;
use crate::qualifications::facts::Row;
use crate::qualifications::model::{Review, State};
use crate::values::id::{LetterId, ReviewId};
use crate::values::moment::Moment;

/// A case with everything that helps to decide.
#[derive(Clone, Debug)]
pub struct Case {
    pub review: Review,
    pub customer: Customer,
    pub provider_name: String,
    /// What was asked for the customer before, the newest first.
    pub earlier: Vec<Review>,
}

/// What is decided, and the letter that says so; none where nobody is there to read it.
#[derive(Clone, Debug)]
pub struct Decision {
    pub verdict: Verdict,
    pub letter: Option<(LetterId, Letter)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Approved,
    /// With the reason.
    Denied(String),
}

impl Verdict {
    fn state(&self) -> State {
        match self {
            Self::Approved => State::Approved,
            Self::Denied(_) => State::Denied,
        }
    }

    fn action(&self) -> Action {
        match self {
            Self::Approved => Action::ApproveQualification,
            Self::Denied(_) => Action::DenyQualification,
        }
    }

    /// Empty for an approval.
    pub fn reason(&self) -> &str {
        match self {
            Self::Approved => "",
            Self::Denied(reason) => reason,
        }
    }
}

/// What came of a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decided {
    Now,
    /// Somebody else decided first, or it is no longer asked for: it has to be read again.
    Changed,
}

/// A case of any provider.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; database errors.
pub fn find(conn: &mut Connection, by: &Allowed<DecideQualifications>, id: &ReviewId) -> Result<Case> {
    let row: Row = reviews::table.find(id).select(Row::as_select()).first(conn)?;
    let review = Review::from(row);
    let mut earlier = all_of(conn, &review.customer)?;
    earlier.retain(|other| (other.asked_at, other.id) < (review.asked_at, review.id));
    Ok(Case {
        customer: subject(conn, by, &review.customer)?,
        provider_name: partners::facts::name_of(conn, &review.provider)?,
        review,
        earlier,
    })
}

/// Decides a case as it was seen.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; database errors.
pub fn decide(
    conn: &mut Connection,
    by: &Allowed<DecideQualifications>,
    (id, version): (&ReviewId, i32),
    decision: &Decision,
    now: Moment,
) -> Result<Decided> {
    let case = find(conn, by, id)?;
    let counts = case.customer.account.qualification;
    if !case.review.is_open() || case.review.version != version || counts != Qualification::None {
        return Ok(Decided::Changed);
    }
    if !close(conn, by, (id, version), &decision.verdict, now)? {
        return Ok(Decided::Changed);
    }
    if decision.verdict == Verdict::Approved {
        change(conn, &case.customer.id, (counts, Qualification::Education), "")?;
    }
    if let Some((id, letter)) = &decision.letter {
        outbox::put(conn, id, letter, now)?;
    }
    record(conn, by, &case, &decision.verdict, now)?;
    Ok(Decided::Now)
}

/// The state is the lock: of two who decide one finds the case open.
fn close(
    conn: &mut Connection,
    by: &Allowed<DecideQualifications>,
    (id, version): (&ReviewId, i32),
    verdict: &Verdict,
    now: Moment,
) -> Result<bool> {
    let as_seen = reviews::table
        .filter(reviews::id.eq(id))
        .filter(reviews::state.eq(State::InReview))
        .filter(reviews::version.eq(version));
    let closed = diesel::update(as_seen)
        .set((
            reviews::state.eq(verdict.state()),
            reviews::state_since.eq(now),
            reviews::decided_by_name.eq(&by.name),
            reviews::reason.eq(verdict.reason()),
            reviews::version.eq(reviews::version + 1),
        ))
        .execute(conn)?;
    Ok(closed == 1)
}

/// In both logs; and the provider's others are told, as whoever asked is by a letter.
fn record(
    conn: &mut Connection,
    by: &Allowed<DecideQualifications>,
    case: &Case,
    verdict: &Verdict,
    now: Moment,
) -> Result<()> {
    let (review, name) = (&case.review, &case.customer.account.company_name);
    let (none, education) = (Qualification::None.as_text(), Qualification::Education.as_text());
    let change = match verdict {
        Verdict::Approved => Change::new("qualification", none, education),
        Verdict::Denied(reason) => Change::set("reason", reason),
    };
    let entry = Entry::new(verdict.action(), REVIEW, review.id, name)
        .for_customer(&review.customer, name)
        .with([change]);
    activity::store::record(conn, by, &entry, now)?;
    activity::store::record_for(conn, &review.provider, by, &entry, now)?;
    let event = Event::about(Kind::QualificationDecided, REVIEW, review.id, &review.website)
        .for_customer(&review.customer, name)
        .changed(verdict.reason(), verdict.state().as_text())
        .known_to(&review.asked_by);
    notifications::tell(conn, &review.provider, by, &event, now)
}
