//! Customers that were asked to accept the customer agreement.

mod answer;
mod asking;
mod draft;
mod row;

use diesel::dsl::LeftJoinQuerySource;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use crate::access::permission::{AskForAgreements, FollowAgreementRequests};
use crate::access::{Allowed, Permission, Viewer};
use crate::activity::{self, Action, Author, Change, Entry};
use crate::agreements::letters::REQUEST;
use crate::agreements::model::{Request, Subject};
use crate::db::Connection;
use crate::db::among::is_among;
use crate::db::row_values::Both;
use crate::db::schema::{agreement_requests, customer_agreements};
use crate::error::{Error, Result};
use crate::links::model::RequestState;
use crate::mail::outbox;
use crate::values::id::{AgreementRequestId, CustomerId, DraftId, OrganisationId};
use crate::values::moment::Moment;
use crate::values::token::TokenHash;

pub use answer::{Answer, Verdict, close};
pub use asking::{Asked, NewRequest, ask};
pub use draft::{Kept, keep_text, send, send_one_of_many};
use row::{Row, VersionedRow};

/// The request of this id, if the viewer's organisation made it.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; database errors.
pub fn find<P: Permission>(
    conn: &mut Connection,
    by: &Allowed<P>,
    id: &AgreementRequestId,
) -> Result<Request> {
    of_provider(conn, &by.organisation.id, id)
}

fn of_provider(conn: &mut Connection, provider: &OrganisationId, id: &AgreementRequestId) -> Result<Request> {
    let own = agreement_requests::provider_id.eq(*provider);
    let found = all_of(conn, Box::new(agreement_requests::id.eq(*id).and(own)))?;
    found.into_iter().next().ok_or(Error::NotFound)
}

/// The request behind a link.
///
/// # Errors
/// Database errors.
pub fn by_token(conn: &mut Connection, token: &TokenHash) -> Result<Option<Request>> {
    let found = all_of(conn, Box::new(agreement_requests::token_hash.eq(token.clone())))?;
    Ok(found.into_iter().next())
}

/// The request that was made last for a draft or a customer of a provider.
///
/// # Errors
/// Database errors.
pub fn latest_of(
    conn: &mut Connection,
    provider: &OrganisationId,
    subject: &Subject,
) -> Result<Option<Request>> {
    let about: Condition = match *subject {
        Subject::Draft(draft) => Box::new(agreement_requests::draft_id.eq(draft).assume_not_null()),
        Subject::Customer(customer) => {
            Box::new(agreement_requests::customer_id.eq(customer).assume_not_null())
        }
    };
    let own = agreement_requests::provider_id.eq(*provider);
    let found = all_of(conn, Box::new(own.and(about)))?;
    Ok(found.into_iter().max_by_key(|request| (request.progress.created_at, request.id)))
}

/// Which of these customers a provider is asking, by requests that can still be answered or that wait to be sent, or has
/// asked and was declined by.
///
/// # Errors
/// Database errors.
pub fn asked_among(
    conn: &mut Connection,
    provider: &OrganisationId,
    customers: &[CustomerId],
    now: Moment,
) -> Result<Vec<CustomerId>> {
    let is_open =
        agreement_requests::state.eq(RequestState::Open).and(agreement_requests::expires_at.gt(now));
    Ok(agreement_requests::table
        .filter(agreement_requests::provider_id.eq(provider))
        .filter(is_among(agreement_requests::customer_id.assume_not_null(), customers))
        .filter(is_open.or(agreement_requests::state.eq(RequestState::Declined)))
        .select(agreement_requests::customer_id.assume_not_null())
        .load(conn)?)
}

/// The requests that were made last for each of these drafts.
///
/// # Errors
/// Database errors.
pub fn latest_of_drafts(
    conn: &mut Connection,
    provider: &OrganisationId,
    drafts: &[&DraftId],
) -> Result<Vec<(DraftId, Request)>> {
    let drafts = is_among(agreement_requests::draft_id, drafts.iter().copied());
    let own = agreement_requests::provider_id.eq(*provider);
    let mut requests = all_of(conn, Box::new(own.and(drafts)))?;
    // Sorted here: for an order SQLite would read everything that the provider ever asked.
    requests.sort_by(|one, other| {
        (&other.progress.created_at, &other.id).cmp(&(&one.progress.created_at, &one.id))
    });
    let mut latest: Vec<(DraftId, Request)> = Vec::new();
    for request in requests {
        let Some(draft) = request.draft else { continue };
        if latest.iter().all(|(known, _)| *known != draft) {
            latest.push((draft, request));
        }
    }
    Ok(latest)
}

/// Requests beside the texts that they name.
type Beside = LeftJoinQuerySource<agreement_requests::table, customer_agreements::table>;

type Condition = Box<dyn BoxableExpression<Beside, Both, SqlType = Bool>>;

/// The requests of which this is true: one statement for all that ask. Written out at each, it took a build seconds.
fn all_of(conn: &mut Connection, condition: Condition) -> Result<Vec<Request>> {
    let rows: Vec<VersionedRow> = agreement_requests::table
        .left_join(customer_agreements::table)
        .filter(condition)
        .select(VersionedRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Request::from).collect())
}

