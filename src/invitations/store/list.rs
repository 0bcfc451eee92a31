//! The list of an organisation's requests, newest first: those that it made, and for a provider those besides that
//! bring it a customer.

use diesel::prelude::*;

use super::row::{Row, named};
use crate::access::Allowed;
use crate::access::permission::FollowInvitations;
use crate::db::Connection;
use crate::db::like::any_part;
use crate::db::schema::customer_requests;
use crate::error::Result;
use crate::invitations::model::Request;
use crate::links::model::Standing;
use crate::partners::facts::organisation_if_any;
use crate::values::email;
use crate::values::id::CustomerRequestId;
use crate::values::moment::Moment;
use crate::web::Count;
use crate::web::pager::{Page, Portion, descending, keyset};

/// Which requests are listed.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Any part of the email address, folded.
    pub needle: String,
    pub standing: Option<Standing>,
}

/// A page of requests.
///
/// # Errors
/// Database errors.
pub fn page_of(
    conn: &mut Connection,
    by: &Allowed<FollowInvitations>,
    wanted: &Wanted,
    portion: &Portion,
    now: Moment,
) -> Result<Page<Request>> {
    let mut query =
        customer_requests::table.left_join(organisation_if_any(customer_requests::reseller_id)).into_boxed();
    query = match by.is_provider() {
        true => query.filter(customer_requests::provider_id.eq(&by.organisation.id)),
        false => query.filter(customer_requests::reseller_id.eq(&by.organisation.id)),
    };
    if !wanted.needle.is_empty() {
        let part = any_part(&email::needle(&wanted.needle));
        query = query.filter(customer_requests::to_email.like(part).escape('\\'));
    }
    if let Some(standing) = wanted.standing {
        let (after, until) = standing.ends_within(now);
        query = query
            .filter(customer_requests::state.eq(standing.state()))
            .filter(customer_requests::expires_at.gt(after))
            .filter(customer_requests::expires_at.le(until));
    }
    let order = descending(customer_requests::created_at, customer_requests::id);
    let page: Page<Row> = keyset(conn, query, order, portion)?;
    page.read(|rows| named(conn, rows))
}

/// How many requests a list has that is not searched.
///
/// # Errors
/// Database errors.
pub fn count(
    conn: &mut Connection,
    by: &Allowed<FollowInvitations>,
    standing: Option<Standing>,
    now: Moment,
) -> Result<Count> {
    let mut query = customer_requests::table.select(customer_requests::id).limit(Count::LIMIT).into_boxed();
    query = match by.is_provider() {
        true => query.filter(customer_requests::provider_id.eq(&by.organisation.id)),
        false => query.filter(customer_requests::reseller_id.eq(&by.organisation.id)),
    };
    if let Some(standing) = standing {
        let (after, until) = standing.ends_within(now);
        query = query
            .filter(customer_requests::state.eq(standing.state()))
            .filter(customer_requests::expires_at.gt(after))
            .filter(customer_requests::expires_at.le(until));
    }
    let some: Vec<CustomerRequestId> = query.load(conn)?;
    Ok(Count::of(some.len()))
}
