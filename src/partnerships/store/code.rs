//! Codes that were mailed to the address of a request.

use diesel::prelude::*;

use super::link;
use crate::access::Allowed;
use crate::access::permission::AuthorizeProviders;
use crate::db::Connection;
use crate::db::schema::addressee_codes;
use crate::error::Result;
use crate::links::model::Standing;
use crate::mail::letter::Letter;
use crate::mail::outbox;
use crate::partnerships::letters;
use crate::partnerships::model::code::{TRIES, counted_by, works_until};
use crate::session::{postage, tally};
use crate::values::id::{LetterId, OrganisationId, PartnershipRequestId};
use crate::values::moment::Moment;
use crate::values::token::TokenHash;

/// At most so many codes are forgotten at once, so that nobody waits for it.
const STEP: i64 = 100;

/// A code that waits to be typed.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = addressee_codes)]
pub struct KeptCode {
    pub request_id: PartnershipRequestId,
    pub organisation_id: OrganisationId,
    pub code_hash: TokenHash,
    pub expires_at: Moment,
    pub tries_left: i32,
}

/// A code on its way.
#[derive(Clone, Debug)]
pub struct NewCode {
    pub hash: TokenHash,
    pub expires_at: Moment,
    pub letter_id: LetterId,
    pub letter: Letter,
}

/// What became of a code that was asked for.
pub enum Mailed {
    Now,
    /// The next one is mailed in so many seconds.
    Slowed(i64),
    /// The request is not as it was when the page was shown.
    Changed,
}

/// Mails a code; the one before dies, with a letter that still waits.
///
/// # Errors
/// Database errors.
pub fn mail(
    conn: &mut Connection,
    by: &Allowed<AuthorizeProviders>,
    token: &TokenHash,
    new: &NewCode,
    now: Moment,
) -> Result<Mailed> {
    let Some(invitation) = link::invitation(conn, token)? else { return Ok(Mailed::Changed) };
    let request = &invitation.request;
    let is_blocked = link::situation(conn, by, &invitation)?.obstacle.is_some();
    if is_blocked || !request.addressee_only || request.standing(now) != Standing::Open {
        return Ok(Mailed::Changed);
    }
    let own = &by.organisation.id;
    let wait = tally::count_one_more(conn, &counted_by(&request.id, own, &request.to), now)?;
    if wait > 0 {
        return Ok(Mailed::Slowed(wait));
    }
    forget(conn, &request.id, own)?;
    let kept = KeptCode {
        request_id: request.id,
        organisation_id: *own,
        code_hash: new.hash.clone(),
        expires_at: new.expires_at,
        tries_left: TRIES,
    };
    diesel::insert_into(addressee_codes::table).values(kept).execute(conn)?;
    postage::put(conn, by, &new.letter_id, &new.letter, now)?;
    Ok(Mailed::Now)
}

/// The code that an organisation may type now.
///
/// # Errors
/// Database errors.
pub fn waiting(
    conn: &mut Connection,
    request: &PartnershipRequestId,
    organisation: &OrganisationId,
    now: Moment,
) -> Result<Option<KeptCode>> {
    Ok(addressee_codes::table
        .find((request, organisation))
        .filter(
            addressee_codes::expires_at
                .gt(now)
                .and(addressee_codes::expires_at.le(works_until(now).farthest(0))),
        )
        .filter(addressee_codes::tries_left.gt(0))
        .select(KeptCode::as_select())
        .first(conn)
        .optional()?)
}

/// How a code was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checked {
    Right,
    Wrong,
    /// None waits: none was mailed, its time is over, or it was tried too often.
    Dead,
}

/// Checks a code. A wrong one uses up a try; the right one is left for whoever goes on to [`forget`].
///
/// # Errors
/// Database errors.
pub fn check(
    conn: &mut Connection,
    request: &PartnershipRequestId,
    organisation: &OrganisationId,
    typed: Option<&TokenHash>,
    now: Moment,
) -> Result<Checked> {
    let Some(kept) = waiting(conn, request, organisation, now)? else { return Ok(Checked::Dead) };
    if typed == Some(&kept.code_hash) {
        return Ok(Checked::Right);
    }
    diesel::update(addressee_codes::table.find((request, organisation)))
        .set(addressee_codes::tries_left.eq(addressee_codes::tries_left - 1))
        .execute(conn)?;
    Ok(Checked::Wrong)
}

/// Forgets an organisation's code, and stops the letter that carries it.
///
/// # Errors
/// Database errors.
pub fn forget(
    conn: &mut Connection,
    request: &PartnershipRequestId,
    organisation: &OrganisationId,
) -> Result<()> {
    diesel::delete(addressee_codes::table.find((request, organisation))).execute(conn)?;
    outbox::withdraw(conn, (&letters::code::KIND, &letters::code::about(request, organisation)))
}

/// Forgets some codes whose time is over; answers how many.
///
/// # Errors
/// Database errors.
pub fn forget_old(conn: &mut Connection, now: Moment) -> Result<usize> {
    let old: Vec<(PartnershipRequestId, OrganisationId)> = addressee_codes::table
        .filter(addressee_codes::expires_at.le(now))
        .select((addressee_codes::request_id, addressee_codes::organisation_id))
        .limit(STEP)
        .load(conn)?;
    for (request, organisation) in &old {
        forget(conn, request, organisation)?;
    }
    Ok(old.len())
}

/// Forgets all codes of a request that is closed or has a new link.
///
/// # Errors
/// Database errors.
pub fn forget_all(conn: &mut Connection, request: &PartnershipRequestId) -> Result<()> {
    let of_request = addressee_codes::table.filter(addressee_codes::request_id.eq(request));
    let organisations: Vec<OrganisationId> =
        of_request.select(addressee_codes::organisation_id).load(conn)?;
    for organisation in organisations {
        forget(conn, request, &organisation)?;
    }
    Ok(())
}
