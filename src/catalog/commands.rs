//! Deeds of this area that are more than one step in the store.

use super::model::definition::Definition;
use super::store::keeping::{self, Added};
use crate::access::Allowed;
use crate::access::permission::ManageCatalog;
use crate::error::Result;
use crate::values::id::OfferId;
use crate::values::moment::Moment;
use crate::web::{Portal, Problems};

/// Adds an offer and answers its id, which is another one than the page sent where that was used before: the page came
/// back with Back and was filled in anew. Answers what is wrong where the offer cannot be taken.
///
/// # Errors
/// Database errors.
pub async fn add(
    at: &Portal,
    by: &Allowed<ManageCatalog>,
    sent: OfferId,
    said: &Definition,
    now: Moment,
) -> Result<Result<OfferId, Problems>> {
    let mut id = sent;
    loop {
        let (by, tried, wanted) = (by.clone(), id, said.clone());
        match at.db.write(move |conn| keeping::add(conn, &by, &tried, &wanted, now)).await? {
            Added::Now | Added::Before => return Ok(Ok(id)),
            Added::Refused(problems) => return Ok(Err(problems)),
            Added::BeforeWithAnother => id = OfferId::new(),
        }
    }
}

/// Withdraws an offer or brings it back, and answers its name.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; database errors.
pub async fn set_available(
    at: &Portal,
    by: &Allowed<ManageCatalog>,
    id: &OfferId,
    is_available: bool,
    now: Moment,
) -> Result<String> {
    let (by, id) = (by.clone(), *id);
    at.db
        .write(move |conn| {
            keeping::set_available(conn, &by, &id, is_available, now)?;
            Ok(keeping::find(conn, &id, now.day())?.definition.name)
        })
        .await
}
