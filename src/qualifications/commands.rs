//! Deciding, with the letter that tells whoever asked.

use super::letters::decided::DecidedLetter;
use super::store::deciding::{self, Case, Decided, Decision, Verdict};
use crate::access::permission::DecideQualifications;
use crate::access::{Allowed, Role};
use crate::error::Result;
use crate::mail::compose::Written as _;
use crate::people::facts::holder;
use crate::values::id::LetterId;
use crate::values::moment::Moment;
use crate::web::Portal;

/// Decides a case as it was seen.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; database errors.
pub async fn decide(
    at: &Portal,
    by: &Allowed<DecideQualifications>,
    (case, version): (&Case, i32),
    verdict: Verdict,
) -> Result<Decided> {
    let (provider, asker) = (case.review.provider, case.review.asked_by);
    // Whoever left in the meantime is not written to; the others are told all the same.
    let to = at.db.read(move |conn| holder(conn, &provider, Role::ALL, &asker)).await?;
    let customer = &case.customer.account.company_name;
    let letter =
        |to| DecidedLetter { to, review: &case.review, customer, verdict: &verdict, by, site: &at.site };
    let letter = to.as_ref().map(|to| letter(to).letter()).transpose()?;
    let decision = Decision { letter: letter.map(|letter| (LetterId::new(), letter)), verdict };
    let (by, id, now) = (by.clone(), case.review.id, Moment::now());
    let decided =
        at.db.write(move |conn| deciding::decide(conn, &by, (&id, version), &decision, now)).await?;
    at.bell.ring_if(decided == Decided::Now);
    Ok(decided)
}
