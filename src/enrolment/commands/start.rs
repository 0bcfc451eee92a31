//! Beginning to enrol: the letter with the link, or the one that says why there is none.

use super::day;
use crate::enrolment::letters::Applicant;
use crate::enrolment::letters::account::Account;
use crate::enrolment::letters::link::Link;
use crate::enrolment::letters::standing::Standing;
use crate::enrolment::model::{Kind, LINK_DAYS, counted_by};
use crate::enrolment::store::start::{self, Beginning, Begun};
use crate::enrolment::way_back::WayBack;
use crate::error::Result;
use crate::language::Language;
use crate::mail::compose::Written as _;
use crate::partners::store::operator::Operator;
use crate::paths;
use crate::session::tally::Network;
use crate::values::email::Email;
use crate::values::id::{EnrolmentId, LetterId};
use crate::values::moment::Moment;
use crate::values::token::Token;
use crate::web::Portal;

/// Mails a personal link to whoever begins, by name, address and language. The partnership link that led here, if one did, takes
/// them back afterwards.
///
/// # Errors
/// Database errors.
pub async fn begin(
    at: &Portal,
    operator: &Operator,
    kind: Kind,
    (name, email, language): (&str, &Email, Language),
    (way, network): (Option<&WayBack>, &Network),
) -> Result<Begun> {
    let (id, token, now) = (EnrolmentId::new(), Token::random(), Moment::now());
    let link = format!("{}{}", at.site.base_url, paths::enrolment::link(token.reveal()));
    let sign_in = format!("{}{}", at.site.base_url, paths::session::sign_in());
    let until = day(language, now.plus_days(LINK_DAYS));
    let to = Applicant { id: &id, email, language, operator, site: &at.site };
    let (link, until) = (link.as_str(), until.as_str());
    let new = Beginning {
        kind,
        person_name: name.to_owned(),
        language,
        token_hash: token.hash(),
        invited_by: way.map(|way| way.token().hash()),
        sealed_next: way.map(|way| way.seal(&at.vault, kind, email)).transpose()?,
        letter_id: LetterId::new(),
        link: Link { to, kind, link, until }.letter()?,
        standing: Standing { to, kind, link, until }.letter()?,
        account: Account { to, link: &sign_in }.letter()?,
        id,
        email: email.clone(),
    };
    let subjects = counted_by(email, network);
    let begun = at.db.write(move |conn| start::begin(conn, &new, &subjects, now)).await?;
    at.bell.ring_if(begun == Begun::Mailed);
    Ok(begun)
}
