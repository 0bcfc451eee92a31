//! Deeds of this area that need letters, codes or another try beside what they write.

use super::letters;
use super::letters::answer::Verdict;
use super::letters::reminder::Reminder;
use super::model::Drafted;
use super::model::code::{Code, works_until};
use super::store::answer::{self, Answered, Given};
use super::store::code::{self, Mailed, NewCode};
use super::store::link::Invitation;
use super::store::requests::{self, Asked, Kept, NewRequest, Sending};
use super::store::{board, reminder};
use crate::access::permission::{AuthorizeProviders, DeclineProviders, RemindResellers, RequestPartnerships};
use crate::access::{Allowed, Viewer};
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::links::model::Personal;
use crate::mail::compose::Written as _;
use crate::mail::letter::Letter;
use crate::mail::outbox;
use crate::partners::model::Location;
use crate::partners::store::admins::global_admins_of;
use crate::people::facts::RoleHolder;
use crate::session::postage;
use crate::values::email::Email;
use crate::values::id::{LetterId, OrganisationId, PartnershipId, PartnershipRequestId};
use crate::values::moment::Moment;
use crate::web::{Portal, Site};

/// Makes a request, or takes up the one that the same form made before, as it was in this version; then keeps what was
/// edited, or sends it with its link, once what is to be looked at with this address was.
///
/// # Errors
/// [`Error::NotFound`] when the id is already somebody else's; [`Error::TooManyLetters`]; database errors.
pub async fn make(
    at: &Portal,
    by: &Allowed<RequestPartnerships>,
    (new, version): (NewRequest, Option<i32>),
    sending: Option<(&Personal, Option<Email>)>,
    now: Moment,
) -> Result<Asked> {
    let sending = sending.map(|how| sending_of(&new.id, by, &new.drafted, how, &at.site)).transpose()?;
    let (may, is_sent) = (by.clone(), sending.is_some());
    let make = move |conn: &mut Connection| -> Result<Asked> {
        let asked = match version {
            None => requests::ask(conn, &may, &new, now)?,
            Some(version) => requests::asked(conn, &may, &new, version)?,
        };
        let Asked::Kept(current) = asked else { return Ok(asked) };
        let kept = match &sending {
            Some(sending) => requests::send(conn, &may, (&new.id, current), &new.drafted, sending, now)?,
            None if version.is_none() => Kept::Done,
            None => requests::keep(conn, &may, (&new.id, current), &new.drafted, now)?,
        };
        Ok(Asked::Made(kept))
    };
    // Where the same form was sent at the same time, PostgreSQL may know of the other's row and not show it yet.
    let made = match at.db.write(make.clone()).await {
        Err(Error::NotFound) => at.db.write(make).await?,
        made => made?,
    };
    at.bell.ring_if(is_sent && matches!(made, Asked::Made(Kept::Done)));
    Ok(made)
}

/// The letter of a request as it leaves, if the page showed what is to be looked at before.
fn sending_of(
    id: &PartnershipRequestId,
    sender: &Viewer,
    drafted: &Drafted,
    (personal, looked_at): (&Personal, Option<Email>),
    site: &Site,
) -> Result<Sending> {
    let (to, filled) = (&drafted.to, &drafted.text.filled(personal));
    let (link, until) = (&personal.link, &personal.until());
    let letter = letters::request::Request { sender, id, to, filled, link, until, site }.letter()?;
    Ok(Sending { letter_id: LetterId::new(), letter, looked_at })
}

/// Sends a draft as it was in this version, with its link, once what is to be looked at with this address was.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::TooManyLetters`]; database errors.
pub async fn send(
    at: &Portal,
    by: &Allowed<RequestPartnerships>,
    (id, version): (&PartnershipRequestId, i32),
    drafted: Drafted,
    sending: (&Personal, Option<Email>),
) -> Result<Kept> {
    let sending = sending_of(id, by, &drafted, sending, &at.site)?;
    let (may, id, now) = (by.clone(), *id, Moment::now());
    let send =
        move |conn: &mut Connection| requests::send(conn, &may, (&id, version), &drafted, &sending, now);
    let kept = at.db.write(send).await?;
    at.bell.ring_if(kept == Kept::Done);
    Ok(kept)
}

/// Has a letter about a request sent again. Answers whether it is, and the id of the request.
///
/// # Errors
/// [`Error::NotFound`] when it is no such letter of the viewer's organisation; database errors.
pub async fn send_again(
    at: &Portal,
    by: &Allowed<RequestPartnerships>,
    letter: LetterId,
) -> Result<(bool, String)> {
    let own = by.organisation.id;
    let find = move |conn: &mut Connection| {
        outbox::find_own(conn, &own, &letter, &[&letters::request::KIND, &letters::answer::KIND])
    };
    let about = at.db.read(find).await?.about;
    let is_queued = postage::send_again(at, by, move |conn, _| find(conn).map(Some)).await?;
    Ok((is_queued, about))
}

