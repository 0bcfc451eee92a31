//! The operator's decision, with the letter that tells the applicant.

use super::approval::founder;
use super::{day, known_operator};
use crate::access::Allowed;
use crate::access::permission::DecideEnrolments;
use crate::enrolment::letters::Applicant;
use crate::enrolment::letters::refused::Refused;
use crate::enrolment::model::{Details, Enrolment, LINK_DAYS};
use crate::enrolment::store::decision::{self, Decided, Refusal};
use crate::enrolment::store::list::last_letter;
use crate::error::Result;
use crate::mail::compose::Written as _;
use crate::paths;
use crate::session::postage;
use crate::values::id::{EnrolmentId, LetterId};
use crate::values::moment::Moment;
use crate::values::token::Token;
use crate::web::Portal;

/// Approves an enrolment as it was seen.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; database errors.
pub async fn approve(
    at: &Portal,
    by: &Allowed<DecideEnrolments>,
    (enrolment, version): (&Enrolment, i32),
    details: &Details,
) -> Result<Decided> {
    let operator = known_operator(at).await?;
    let founder = founder(at, &operator, (enrolment, details), Some(&by.email))?;
    let (by, id, now) = (by.clone(), enrolment.id, Moment::now());
    let decided =
        at.db.write(move |conn| decision::approve(conn, &by, (&id, version), &founder, now)).await?;
    at.bell.ring_if(decided == Decided::Done);
    Ok(decided)
}

/// Has the last letter to the applicant sent again. Answers whether it is.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; database errors.
pub async fn send_again(
    at: &Portal,
    by: &Allowed<DecideEnrolments>,
    (id, letter): (EnrolmentId, LetterId),
) -> Result<bool> {
    postage::send_again(at, by, move |conn, by| last_letter(conn, by, (&id, &letter))).await
}

/// Refuses an enrolment as it was seen. The letter says why, and its link leads to where that can be mended.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; database errors.
pub async fn refuse(
    at: &Portal,
    by: &Allowed<DecideEnrolments>,
    (enrolment, version): (&Enrolment, i32),
    reason: String,
) -> Result<Decided> {
    let (operator, token, now) = (known_operator(at).await?, Token::random(), Moment::now());
    let link = format!("{}{}", at.site.base_url, paths::enrolment::link(token.reveal()));
    let until = day(enrolment.language, now.plus_days(LINK_DAYS));
    let letter = Refused {
        to: Applicant::of(enrolment, &operator, &at.site),
        name: &enrolment.person_name,
        company: &enrolment.company_name,
        by,
        reason: &reason,
        link: &link,
        until: &until,
    };
    let letter = (LetterId::new(), letter.letter()?);
    let refusal = Refusal { reason, token_hash: token.hash(), letter };
    let (by, id) = (by.clone(), enrolment.id);
    let decided = at.db.write(move |conn| decision::refuse(conn, &by, (&id, version), &refusal, now)).await?;
    at.bell.ring_if(decided == Decided::Done);
    Ok(decided)
}
