//! Deeds of this area that may take a letter beside what they write.

use super::form::Accepting;
use super::store::agreements::{self, Accepted, Standing};
use crate::access::Allowed;
use crate::access::permission::AcceptOwnAgreement;
use crate::consents::commands::news_of;
use crate::consents::store::answer::invitation;
use crate::error::Result;
use crate::language::Language;
use crate::values::moment::Moment;
use crate::web::Portal;

/// Accepts the agreement for an account. Where its provider asked by a link that still works, this is the answer to it,
/// of which whoever asked is told by letter.
///
/// # Errors
/// When the letter cannot be written; database errors.
pub async fn accept(
    at: &Portal,
    by: &Allowed<AcceptOwnAgreement>,
    (standing, language): (&Standing, Language),
    accepting: Accepting,
) -> Result<Accepted> {
    let now = Moment::now();
    let letter = match standing.open_request(now) {
        Some(request) => {
            let link = request.progress.token_hash.clone();
            match at.db.read(move |conn| invitation(conn, &link, language)).await? {
                Some(invitation) => news_of(&invitation, &accepting.answer(), &at.site)?,
                None => None,
            }
        }
        None => None,
    };
    let (by, id) = (by.clone(), standing.account.id);
    let accepted = at
        .db
        .write(move |conn| agreements::accept(conn, &by, (&id, &accepting, language), letter.as_ref(), now))
        .await?;
    at.bell.ring_if(accepted == Accepted::Now);
    Ok(accepted)
}
