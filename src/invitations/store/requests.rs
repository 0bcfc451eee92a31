//! Requests as those deal with them who made them.

use diesel::prelude::*;

use super::code;
use super::hindrance::hindrance;
pub use super::row::{By, request};
use crate::access::permission::{AskForAdministration, FollowInvitations, InviteCustomers};
use crate::access::{Allowed, Permission, Viewer};
use crate::activity::{self, Action, Change, Entry};
use crate::db::schema::customer_requests;
use crate::db::{Connection, unless_taken};
use crate::error::{Error, Result};
use crate::invitations::letters;
use crate::invitations::model::{Drafted, Hindrance, Request};
use crate::invitations::store::draft::{Kept, keep};
use crate::links::model::RequestState;
use crate::mail::letter::Letter;
use crate::mail::outbox;
use crate::session::postage;
use crate::values::email::Email;
use crate::values::id::{CustomerRequestId, LetterId, OrganisationId};
use crate::values::moment::Moment;
use crate::values::token::TokenHash;

/// What the log says of a request is about.
pub(super) const REQUEST: &str = "customer_request";

/// A request to be made.
#[derive(Clone, Debug)]
pub struct NewRequest {
    pub id: CustomerRequestId,
    /// Who gets the customer: the viewer's own organisation, or a provider of it.
    pub provider: OrganisationId,
    pub drafted: Drafted,
    pub token_hash: TokenHash,
    pub expires_at: Moment,
}

pub enum Asked {
    /// It is kept, in this version.
    Kept(i32),
    Hindered(Hindrance),
    /// It was made before, by the same form, and changed, sent, answered or revoked since.
    Made(Kept),
    /// It was made before, by the same form, and has another link since.
    Relinked,
}

/// Who asks beside the provider.
pub fn reseller_of(by: &Viewer) -> Option<&OrganisationId> {
    by.is_reseller().then_some(&by.organisation.id)
}

/// Asking to administer takes a permission of its own.
pub(super) fn demand_right(by: &Viewer, drafted: &Drafted) -> Result<()> {
    if drafted.includes_administration {
        Allowed::<AskForAdministration>::check(by)?;
    }
    Ok(())
}

/// Makes a request. The same form sent again asks once, and keeps what was changed in it.
///
/// # Errors
/// [`Error::NotFound`] when the id is already somebody else's; [`Error::Forbidden`] where it asks for more than the
/// viewer may; database errors.
pub fn ask(
    conn: &mut Connection,
    by: &Allowed<InviteCustomers>,
    new: &NewRequest,
    now: Moment,
) -> Result<Asked> {
    demand_right(by, &new.drafted)?;
    if let Some(hindrance) = hindrance(conn, &new.provider, reseller_of(by))? {
        return Ok(Asked::Hindered(hindrance));
    }
    if !insert(conn, by, new, now)? {
        return again(conn, by, new, now);
    }
    let to = &new.drafted.to;
    let entry = Entry::new(Action::InviteCustomer, REQUEST, new.id, to).with([
        Change::set("email", to),
        Change::set("administration", yes_no(new.drafted.includes_administration)),
        Change::set("expires_at", new.expires_at.iso()),
    ]);
    record(conn, by, (&new.provider, reseller_of(by)), &entry, now)?;
    Ok(Asked::Kept(FIRST))
}

/// The version of a request that was just made.
const FIRST: i32 = 1;

