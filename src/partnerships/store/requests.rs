//! A provider's requests for partnerships.

mod draft;
mod list;
mod partner;
mod row;

use diesel::prelude::*;

use crate::access::permission::{FollowRequests, RequestPartnerships};
use crate::access::{Allowed, Permission};
use crate::activity::{self, Action, Change, Entry};
use crate::db::schema::partnership_requests;
use crate::db::{Connection, unless_taken};
use crate::error::{Error, Result};
use crate::mail::outbox;
use crate::partners;
use crate::partnerships::letter;
use crate::partnerships::model::{DraftText, Request, RequestState};
use crate::values::email::Email;
use crate::values::id::PartnershipRequestId;
use crate::values::moment::Moment;
use crate::values::token::TokenHash;

pub use draft::{Kept, keep_text, send};
pub use list::{Wanted, count, page_of};
pub use partner::{partner_at, partners_at};
pub(super) use row::{By, request};

/// A request to be made.
#[derive(Clone, Debug)]
pub struct NewRequest {
    pub id: PartnershipRequestId,
    pub to: Email,
    pub draft: DraftText,
    pub token_hash: TokenHash,
    pub expires_at: Moment,
}

pub enum Asked {
    Asked,
    /// A suspended provider starts nothing new.
    Suspended,
}

/// Makes a request. The same form sent again only renews the link of the request it made.
///
/// # Errors
/// [`Error::NotFound`] when the id is already somebody else's; database errors.
pub fn ask(
    conn: &mut Connection,
    by: &Allowed<RequestPartnerships>,
    new: &NewRequest,
    now: Moment,
) -> Result<Asked> {
    if !partners::store::is_enrolled(&partners::store::find(conn, &by.organisation.id)?) {
        return Ok(Asked::Suspended);
    }
    let is_new = unless_taken(conn, |conn| insert(conn, by, new, now))?;
    if !is_new {
        let same = diesel::update(partnership_requests::table)
            .filter(partnership_requests::id.eq(&new.id))
            .filter(partnership_requests::requested_by.eq(&by.person))
            .filter(partnership_requests::state.eq(RequestState::Open))
            .filter(partnership_requests::sent_at.is_null())
            .filter(partnership_requests::version.eq(1))
            .set((
                partnership_requests::to_email.eq(&new.to),
                partnership_requests::token_hash.eq(&new.token_hash),
                partnership_requests::expires_at.eq(new.expires_at),
            ))
            .execute(conn)?;
        return if same == 1 { Ok(Asked::Asked) } else { Err(Error::NotFound) };
    }
    let entry = Entry::new(Action::RequestPartnership, letter::REQUEST, &new.id, &new.to)
        .with([Change::set("email", &new.to), Change::set("expires_at", new.expires_at.iso())]);
    activity::store::record(conn, by, &entry, now)?;
    Ok(Asked::Asked)
}

fn insert(
    conn: &mut Connection,
    by: &Allowed<RequestPartnerships>,
    new: &NewRequest,
    now: Moment,
) -> QueryResult<usize> {
    diesel::insert_into(partnership_requests::table)
        .values((
            partnership_requests::id.eq(&new.id),
            partnership_requests::provider_id.eq(&by.organisation.id),
            partnership_requests::requested_by.eq(&by.person),
            partnership_requests::requested_by_name.eq(&by.name),
            partnership_requests::requested_by_email.eq(&by.email),
            partnership_requests::to_email.eq(&new.to),
            partnership_requests::subject.eq(&new.draft.subject),
            partnership_requests::body.eq(&new.draft.text),
            partnership_requests::token_hash.eq(&new.token_hash),
            partnership_requests::state.eq(RequestState::Open),
            partnership_requests::created_at.eq(now),
            partnership_requests::expires_at.eq(new.expires_at),
            partnership_requests::version.eq(1),
        ))
        .execute(conn)
}

/// The request of this id, if the viewer's organisation made it.
///
/// # Errors
/// [`Error::NotFound`]; database errors.
pub fn find<P: Permission>(
    conn: &mut Connection,
    by: &Allowed<P>,
    id: &PartnershipRequestId,
) -> Result<Request> {
    request(conn, By::Id(id, &by.organisation.id))?.ok_or(Error::NotFound)
}

/// Another open request to the same address, which may be a mistake.
///
/// # Errors
/// Database errors.
pub fn other_to<P: Permission>(
    conn: &mut Connection,
    by: &Allowed<P>,
    same: &Request,
    now: Moment,
) -> Result<Option<PartnershipRequestId>> {
    Ok(partnership_requests::table
        .filter(partnership_requests::provider_id.eq(&by.organisation.id))
        .filter(partnership_requests::to_email.eq(&same.to))
        .filter(partnership_requests::state.eq(RequestState::Open))
        .filter(partnership_requests::expires_at.gt(now))
        .filter(partnership_requests::id.ne(&same.id))
        .order(partnership_requests::created_at.desc())
        .select(partnership_requests::id)
        .first(conn)
        .optional()?)
}

/// Makes a new link; the old one dies with a letter that still carries it. Answers `false` when the
/// request was answered or revoked in the meantime.
///
/// # Errors
/// [`Error::NotFound`]; database errors.
pub fn renew(
    conn: &mut Connection,
    by: &Allowed<RequestPartnerships>,
    id: &PartnershipRequestId,
    (token_hash, expires_at): (&TokenHash, Moment),
    now: Moment,
) -> Result<bool> {
    let old = find(conn, by, id)?;
    let renewed = diesel::update(partnership_requests::table)
        .filter(partnership_requests::id.eq(id))
        .filter(partnership_requests::state.eq(RequestState::Open))
        .set((
            partnership_requests::token_hash.eq(token_hash),
            partnership_requests::expires_at.eq(expires_at),
            partnership_requests::sent_at.eq(None::<Moment>),
            partnership_requests::version.eq(partnership_requests::version + 1),
        ))
        .execute(conn)?;
    if renewed == 0 {
        return Ok(false);
    }
    outbox::withdraw(conn, (letter::REQUEST, id.as_str()))?;
    let entry = Entry::new(Action::RenewPartnershipRequest, letter::REQUEST, id, &old.to)
        .with([Change::new("expires_at", old.expires_at.iso(), expires_at.iso())]);
    activity::store::record(conn, by, &entry, now)?;
    Ok(true)
}

/// Revokes a request: its link dies. Answers `false` when it was answered or revoked in the meantime.
///
/// # Errors
/// [`Error::NotFound`]; database errors.
pub fn revoke(
    conn: &mut Connection,
    by: &Allowed<FollowRequests>,
    id: &PartnershipRequestId,
    now: Moment,
) -> Result<bool> {
    let request = find(conn, by, id)?;
    let revoked = diesel::update(partnership_requests::table)
        .filter(partnership_requests::id.eq(id))
        .filter(partnership_requests::state.eq(RequestState::Open))
        .set((
            partnership_requests::state.eq(RequestState::Revoked),
            partnership_requests::answered_at.eq(Some(now)),
            partnership_requests::answered_by_name.eq(Some(&by.name)),
            partnership_requests::version.eq(partnership_requests::version + 1),
        ))
        .execute(conn)?;
    if revoked == 0 {
        return Ok(false);
    }
    outbox::withdraw(conn, (letter::REQUEST, id.as_str()))?;
    let state = Change::new("state", RequestState::Open.as_text(), RequestState::Revoked.as_text());
    let entry = Entry::new(Action::RevokePartnershipRequest, letter::REQUEST, id, &request.to).with([state]);
    activity::store::record(conn, by, &entry, now)?;
    Ok(true)
}