/// Whether the link of a request still works.
///
/// # Errors
/// Database errors.
pub fn is_open(conn: &mut Connection, id: &str, now: Moment) -> Result<bool> {
    let found: i64 = agreement_requests::table
        .filter(agreement_requests::id.eq(id))
        .filter(agreement_requests::state.eq(RequestState::Open))
        .filter(agreement_requests::expires_at.gt(now))
        .count()
        .get_result(conn)?;
    Ok(found > 0)
}

/// Makes a new link; the old one dies with a letter that still carries it. Answers `false` when the request was
/// answered or revoked in the meantime.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; database errors.
pub fn renew(
    conn: &mut Connection,
    by: &Allowed<AskForAgreements>,
    id: &AgreementRequestId,
    (token_hash, expires_at): (&TokenHash, Moment),
    now: Moment,
) -> Result<bool> {
    let old = find(conn, by, id)?;
    let renewed = diesel::update(agreement_requests::table)
        .filter(agreement_requests::id.eq(id))
        .filter(agreement_requests::state.eq(RequestState::Open))
        .set((
            agreement_requests::token_hash.eq(token_hash),
            agreement_requests::expires_at.eq(expires_at),
            agreement_requests::sent_at.eq(None::<Moment>),
            agreement_requests::version.eq(agreement_requests::version + 1),
        ))
        .execute(conn)?;
    if renewed == 0 {
        return Ok(false);
    }
    outbox::withdraw(conn, (&REQUEST, id.as_str()))?;
    let until = Change::new("expires_at", old.progress.expires_at.iso(), expires_at.iso());
    activity::store::record(conn, by, &entry(Action::RenewAgreementRequest, &old).with([until]), now)?;
    Ok(true)
}

/// Revokes a request: its link dies. Answers with the request; none when it was answered or revoked in the meantime.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; database errors.
pub fn revoke(
    conn: &mut Connection,
    by: &Allowed<FollowAgreementRequests>,
    id: &AgreementRequestId,
    now: Moment,
) -> Result<Option<Request>> {
    let request = find(conn, by, id)?;
    Ok(end(conn, &Author::of(by), &request, now)?.then_some(request))
}

/// Revokes the open request of a draft that is dropped.
///
/// # Errors
/// Database errors.
pub fn revoke_of_draft(conn: &mut Connection, by: &Viewer, draft: &DraftId, now: Moment) -> Result<()> {
    let subject = Subject::Draft(*draft);
    // What has become a customer is asked as that.
    match latest_of(conn, &by.organisation.id, &subject)?.filter(|latest| latest.customer.is_none()) {
        Some(latest) => end(conn, &Author::of(by), &latest, now).map(|_| ()),
        None => Ok(()),
    }
}

/// Revokes the open request to a customer whose acceptance is there by another way: nobody is to decline what is
/// ordered already.
///
/// # Errors
/// Database errors.
pub fn revoke_of_customer(
    conn: &mut Connection,
    by: &Viewer,
    customer: &CustomerId,
    now: Moment,
) -> Result<()> {
    revoke_as(conn, &Author::of(by), customer, now)
}

/// The same, whoever does it.
///
/// # Errors
/// Database errors.
pub fn revoke_as(conn: &mut Connection, by: &Author, customer: &CustomerId, now: Moment) -> Result<()> {
    match latest_of(conn, &by.organisation, &Subject::Customer(*customer))? {
        Some(latest) => end(conn, by, &latest, now).map(|_| ()),
        None => Ok(()),
    }
}

fn end(conn: &mut Connection, by: &Author, request: &Request, now: Moment) -> Result<bool> {
    let revoked = diesel::update(agreement_requests::table)
        .filter(agreement_requests::id.eq(&request.id))
        .filter(agreement_requests::state.eq(RequestState::Open))
        .set((
            agreement_requests::state.eq(RequestState::Revoked),
            agreement_requests::answered_at.eq(Some(now)),
            agreement_requests::revoked_by_name.eq(&by.name),
            agreement_requests::version.eq(agreement_requests::version + 1),
        ))
        .execute(conn)?;
    if revoked == 0 {
        return Ok(false);
    }
    outbox::withdraw(conn, (&REQUEST, request.id.as_str()))?;
    let state = Change::new("state", RequestState::Open.as_text(), RequestState::Revoked.as_text());
    let entry = entry(Action::RevokeAgreementRequest, request).with([state]);
    activity::store::record_as(conn, &by.organisation, by, &entry, now)?;
    Ok(true)
}

/// The draft has become this customer: its requests are the customer's now, and their links stay good.
///
/// # Errors
/// Database errors.
pub fn hand_over(conn: &mut Connection, draft: &DraftId, customer: &CustomerId) -> Result<()> {
    diesel::update(agreement_requests::table.filter(agreement_requests::draft_id.eq(draft)))
        .set(agreement_requests::customer_id.eq(customer))
        .execute(conn)?;
    Ok(())
}

/// A record about a request, named by the address that was asked.
pub fn entry(action: Action, request: &Request) -> Entry {
    let company = &request.party.company_name;
    let entry = Entry::new(action, "agreement_request", request.id, &request.party.email);
    match &request.customer {
        Some(customer) => entry.for_customer(customer, company),
        None => entry.with([Change::set("company", company)]),
    }
}
