//! Deeds of this area that hash passwords, or need letters beside what they write.

use super::letters::address_objection::AddressObjection;
use super::letters::address_proof::AddressProof;
use super::letters::new_address::NewAddress;
use super::letters::password_link::{PasswordLink, language_of};
use super::model::{Member, Refusal};
use super::store::address::{self, Asked, OBJECTION_DAYS, PROOF_HOURS};
use super::store::list::find;
use super::store::passwords::{Added, Linked, NewMember, Purpose, Way};
use super::store::{learn_language, passwords, second_factor};
use crate::access::permission::OpenAccounts;
use crate::access::{Allowed, Viewer};
use crate::error::Result;
use crate::language::Language;
use crate::mail::compose::Written as _;
use crate::mail::letter::Letter;
use crate::paths;
use crate::session::letters::Addressee;
use crate::session::letters::account_news::{Told, notice};
use crate::session::store::addressee;
use crate::session::tally::Network;
use crate::values::email::Email;
use crate::values::id::{LetterId, PersonId};
use crate::values::moment::Moment;
use crate::values::password::NewPassword;
use crate::values::token::{Token, TokenHash};
use crate::web::{Portal, Site};

/// Adds a member, with a mailed link or a temporary password, which is answered.
///
/// # Errors
/// [`crate::error::Error::Busy`], after which nothing was done; database errors.
pub async fn add(
    at: &Portal,
    by: &Allowed<OpenAccounts>,
    new: &NewMember,
    typed_way: &str,
) -> Result<(Added, Option<NewPassword>)> {
    let to = Addressee {
        person: new.id,
        organisation: by.organisation.id,
        name: new.name.clone(),
        account: new.email.clone(),
        email: new.email.clone(),
        zone: by.zone,
        language: by.language,
    };
    let (way, password) = way(at, by, &to, (Purpose::Invitation, typed_way)).await?;
    let (may, new, now) = (by.clone(), new.clone(), Moment::now());
    let added = at.db.write(move |conn| passwords::add_member(conn, &may, &new, &way, now)).await?;
    at.bell.ring_if(added == Added::Now && password.is_none());
    Ok((added, password))
}

/// Gives a member a new password, by a mailed link or a temporary one, which is answered.
///
/// # Errors
/// [`crate::error::Error::Busy`], after which nothing was done; database errors.
pub async fn reset_password(
    at: &Portal,
    by: &Allowed<OpenAccounts>,
    (member, version): (&Member, i32),
    typed_way: &str,
) -> Result<Result<Option<NewPassword>, Refusal>> {
    let of = member.id;
    let to = at.db.read(move |conn| addressee(conn, &of)).await?;
    let (way, password) = way(at, by, &to, (passwords::purpose(member), typed_way)).await?;
    let (may, of, now) = (by.clone(), member.id, Moment::now());
    let reset = at.db.write(move |conn| passwords::reset(conn, &may, (&of, version), &way, now)).await?;
    at.bell.ring_if(reset.is_ok() && password.is_none());
    Ok(reset.map(|()| password))
}

/// What is made before the transaction: a link in a letter, or a temporary password with its hash.
async fn way(
    at: &Portal,
    by: &Allowed<OpenAccounts>,
    to: &Addressee,
    (purpose, typed): (Purpose, &str),
) -> Result<(Way, Option<NewPassword>)> {
    if typed == "mail" {
        return Ok((by_mail(by, to, purpose, &at.site)?, None));
    }
    let (password, hash) = at.turns.take().await?.work(NewPassword::temporary_hashed).await?;
    let told = Told::PasswordReset { by: &by.name };
    let notice = Box::new(notice(to, told, Moment::now(), &at.site)?);
    Ok((Way::Temporary { hash, notice }, Some(password)))
}

fn by_mail(by: &Viewer, to: &Addressee, purpose: Purpose, site: &Site) -> Result<Way> {
    let token = Token::random();
    let until = language_of(to, Some(by)).time(to.zone, Moment::now().plus_seconds(purpose.hours() * 3600));
    let link = format!("{}{}", site.base_url, paths::people::set_password(token.reveal()));
    let letter = PasswordLink { by: Some(by), to, purpose, link: &link, until: &until, site }.letter()?;
    Ok(Way::Mail { token: token.hash(), id: LetterId::new(), letter: Box::new(letter) })
}

