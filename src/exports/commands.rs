//! Deeds of this area that take more than what they write.

use super::store::asking::{self, Asked, Order};
use crate::access::Viewer;
use crate::error::Result;
use crate::values::moment::Moment;
use crate::web::Portal;

/// Asks for a file that a job makes.
///
/// # Errors
/// As for [`asking::ask`].
pub async fn ask(at: &Portal, by: &Viewer, order: Order) -> Result<Asked> {
    let (may, site, now) = (by.clone(), at.site.clone(), Moment::now());
    let asked = at.db.write(move |conn| asking::ask(conn, &may, &site, &order, now)).await?;
    at.job_bell.ring_if(asked == Asked::Now);
    Ok(asked)
}
