//! Deeds of this area: all of them write letters beside what they do.

use super::form::{Answered as Typed, Decision, Recorded, Wish};
use super::store::answering::{self, Answered};
use super::store::asking::Post;
use super::store::deciding::{self, Decided};
use super::store::recording::{self, Handed};
use super::store::reminding::{self, Reminded};
use super::store::starting::{self, Started};
use super::store::withdrawing;
use crate::access::Allowed;
use crate::access::permission::{AnswerOwnTransfers, RefuseTransfers, StartTransfers, WithdrawTransfers};
use crate::error::Result;
use crate::values::id::TransferId;
use crate::values::moment::Moment;
use crate::values::token::TokenHash;
use crate::web::Portal;

/// Starts a file.
///
/// # Errors
/// As for [`starting::start`].
pub async fn start(at: &Portal, by: &Allowed<StartTransfers>, wish: Wish) -> Result<Started> {
    let (may, site, post, now) = (by.clone(), at.site.clone(), Post::fresh(), Moment::now());
    let started = at.db.write(move |conn| starting::start(conn, &may, (&wish, &post), &site, now)).await?;
    at.bell.ring_if(matches!(started, Started::Now(_)));
    Ok(started)
}

/// Asks the customer again.
///
/// # Errors
/// As for [`reminding::remind`].
pub async fn remind(
    at: &Portal,
    by: &Allowed<StartTransfers>,
    (id, seen): (TransferId, String),
) -> Result<Reminded> {
    let (may, site, post, now) = (by.clone(), at.site.clone(), Post::fresh(), Moment::now());
    let reminded =
        at.db.write(move |conn| reminding::remind(conn, &may, (&id, &seen, &post), &site, now)).await?;
    at.bell.ring_if(matches!(reminded, Reminded::Now(_)));
    Ok(reminded)
}

/// Takes one back. Answers `false` where it had come to its end by then.
///
/// # Errors
/// As for [`withdrawing::withdraw`].
pub async fn withdraw(
    at: &Portal,
    by: &Allowed<WithdrawTransfers>,
    (id, reason): (TransferId, String),
) -> Result<bool> {
    let (may, site, now) = (by.clone(), at.site.clone(), Moment::now());
    let withdrawn =
        at.db.write(move |conn| withdrawing::withdraw(conn, &may, (&id, &reason), &site, now)).await?;
    at.bell.ring_if(withdrawn);
    Ok(withdrawn)
}

/// Somebody of the customer answers.
///
/// # Errors
/// As for [`answering::answer_own`].
pub async fn answer_own(
    at: &Portal,
    by: &Allowed<AnswerOwnTransfers>,
    (id, typed): (TransferId, Typed),
) -> Result<Answered> {
    let (may, site, now) = (by.clone(), at.site.clone(), Moment::now());
    let answered =
        at.db.write(move |conn| answering::answer_own(conn, &may, (&id, &typed), &site, now)).await?;
    at.bell.ring_if(answered != Answered::Over);
    Ok(answered)
}

/// Whoever has the customer's link answers.
///
/// # Errors
/// As for [`answering::answer_by_link`].
pub async fn answer_by_link(at: &Portal, token: TokenHash, typed: Typed) -> Result<Answered> {
    let (site, now) = (at.site.clone(), Moment::now());
    let answered =
        at.db.write(move |conn| answering::answer_by_link(conn, (&token, &typed), &site, now)).await?;
    at.bell.ring_if(answered != Answered::Over);
    Ok(answered)
}

/// A partner decides.
///
/// # Errors
/// As for [`deciding::decide`].
pub async fn decide(
    at: &Portal,
    by: &Allowed<RefuseTransfers>,
    (id, decision): (TransferId, Decision),
) -> Result<Decided> {
    let (may, site, now) = (by.clone(), at.site.clone(), Moment::now());
    let decided = at.db.write(move |conn| deciding::decide(conn, &may, (&id, &decision), &site, now)).await?;
    at.bell.ring_if(!matches!(decided, Decided::Over | Decided::NotReady));
    Ok(decided)
}

/// The hand-over to a partner elsewhere is recorded.
///
/// # Errors
/// As for [`recording::record`].
pub async fn record(
    at: &Portal,
    by: &Allowed<StartTransfers>,
    (id, recorded): (TransferId, Recorded),
) -> Result<Handed> {
    let (may, site, now) = (by.clone(), at.site.clone(), Moment::now());
    let handed = at.db.write(move |conn| recording::record(conn, &may, (&id, &recorded), &site, now)).await?;
    at.bell.ring_if(handed != Handed::Over);
    Ok(handed)
}