pub(super) fn yes_no(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

/// Records a deed of whoever asks: in its own log, and in that of the provider that gets the customer.
pub(super) fn record(
    conn: &mut Connection,
    by: &Viewer,
    (provider, reseller): (&OrganisationId, Option<&OrganisationId>),
    entry: &Entry,
    now: Moment,
) -> Result<()> {
    activity::store::record(conn, by, entry, now)?;
    if reseller.is_some() {
        activity::store::record_for(conn, provider, by, entry, now)?;
    }
    Ok(())
}

fn again(
    conn: &mut Connection,
    by: &Allowed<InviteCustomers>,
    new: &NewRequest,
    now: Moment,
) -> Result<Asked> {
    let made = find_own(conn, by, &new.id)?;
    if made.requested_by != by.person || made.provider != new.provider {
        return Err(Error::NotFound);
    }
    if made.progress.token_hash != new.token_hash {
        return Ok(Asked::Relinked);
    }
    if made.progress.is_draft(now) && made.drafted == new.drafted {
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
    by: &Allowed<InviteCustomers>,
    new: &NewRequest,
    version: i32,
) -> Result<Asked> {
    let holds = find_own(conn, by, &new.id)?.progress.token_hash == new.token_hash;
    Ok(if holds { Asked::Kept(version) } else { Asked::Relinked })
}

fn insert(
    conn: &mut Connection,
    by: &Allowed<InviteCustomers>,
    new: &NewRequest,
    now: Moment,
) -> Result<bool> {
    let Drafted { to, to_name, includes_administration, text } = &new.drafted;
    unless_taken(
        conn,
        diesel::insert_into(customer_requests::table).values((
            customer_requests::id.eq(&new.id),
            customer_requests::provider_id.eq(&new.provider),
            customer_requests::reseller_id.eq(reseller_of(by)),
            customer_requests::requested_by.eq(&by.person),
            customer_requests::requested_by_name.eq(&by.name),
            customer_requests::requested_by_email.eq(&by.email),
            customer_requests::to_email.eq(to),
            customer_requests::to_name.eq(to_name),
            customer_requests::includes_administration.eq(includes_administration),
            customer_requests::language.eq(text.language),
            customer_requests::subject.eq(&text.subject),
            customer_requests::body.eq(&text.text),
            customer_requests::token_hash.eq(&new.token_hash),
            customer_requests::state.eq(RequestState::Open),
            customer_requests::created_at.eq(now),
            customer_requests::expires_at.eq(new.expires_at),
            customer_requests::version.eq(FIRST),
        )),
    )
}

/// The request of this id, if the viewer's organisation made it or gets a customer by it.
///
/// # Errors
/// [`Error::NotFound`]; database errors.
pub fn find<P: Permission>(
    conn: &mut Connection,
    by: &Allowed<P>,
    id: &CustomerRequestId,
) -> Result<Request> {
    request(conn, By::Id(id, by))?.ok_or(Error::NotFound)
}

/// The request of this id, if the viewer's organisation made it: only then it can be changed.
///
/// # Errors
/// [`Error::NotFound`]; database errors.
pub fn find_own<P: Permission>(
    conn: &mut Connection,
    by: &Allowed<P>,
    id: &CustomerRequestId,
) -> Result<Request> {
    let found = find(conn, by, id)?;
    if found.is_asked_by(&by.organisation.id) { Ok(found) } else { Err(Error::NotFound) }
}

/// Another open request of the viewer's organisation to the same address, which may be a mistake.
///
/// # Errors
/// Database errors.
pub fn other_to<P: Permission>(
    conn: &mut Connection,
    by: &Allowed<P>,
    (id, to): (&CustomerRequestId, &Email),
    now: Moment,
) -> Result<Option<CustomerRequestId>> {
    let open = customer_requests::table
        .filter(customer_requests::to_email.eq(to))
        .filter(customer_requests::state.eq(RequestState::Open))
        .filter(customer_requests::expires_at.gt(now))
        .filter(customer_requests::id.ne(id))
        .order(customer_requests::created_at.desc())
        .select(customer_requests::id)
        .into_boxed();
    let own = match by.is_provider() {
        true => open.filter(customer_requests::provider_id.eq(&by.organisation.id)),
        false => open.filter(customer_requests::reseller_id.eq(&by.organisation.id)),
    };
    Ok(own.first(conn).optional()?)
}

/// Makes a new link; the old one dies with a letter that still carries it. Answers `false` when the request was
/// answered or revoked in the meantime.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Forbidden`] where it asks for more than the viewer may; database errors.
pub fn renew(
    conn: &mut Connection,
    by: &Allowed<InviteCustomers>,
    id: &CustomerRequestId,
    (token_hash, expires_at): (&TokenHash, Moment),
    now: Moment,
) -> Result<bool> {
    let old = find_own(conn, by, id)?;
    demand_right(by, &old.drafted)?;
    let renewed = diesel::update(customer_requests::table)
        .filter(customer_requests::id.eq(id))
        .filter(customer_requests::state.eq(RequestState::Open))
        .set((
            customer_requests::token_hash.eq(token_hash),
            customer_requests::expires_at.eq(expires_at),
            customer_requests::sent_at.eq(None::<Moment>),
            customer_requests::reminded_at.eq(None::<Moment>),
            customer_requests::version.eq(customer_requests::version + 1),
        ))
        .execute(conn)?;
    if renewed == 0 {
        return Ok(false);
    }
    withdraw(conn, id)?;
    let until = Change::new("expires_at", old.progress.expires_at.iso(), expires_at.iso());
    let entry = Entry::new(Action::RenewInvitation, REQUEST, id, &old.drafted.to).with([until]);
    record(conn, by, (&old.provider, old.reseller.as_ref()), &entry, now)?;
    Ok(true)
}

/// Revokes a request: its link dies. Answers with the request; none when it was answered or revoked in the meantime.
///
/// # Errors
/// [`Error::NotFound`]; database errors.
pub fn revoke(
    conn: &mut Connection,
    by: &Allowed<FollowInvitations>,
    id: &CustomerRequestId,
    now: Moment,
) -> Result<Option<Request>> {
    let request = find_own(conn, by, id)?;
    let revoked = diesel::update(customer_requests::table)
        .filter(customer_requests::id.eq(id))
        .filter(customer_requests::state.eq(RequestState::Open))
        .set((
            customer_requests::state.eq(RequestState::Revoked),
            customer_requests::answered_at.eq(Some(now)),
            customer_requests::answered_by_name.eq(&by.name),
            customer_requests::version.eq(customer_requests::version + 1),
        ))
        .execute(conn)?;
    if revoked == 0 {
        return Ok(None);
    }
    withdraw(conn, id)?;
    let state = Change::new("state", RequestState::Open.as_text(), RequestState::Revoked.as_text());
    let entry = Entry::new(Action::RevokeInvitation, REQUEST, id, &request.drafted.to).with([state]);
    record(conn, by, (&request.provider, request.reseller.as_ref()), &entry, now)?;
    Ok(Some(request))
}

/// Reminds the addressee of the letter that was sent; its link goes on. Answers `false` when that was done not long ago,
/// or there is nothing to be reminded of.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::TooManyLetters`]; database errors.
pub fn remind(
    conn: &mut Connection,
    by: &Allowed<InviteCustomers>,
    id: &CustomerRequestId,
    (letter_id, letter): (&LetterId, &Letter),
    now: Moment,
) -> Result<bool> {
    let request = find_own(conn, by, id)?;
    if !request.is_remindable(now) {
        return Ok(false);
    }
    let reminded = diesel::update(customer_requests::table)
        .filter(customer_requests::id.eq(id))
        .filter(customer_requests::state.eq(RequestState::Open))
        .filter(customer_requests::version.eq(request.version))
        .set((
            customer_requests::reminded_at.eq(Some(now)),
            customer_requests::version.eq(customer_requests::version + 1),
        ))
        .execute(conn)?;
    if reminded == 0 {
        return Ok(false);
    }
    postage::put(conn, by, letter_id, letter, now)?;
    let entry = Entry::new(Action::RemindInvited, REQUEST, id, &request.drafted.to);
    record(conn, by, (&request.provider, request.reseller.as_ref()), &entry, now)?;
    Ok(true)
}

/// Whatever still waits about a request that is answered, revoked or has another link holds no longer.
pub(super) fn withdraw(conn: &mut Connection, id: &CustomerRequestId) -> Result<()> {
    outbox::withdraw(conn, (&letters::request::KIND, id.as_str()))?;
    outbox::withdraw(conn, (&letters::reminder::KIND, id.as_str()))?;
    code::forget(conn, id)
}

/// Whether the link of a request still works.
///
/// # Errors
/// Database errors.
pub fn is_open(conn: &mut Connection, id: &str, now: Moment) -> Result<bool> {
    let found: i64 = customer_requests::table
        .filter(customer_requests::id.eq(id))
        .filter(customer_requests::state.eq(RequestState::Open))
        .filter(customer_requests::expires_at.gt(now))
        .count()
        .get_result(conn)?;
    Ok(found > 0)
}