/// Mails a code to the address of a request, so that its owner agrees.
///
/// # Errors
/// When the letter cannot be written; [`Error::TooManyLetters`]; database errors.
pub async fn mail_code(
    at: &Portal,
    by: &Allowed<AuthorizeProviders>,
    invitation: &Invitation,
) -> Result<Mailed> {
    let (request, now, code) = (&invitation.request, Moment::now(), Code::random());
    let expires_at = works_until(now);
    // Its reader may be anywhere.
    let until = request.draft.language.time(chrono_tz::UTC, expires_at);
    let letter = letters::code::Code {
        by,
        provider: &invitation.provider.name,
        request,
        code: &code.shown(),
        until: &until,
        site: &at.site,
    };
    let new = NewCode {
        hash: code.hash(&[request.id.as_str(), by.organisation.id.as_str()]),
        expires_at,
        letter_id: LetterId::new(),
        letter: letter.letter()?,
    };
    let (may, token) = (by.clone(), request.progress.token_hash.clone());
    let mailed = at.db.write(move |conn| code::mail(conn, &may, &token, &new, now)).await?;
    at.bell.ring_if(matches!(mailed, Mailed::Now));
    Ok(mailed)
}

/// Accepts a request by one of the locations of the viewer's organisation, and tells the provider.
///
/// # Errors
/// When the letter cannot be written; database errors.
pub async fn accept(
    at: &Portal,
    by: &Allowed<AuthorizeProviders>,
    invitation: &Invitation,
    location: &Location,
    code: Option<Code>,
) -> Result<Answered> {
    let letter = letter_to(invitation, by, Verdict::Accepted { location }, &at.site)?;
    let code = code.map(|code| code.hash(&[invitation.request.id.as_str(), by.organisation.id.as_str()]));
    let given = Given { code, ..given(invitation, letter) };
    let (may, location) = (by.clone(), location.id);
    let answered = at.db.write(move |conn| answer::accept(conn, &may, &location, &given)).await?;
    at.bell.ring_if(answered == Answered::Done);
    Ok(answered)
}

/// Declines a request with a reason, and tells the provider.
///
/// # Errors
/// When the letter cannot be written; database errors.
pub async fn decline(
    at: &Portal,
    by: &Allowed<DeclineProviders>,
    invitation: &Invitation,
    reason: String,
) -> Result<Answered> {
    let letter = letter_to(invitation, by, Verdict::Declined { reason: &reason }, &at.site)?;
    let (may, given) = (by.clone(), given(invitation, letter));
    let answered = at.db.write(move |conn| answer::decline(conn, &may, &reason, &given)).await?;
    at.bell.ring_if(answered == Answered::Done);
    Ok(answered)
}

fn letter_to(invitation: &Invitation, by: &Viewer, verdict: Verdict, site: &Site) -> Result<Option<Letter>> {
    let Invitation { request, contact, .. } = invitation;
    let letter = |to| letters::answer::Answer { by, request, to, verdict, site }.letter();
    contact.as_ref().map(letter).transpose()
}

fn given(invitation: &Invitation, letter: Option<Letter>) -> Given {
    Given {
        // Whichever way somebody came: what was read is answered, or nothing.
        token: invitation.request.progress.token_hash.clone(),
        partnership: PartnershipId::new(),
        letter_id: LetterId::new(),
        letter,
        code: None,
        now: Moment::now(),
    }
}

/// What came of reminding; both name the reseller.
pub enum Reminded {
    Now(String),
    /// It was reminded not long ago, or nothing is missing that it can mend itself.
    NotNow(String),
}

/// Reminds a partner's Global admins of what it lacks.
///
/// # Errors
/// [`Error::NotFound`] when it is no partner of the viewer's organisation; [`Error::TooManyLetters`]; database errors.
pub async fn remind(
    at: &Portal,
    by: &Allowed<RemindResellers>,
    reseller: &OrganisationId,
) -> Result<Reminded> {
    let (may, of, now) = (by.clone(), *reseller, Moment::now());
    let look =
        move |conn: &mut Connection| Ok((board::find(conn, &may, &of, now)?, global_admins_of(conn, &of)?));
    let (eligibility, admins) = at.db.read(look).await?;
    let letter = |to: &RoleHolder| {
        let reminder = Reminder { by, eligibility: &eligibility, to, site: &at.site };
        Ok::<_, Error>((LetterId::new(), reminder.letter()?))
    };
    let letters = admins.iter().map(letter).collect::<Result<Vec<_>>>()?;
    let (may, of) = (by.clone(), *reseller);
    if at.db.write(move |conn| reminder::remind(conn, &may, &of, &letters, now)).await? {
        at.bell.ring();
        Ok(Reminded::Now(eligibility.name))
    } else {
        Ok(Reminded::NotNow(eligibility.name))
    }
}
