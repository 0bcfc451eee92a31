//! Deeds of this area that need letters, codes or another try beside what they write.

use super::letters;
use super::letters::answer::Verdict;
use super::model::answer::Speaker;
use super::model::{Drafted, Request, code as codes};
use super::store::acceptance::{self, Answered, Company, Given};
use super::store::answer::{self, Refusal};
use super::store::code::{self, Mailed, NewCode};
use super::store::draft::{self, Kept, Sending};
use super::store::link::Invitation;
use super::store::requests::{self, Asked, NewRequest};
use crate::access::permission::InviteCustomers;
use crate::access::{Allowed, Viewer};
use crate::customers::model::Account;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::links::model::Personal;
use crate::links::model::code::{Code, works_until};
use crate::mail::compose::Written as _;
use crate::mail::letter::Letter;
use crate::mail::outbox;
use crate::session::postage;
use crate::users::facts::first_user_name;
use crate::users::store::first::FirstAdmin;
use crate::values::country::Country;
use crate::values::email::Email;
use crate::values::id::{
    CustomerAgreementId, CustomerId, CustomerRequestId, CustomerUserId, DelegationId, LetterId, PersonId,
};
use crate::values::moment::Moment;
use crate::values::password::NewPassword;
use crate::values::person::full_name;
use crate::values::token::TokenHash;
use crate::web::{Portal, Site};

