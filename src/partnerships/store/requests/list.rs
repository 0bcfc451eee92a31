//! The list of a provider's requests, newest first.

use diesel::prelude::*;

use super::row::NamedRow;
use crate::access::Allowed;
use crate::access::permission::FollowRequests;
use crate::db::Connection;
use crate::db::like::any_part;
use crate::db::schema::partnership_requests;
use crate::error::Result;
use crate::links::model::Standing;
use crate::partners::facts::organisation_if_any;
use crate::partnerships::model::Request;
use crate::values::email;
use crate::values::id::PartnershipRequestId;
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
    by: &Allowed<FollowRequests>,
    wanted: &Wanted,
    portion: &Portion,
    now: Moment,
) -> Result<Page<Request>> {
    let mut query = partnership_requests::table
        .left_join(organisation_if_any(partnership_requests::reseller_id))
        .filter(partnership_requests::provider_id.eq(&by.organisation.id))
        .into_boxed();
    if !wanted.needle.is_empty() {
        let part = any_part(&email::needle(&wanted.needle));
        query = query.filter(partnership_requests::to_email.like(part).escape('\\'));
    }
    if let Some(standing) = wanted.standing {
        query = query.filter(partnership_requests::state.eq(standing.state()));
        let (after, until) = standing.ends_within(now);
        query = query.filter(partnership_requests::expires_at.gt(after));
        query = query.filter(partnership_requests::expires_at.le(until));
    }
    let order = descending(partnership_requests::created_at, partnership_requests::id);
    let page: Page<NamedRow> = keyset(conn, query, order, portion)?;
    Ok(page.map(Request::from))
}

/// How many requests a list has that is not searched.
///
/// # Errors
/// Database errors.
pub fn count(
    conn: &mut Connection,
    by: &Allowed<FollowRequests>,
    standing: Option<Standing>,
    now: Moment,
) -> Result<Count> {
    let mut query = partnership_requests::table
        .filter(partnership_requests::provider_id.eq(&by.organisation.id))
        .select(partnership_requests::id)
        .limit(Count::LIMIT)
        .into_boxed();
    if let Some(standing) = standing {
        query = query.filter(partnership_requests::state.eq(standing.state()));
        let (after, until) = standing.ends_within(now);
        query = query.filter(partnership_requests::expires_at.gt(after));
        query = query.filter(partnership_requests::expires_at.le(until));
    }
    let some: Vec<PartnershipRequestId> = query.load(conn)?;
    Ok(Count::of(some.len()))
}
