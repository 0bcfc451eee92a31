//! Every query of the area, by what it is about.

pub mod answer;
pub mod board;
pub mod code;
pub mod contact;
pub mod link;
pub mod place;
pub mod providers;
pub mod reminder;
pub mod removal;
pub mod requests;
pub mod resellers;

use diesel::prelude::*;

use crate::db::Connection;
use crate::db::schema::{delegations, partnership_requests, partnerships};
use crate::error::Result;
use crate::partnerships::model::Accepted;
use crate::values::email::Email;
use crate::values::id::OrganisationId;
use crate::web::Count;

/// How a partnership came about: needs the join with the request, where there was one.
#[derive(Queryable, Selectable)]
#[diesel(table_name = partnerships)]
struct AcceptedRow {
    accepted_by_name: String,
    #[diesel(select_expression = partnership_requests::to_email.nullable())]
    sent_to: Option<Email>,
    #[diesel(select_expression = partnership_requests::answered_by_email.nullable())]
    answered_with: Option<Email>,
}

impl From<AcceptedRow> for Accepted {
    fn from(row: AcceptedRow) -> Self {
        Self::of(row.accepted_by_name, row.sent_to, row.answered_with.as_ref())
    }
}

/// How many customers of a provider a reseller administers, as far as counting is cheap.
fn delegated_customers(
    conn: &mut Connection,
    provider: &OrganisationId,
    reseller: &OrganisationId,
) -> Result<Count> {
    let some = delegations::table
        .filter(delegations::provider_id.eq(provider))
        .filter(delegations::reseller_id.eq(reseller))
        .filter(delegations::ended_at.is_null())
        .select(delegations::reseller_id)
        .limit(Count::LIMIT)
        .load::<OrganisationId>(conn)?;
    Ok(Count::of(some.len()))
}