/// Makes a request, or takes up the one that the same form made before, as it was in this version; then keeps what was
/// edited, or sends it with its link, once what is to be looked at with this address was.
///
/// # Errors
/// [`Error::NotFound`] when the id is already somebody else's; [`Error::Forbidden`] where it asks for more than the
/// viewer may; [`Error::TooManyLetters`]; database errors.
pub async fn make(
    at: &Portal,
    by: &Allowed<InviteCustomers>,
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
            Some(sending) => draft::send(conn, &may, (&new.id, current), &new.drafted, sending, now)?,
            None if version.is_none() => Kept::Done,
            None => draft::keep(conn, &may, (&new.id, current), &new.drafted, now)?,
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
    id: &CustomerRequestId,
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
/// [`Error::NotFound`]; [`Error::Forbidden`] where it asks for more than the viewer may; [`Error::TooManyLetters`];
/// database errors.
pub async fn send(
    at: &Portal,
    by: &Allowed<InviteCustomers>,
    (id, version): (&CustomerRequestId, i32),
    drafted: Drafted,
    sending: (&Personal, Option<Email>),
) -> Result<Kept> {
    let sending = sending_of(id, by, &drafted, sending, &at.site)?;
    let (may, id, now) = (by.clone(), *id, Moment::now());
    let send = move |conn: &mut Connection| draft::send(conn, &may, (&id, version), &drafted, &sending, now);
    let kept = at.db.write(send).await?;
    at.bell.ring_if(kept == Kept::Done);
    Ok(kept)
}

/// Reminds the addressee of a request that was sent. Answers whether it was not done lately.
///
/// # Errors
/// When the letter cannot be written; [`Error::NotFound`]; [`Error::TooManyLetters`]; database errors.
pub async fn remind(at: &Portal, by: &Allowed<InviteCustomers>, request: &Request) -> Result<bool> {
    // Its reader may be anywhere.
    let until = request.drafted.text.language.time(chrono_tz::UTC, request.progress.expires_at);
    let letter =
        letters::reminder::Reminder { sender: by, request, until: &until, site: &at.site }.letter()?;
    let (may, id, letter_id, now) = (by.clone(), request.id, LetterId::new(), Moment::now());
    let remind = move |conn: &mut Connection| requests::remind(conn, &may, &id, (&letter_id, &letter), now);
    let is_reminded = at.db.write(remind).await?;
    at.bell.ring_if(is_reminded);
    Ok(is_reminded)
}

/// Has a letter about a request sent again. Answers whether it is.
///
/// # Errors
/// [`Error::NotFound`] when it is no letter about this request of the viewer's organisation; database errors.
pub async fn send_again(
    at: &Portal,
    by: &Allowed<InviteCustomers>,
    (request, letter): (CustomerRequestId, LetterId),
) -> Result<bool> {
    let find = move |conn: &mut Connection, by: &Allowed<InviteCustomers>| {
        let kinds = [&letters::request::KIND, &letters::reminder::KIND, &letters::answer::KIND];
        let letter = outbox::find_own(conn, &by.organisation.id, &letter, &kinds)?;
        if letter.about == request.as_str() { Ok(Some(letter)) } else { Err(Error::NotFound) }
    };
    postage::send_again(at, by, find).await
}

/// Mails a code to the address of the request behind a link.
///
/// # Errors
/// When the letter cannot be written; database errors.
pub async fn mail_code(at: &Portal, invitation: &Invitation) -> Result<Mailed> {
    let (request, now, code) = (&invitation.request, Moment::now(), Code::random());
    let (expires_at, token) = (works_until(now), request.progress.token_hash.clone());
    let until = request.drafted.text.language.time(chrono_tz::UTC, expires_at);
    let letter = letters::code::Code { request, code: &code.shown(), until: &until, site: &at.site };
    let new = NewCode {
        hash: codes::kept(&code, &request.id, &token),
        expires_at,
        letter_id: LetterId::new(),
        letter: letter.letter()?,
    };
    let mailed = at.db.write(move |conn| code::mail(conn, &token, &new, now)).await?;
    at.bell.ring_if(matches!(mailed, Mailed::Now));
    Ok(mailed)
}

/// Declines the request behind a link, and tells whoever asked. Answers whether it could be answered.
///
/// # Errors
/// When the letter cannot be written; database errors.
pub async fn decline(
    at: &Portal,
    token: TokenHash,
    invitation: &Invitation,
    (name, reason): (String, String),
) -> Result<bool> {
    let letter = letter_of(at, invitation, &name, Verdict::Declined { reason: &reason })?;
    let refusal = Refusal { token, name, reason, letter, now: Moment::now() };
    let is_done = at.db.write(move |conn| answer::decline(conn, &refusal)).await?;
    at.bell.ring_if(is_done);
    Ok(is_done)
}

/// Who accepts for which company.
pub struct By {
    pub speaker: Speaker,
    pub first_name: String,
    pub last_name: String,
    pub email: Email,
    pub country: Country,
    pub company_name: String,
}

/// Accepts the request behind a link, and tells whoever asked.
///
/// # Errors
/// When the letter cannot be written; database errors.
pub async fn accept(
    at: &Portal,
    (token, invitation): (TokenHash, &Invitation),
    by: By,
    (company, text): (Company, Option<CustomerAgreementId>),
) -> Result<Answered> {
    let visitor = full_name(by.country, &by.first_name, "", &by.last_name);
    let verdict = Verdict::Accepted { company: &by.company_name };
    let letter = letter_of(at, invitation, &visitor, verdict)?;
    let given = Given {
        token,
        speaker: by.speaker,
        first_name: by.first_name,
        last_name: by.last_name,
        email: by.email,
        visitor,
        text,
        customer: CustomerId::new(),
        delegation: DelegationId::new(),
        letter,
        now: Moment::now(),
    };
    let answered = at.db.write(move |conn| acceptance::accept(conn, &given, &company)).await?;
    at.bell.ring_if(answered == Answered::Done);
    Ok(answered)
}

/// Accepts the request behind a link for a company that is new here. Answers, too, the user name and the temporary
/// password of its first user, with a blank between them: both are shown once.
///
/// # Errors
/// [`Error::Busy`], after which nothing was done; when the letter cannot be written; database errors.
pub async fn accept_new(
    at: &Portal,
    (token, invitation): (TokenHash, &Invitation),
    account: Account,
    text: Option<CustomerAgreementId>,
) -> Result<(Answered, String)> {
    let password = NewPassword::temporary();
    let first_user = format!("{} {}", first_user_name(&account.domain), password.reveal());
    let password_hash = at.turns.take().await?.work(move |turn| password.hash(turn)).await?;
    let admin = FirstAdmin { id: CustomerUserId::new(), person: PersonId::new(), password_hash };
    let mailbox = &invitation.request.drafted.to;
    let by = By {
        speaker: Speaker::Mailbox(mailbox.clone()),
        first_name: account.first_name.clone(),
        last_name: account.last_name.clone(),
        email: mailbox.clone(),
        country: account.country,
        company_name: account.company_name.clone(),
    };
    let company = Company::New { account: Box::new(account), admin };
    Ok((accept(at, (token, invitation), by, (company, text)).await?, first_user))
}

/// The letter to whoever asked, if somebody there can be written to.
fn letter_of(
    at: &Portal,
    invitation: &Invitation,
    person: &str,
    verdict: Verdict<'_>,
) -> Result<Option<(LetterId, Letter)>> {
    let Some(to) = &invitation.contact else { return Ok(None) };
    let answer =
        letters::answer::Answer { request: &invitation.request, person, to, verdict, site: &at.site };
    Ok(Some((LetterId::new(), answer.letter()?)))
}
