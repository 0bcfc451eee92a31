//! Asking and answering, for pages of this area and of others.

use super::letters;
use super::store::answer::{Answered, Given, Invitation, give};
use crate::access::permission::AskForAgreements;
use crate::access::{Allowed, Viewer};
use crate::agreements::letters::REQUEST;
use crate::agreements::model::{Party, Request, Subject};
use crate::agreements::store::requests::{self, Answer, Asked, Kept, NewRequest, Verdict};
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::language::Language;
use crate::links::model::{DraftText, Personal};
use crate::mail::compose::Written as _;
use crate::mail::letter::Letter;
use crate::mail::outbox;
use crate::paths;
use crate::session::postage;
use crate::values::id::{AgreementRequestId, CustomerId, LetterId};
use crate::values::moment::Moment;
use crate::values::token::{Token, TokenHash};
use crate::web::{Portal, Site};

/// A request to this company, with its link and a letter in this language, before anything is kept.
///
/// # Errors
/// When the letter cannot be drafted.
pub fn prepare(
    language: Language,
    (sender, site): (&Viewer, &Site),
    party: Party,
    now: Moment,
) -> Result<(NewRequest, Token)> {
    let token = Token::random();
    Ok((request_with(&token, language, (sender, site), party, now)?, token))
}

fn request_with(
    token: &Token,
    language: Language,
    (sender, site): (&Viewer, &Site),
    party: Party,
    now: Moment,
) -> Result<NewRequest> {
    Ok(NewRequest {
        id: AgreementRequestId::new(),
        text: letters::request::begin(language, sender, &party, site)?,
        party,
        token_hash: token.hash(),
        expires_at: now.plus_days(site.link_days),
    })
}

/// Asks a customer at once, as one of many whom somebody asks, with the text that a request begins with. Answers `false`
/// where nothing was sent: it is asked already, or so many letters went there, or out for the organisation, that this one
/// is left out. Then nothing has changed.
///
/// # Errors
/// When the letter cannot be written; database errors.
pub fn ask_one_of_many(
    conn: &mut Connection,
    by: &Allowed<AskForAgreements>,
    (customer, party): (&CustomerId, Party),
    (language, token, site): (Language, &Token, &Site),
    now: Moment,
) -> Result<bool> {
    let new = request_with(token, language, (by, site), party, now)?;
    let subject = Subject::Customer(*customer);
    let Asked::New(id) = requests::ask(conn, by, &subject, &new, now)? else { return Ok(false) };
    let request = requests::find(conn, by, &id)?;
    let link = format!("{}{}", site.base_url, paths::consents::link(token.reveal()));
    let personal = Personal::of(link, token, request.progress.expires_at, language);
    let letter = letter_of(&request, by, (&request.text, &personal), site)?;
    requests::send_one_of_many(conn, by, (&request, &request.text), (&LetterId::new(), &letter), now)
}

/// Under which name the link waits in the cookie of whoever drafts the letter.
pub fn link_name(id: &AgreementRequestId) -> String {
    format!("agreement-link:{id}")
}

/// Sends a request with this text, as it was in this version.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::TooManyLetters`]; database errors.
pub async fn send(
    at: &Portal,
    by: &Allowed<AskForAgreements>,
    (request, version): (&Request, i32),
    (text, personal): (DraftText, &Personal),
) -> Result<Kept> {
    let letter = letter_of(request, by, (&text, personal), &at.site)?;
    let (may, id, letter_id, now) = (by.clone(), request.id, LetterId::new(), Moment::now());
    let send = move |conn: &mut Connection| {
        requests::send(conn, &may, (&id, version), &text, (&letter_id, &letter), now)
    };
    let kept = at.db.write(send).await?;
    at.bell.ring_if(kept == Kept::Done);
    Ok(kept)
}

/// The letter of a request as it leaves.
fn letter_of(
    request: &Request,
    sender: &Viewer,
    (text, personal): (&DraftText, &Personal),
    site: &Site,
) -> Result<Letter> {
    let (link, until, filled) = (&personal.link, &personal.until(), &text.filled(personal));
    letters::request::Request { sender, request, filled, link, until, site }.letter()
}

/// Has a letter about a request sent again. Answers whether it is.
///
/// # Errors
/// [`Error::NotFound`] when it is no letter about this request of the viewer's organisation; database errors.
pub async fn send_again(
    at: &Portal,
    by: &Allowed<AskForAgreements>,
    (request, letter): (AgreementRequestId, LetterId),
) -> Result<bool> {
    let find = move |conn: &mut Connection, by: &Allowed<AskForAgreements>| {
        let kinds = [&REQUEST, &letters::answer::KIND];
        let letter = outbox::find_own(conn, &by.organisation.id, &letter, &kinds)?;
        if letter.about == request.as_str() { Ok(Some(letter)) } else { Err(Error::NotFound) }
    };
    postage::send_again(at, by, find).await
}

/// Gives a customer's answer, with the letter to whoever is told of it.
///
/// # Errors
/// When the letter cannot be written; database errors.
pub async fn answer(
    at: &Portal,
    token: TokenHash,
    invitation: &Invitation,
    answer: Answer,
) -> Result<Answered> {
    let letter = news_of(invitation, &answer, &at.site)?;
    let given = Given { token, answer, letter, now: Moment::now() };
    let answered = at.db.write(move |conn| give(conn, &given)).await?;
    at.bell.ring_if(answered == Answered::Done);
    Ok(answered)
}

/// The letter about an answer, to whoever is told of it.
///
/// # Errors
/// When it cannot be written.
pub fn news_of(invitation: &Invitation, answer: &Answer, site: &Site) -> Result<Option<(LetterId, Letter)>> {
    let version = match &answer.verdict {
        Verdict::Accepted(_) => invitation.text.as_ref().map(|text| text.version),
        Verdict::Declined(_) => None,
    };
    let Some(to) = &invitation.contact else { return Ok(None) };
    let request = &invitation.request;
    let letter = letters::answer::Answer { to, request, answer, version, site };
    Ok(Some((LetterId::new(), letter.letter()?)))
}
