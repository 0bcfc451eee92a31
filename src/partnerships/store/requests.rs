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
use crate::links::model::RequestState;
use crate::mail::outbox;
use crate::partners;
use crate::partnerships::letters;
use crate::partnerships::model::{Drafted, Request};
use crate::partnerships::store::code;
use crate::values::email::Email;
use crate::values::id::PartnershipRequestId;
use crate::values::moment::Moment;
use crate::values::token::TokenHash;

pub use draft::{Kept, Sending, keep, send};
pub use list::{Wanted, count, page_of};
pub use partner::{partner_at, partners_at};
pub(super) use row::{By, request};

/// What the log says of a request is about.
pub(super) const REQUEST: &str = "partnership_request";

/// A request to be made.
#[derive(Clone, Debug)]
pub struct NewRequest {
    pub id: PartnershipRequestId,
    pub drafted: Drafted,
    pub token_hash: TokenHash,
    pub expires_at: Moment,
}

pub enum Asked {
    /// It is kept, in this version.
    Kept(i32),
    /// A suspended provider starts nothing new.
    Suspended,
    /// It was made before, by the same form, and changed, sent, answered or revoked since.
    Made(Kept),
    /// It was made before, by the same form, and has another link since.
    Relinked,
}

/// Makes a request. The same form sent again asks once, and keeps what was changed in it.
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
    if !insert(conn, by, new, now)? {
        return again(conn, by, new, now);
    }
    let to = &new.drafted.to;
    let only = new.drafted.addressee_only.then(|| Change::set("addressee_only", "yes"));
    let entry = Entry::new(Action::RequestPartnership, REQUEST, new.id, to)
        .with([Change::set("email", to), Change::set("expires_at", new.expires_at.iso())])
        .with(only);
    activity::store::record(conn, by, &entry, now)?;
    Ok(Asked::Kept(FIRST))
}

/// The version of a request that was just made.
const FIRST: i32 = 1;

fn again(
    conn: &mut Connection,
    by: &Allowed<RequestPartnerships>,
    new: &NewRequest,
    now: Moment,
) -> Result<Asked> {
    let made = find(conn, by, &new.id)?;
    if made.requested_by != by.person {
        return Err(Error::NotFound);
    }
    if made.progress.token_hash != new.token_hash {
        return Ok(Asked::Relinked);
    }
    if made.progress.is_draft(now) && made.drafted() == new.drafted {
        return Ok(Asked::Kept(made.version));
    }
    match keep(conn, by, (&new.id, FIRST), &new.drafted, now)? {
        Kept::Done => Ok(Asked::Kept(FIRST + 1)),
        kept => Ok(Asked::Made(kept)),
    }
}

/// A request that was made before, by a form that was shown again with this version.
///
/// # Errors
/// [`Error::NotFound`]; database errors.
pub fn asked(
    conn: &mut Connection,
    by: &Allowed<RequestPartnerships>,
    new: &NewRequest,
    version: i32,
) -> Result<Asked> {
    let holds = find(conn, by, &new.id)?.progress.token_hash == new.token_hash;
    Ok(if holds { Asked::Kept(version) } else { Asked::Relinked })
}

fn insert(
    conn: &mut Connection,
    by: &Allowed<RequestPartnerships>,
    new: &NewRequest,
    now: Moment,
) -> Result<bool> {
    unless_taken(
        conn,
        diesel::insert_into(partnership_requests::table).values((
            partnership_requests::id.eq(&new.id),
            partnership_requests::provider_id.eq(&by.organisation.id),
            partnership_requests::requested_by.eq(&by.person),
            partnership_requests::requested_by_name.eq(&by.name),
            partnership_requests::requested_by_email.eq(&by.email),
            partnership_requests::to_email.eq(&new.drafted.to),
            partnership_requests::subject.eq(&new.drafted.text.subject),
            partnership_requests::body.eq(&new.drafted.text.text),
            partnership_requests::language.eq(new.drafted.text.language),
            partnership_requests::addressee_only.eq(new.drafted.addressee_only),
            partnership_requests::token_hash.eq(&new.token_hash),
            partnership_requests::state.eq(RequestState::Open),
            partnership_requests::created_at.eq(now),
            partnership_requests::expires_at.eq(new.expires_at),
            partnership_requests::version.eq(FIRST),
        )),
    )
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
    (id, to): (&PartnershipRequestId, &Email),
    now: Moment,
) -> Result<Option<PartnershipRequestId>> {
    Ok(partnership_requests::table
        .filter(partnership_requests::provider_id.eq(&by.organisation.id))
        .filter(partnership_requests::to_email.eq(to))
        .filter(partnership_requests::state.eq(RequestState::Open))
        .filter(partnership_requests::expires_at.gt(now))
        .filter(partnership_requests::id.ne(id))
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
    outbox::withdraw(conn, (&letters::request::KIND, id.as_str()))?;
    code::forget_all(conn, id)?;
    let until = Change::new("expires_at", old.progress.expires_at.iso(), expires_at.iso());
    let entry = Entry::new(Action::RenewPartnershipRequest, REQUEST, id, &old.to).with([until]);
    activity::store::record(conn, by, &entry, now)?;
    Ok(true)
}

/// Revokes a request: its link dies. Answers with the request; none when it was answered or revoked in the meantime.
///
/// # Errors
/// [`Error::NotFound`]; database errors.
pub fn revoke(
    conn: &mut Connection,
    by: &Allowed<FollowRequests>,
    id: &PartnershipRequestId,
    now: Moment,
) -> Result<Option<Request>> {
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
        return Ok(None);
    }
    outbox::withdraw(conn, (&letters::request::KIND, id.as_str()))?;
    code::forget_all(conn, id)?;
    let state = Change::new("state", RequestState::Open.as_text(), RequestState::Revoked.as_text());
    let entry = Entry::new(Action::RevokePartnershipRequest, REQUEST, id, &request.to).with([state]);
    activity::store::record(conn, by, &entry, now)?;
    Ok(Some(request))
}

/// Whether the link of a request still works.
///
/// # Errors
/// Database errors.
pub fn is_open(conn: &mut Connection, id: &str, now: Moment) -> Result<bool> {
    let found: i64 = partnership_requests::table
        .filter(partnership_requests::id.eq(id))
        .filter(partnership_requests::state.eq(RequestState::Open))
        .filter(partnership_requests::expires_at.gt(now))
        .count()
        .get_result(conn)?;
    Ok(found > 0)
}
