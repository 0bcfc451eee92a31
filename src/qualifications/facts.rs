//! What other areas ask about the cases of customers. Each has found the customer within its own reach.

use diesel::prelude::*;

pub use super::model::{BadCode, Review, State};
use crate::access::Allowed;
use crate::access::permission::SeeInstallation;
use crate::db::Connection;
use crate::db::schema::qualification_reviews as reviews;
use crate::db::schema::validation_codes as codes;
use crate::error::Result;
use crate::values::id::{CustomerId, OrganisationId, PersonId, ReviewId};
use crate::values::moment::Moment;
use crate::web::Count;

/// The last case of a customer; none where nobody ever asked.
///
/// # Errors
/// Database errors.
pub fn latest(conn: &mut Connection, customer: &CustomerId) -> Result<Option<Review>> {
    let row: Option<Row> = reviews::table
        .filter(reviews::customer_id.eq(customer))
        .order((reviews::asked_at.desc(), reviews::id.desc()))
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    Ok(row.map(Review::from))
}

/// Why a code would let no further customer of a provider in; none where it would.
///
/// # Errors
/// Database errors.
pub fn refusal_of(conn: &mut Connection, provider: &OrganisationId, code: &str) -> Result<Option<BadCode>> {
    let own = codes::table.filter(codes::provider_id.eq(provider)).filter(codes::code.eq(code));
    let found: Option<Allowance> = own.select(Allowance::as_select()).first(conn).optional()?;
    Ok(match found {
        None => Some(BadCode::Unknown),
        Some(found) if found.closed_at.is_some() => Some(BadCode::Closed),
        Some(Allowance { maximum, used, .. }) => (used >= maximum).then_some(BadCode::UsedUp { maximum }),
    })
}

/// How many cases wait to be approved or denied, for whoever runs the installation.
///
/// # Errors
/// Database errors.
pub fn waiting(conn: &mut Connection, _by: &Allowed<SeeInstallation>) -> Result<Count> {
    count_in(conn, State::InReview)
}

pub(super) fn count_in(conn: &mut Connection, state: State) -> Result<Count> {
    let some: Vec<ReviewId> =
        reviews::table.filter(reviews::state.eq(state)).select(reviews::id).limit(Count::LIMIT).load(conn)?;
    Ok(Count::of(some.len()))
}

/// What a code is good for.
#[derive(Queryable, Selectable)]
#[diesel(table_name = codes)]
struct Allowance {
    maximum: i32,
    used: i32,
    closed_at: Option<Moment>,
}

/// A case as its columns are.
#[derive(Queryable, Selectable)]
#[diesel(table_name = reviews)]
pub(super) struct Row {
    id: ReviewId,
    customer_id: CustomerId,
    provider_id: OrganisationId,
    website: String,
    state: State,
    state_since: Moment,
    asked_by: PersonId,
    asked_by_name: String,
    asked_at: Moment,
    decided_by_name: Option<String>,
    reason: String,
    version: i32,
}

impl From<Row> for Review {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            customer: row.customer_id,
            provider: row.provider_id,
            website: row.website,
            state: row.state,
            since: row.state_since,
            asked_by: row.asked_by,
            asked_by_name: row.asked_by_name,
            asked_at: row.asked_at,
            decided_by_name: row.decided_by_name,
            reason: row.reason,
            version: row.version,
        }
    }
}