/// Sets the password that whoever holds a link has chosen, in a browser that is known from now on. Answers `false` when
/// the link works no more.
///
/// # Errors
/// [`crate::error::Error::Busy`], after which nothing was done; database errors.
pub async fn choose_password(
    at: &Portal,
    (linked, token): (&Linked, &Token),
    password: NewPassword,
    (browser, network, language): (&Token, Network, Language),
) -> Result<bool> {
    let hash = at.turns.take().await?.work(move |turn| password.hash(turn)).await?;
    let (now, person) = (Moment::now(), linked.person);
    let known = at.db.read(move |conn| addressee(conn, &person)).await?;
    let whom = Addressee { language: known.language.or(Some(language)), ..known };
    let notice = notice(&whom, Told::PasswordChanged, now, &at.site)?;
    let (token, browser) = (token.hash(), browser.hash());
    let set = at
        .db
        .write(move |conn| {
            let set = passwords::set_by_link(conn, (&token, &browser, &network), &hash, &notice, now)?;
            if set {
                learn_language(conn, &whom.person, language)?;
            }
            Ok(set)
        })
        .await?;
    at.bell.ring_if(set);
    Ok(set)
}

/// Removes the second factor of a member who has lost it, and tells them. Answers whether there was one.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when there is no such member; database errors.
pub async fn remove_second_factor(
    at: &Portal,
    by: &Allowed<OpenAccounts>,
    id: &PersonId,
) -> Result<Result<bool, Refusal>> {
    let (own, of, now) = (by.organisation.id, *id, Moment::now());
    let to =
        at.db.read(move |conn| find(conn, &own, &of).and_then(|member| addressee(conn, &member.id))).await?;
    let letter = notice(&to, Told::SecondFactorReset { by: &by.name }, now, &at.site)?;
    let (may, of) = (by.clone(), *id);
    let removed = at.db.write(move |conn| second_factor::reset(conn, &may, &of, &letter, now)).await?;
    at.bell.ring_if(removed.is_ok());
    Ok(removed)
}

/// Mails a link by which the viewer proves an address: the one of now, or another that takes its place then. Answers in
/// how many seconds it can be asked for again, when it was asked for too often.
///
/// # Errors
/// Database errors.
pub async fn mail_address_link(at: &Portal, by: &Viewer, email: &Email) -> Result<i64> {
    let (asked, by, now) = (asked(by, email, &at.site)?, by.clone(), Moment::now());
    let wait = at.db.write(move |conn| address::ask(conn, &by, &asked, now)).await?;
    at.bell.ring_if(wait == 0);
    Ok(wait)
}

/// The links and letters by which an address is proved, or takes the place of the one of now.
fn asked(viewer: &Viewer, email: &Email, site: &Site) -> Result<Asked> {
    let (token, now) = (Token::random(), Moment::now());
    let link = format!("{}{}", site.base_url, paths::people::email_proof(token.reveal()));
    let until = viewer.language.unwrap_or_default().time(viewer.zone, now.plus_seconds(PROOF_HOURS * 3600));
    let (link, until, is_change) = (link.as_str(), until.as_str(), *email != viewer.email);
    let letter = match is_change {
        true => NewAddress { viewer, to: email, link, until, site }.letter()?,
        false => AddressProof { viewer, link, until, site }.letter()?,
    };
    Ok(Asked {
        email: email.clone(),
        token: token.hash(),
        letter: (LetterId::new(), letter),
        objection: if is_change { Some(objection(viewer, email, now, site)?) } else { None },
    })
}

/// The link by which whoever reads the old mailbox objects, in its letter.
fn objection(
    viewer: &Viewer,
    new: &Email,
    now: Moment,
    site: &Site,
) -> Result<(TokenHash, (LetterId, Letter))> {
    let token = Token::random();
    let link = format!("{}{}", site.base_url, paths::people::email_objection(token.reveal()));
    let until =
        viewer.language.unwrap_or_default().time(viewer.zone, now.plus_seconds(OBJECTION_DAYS * 24 * 3600));
    let letter = AddressObjection { viewer, new, link: &link, until: &until, site }.letter()?;
    Ok((token.hash(), (LetterId::new(), letter)))
}
