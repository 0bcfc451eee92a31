//! Deeds of this area that take more than what they write.

use super::store::asking::{self, Asked, Order};
use super::store::closing;
use crate::access::permission::SeeExports;
use crate::access::{Allowed, Viewer};
use crate::error::Result;
use crate::values::id::ExportId;
use crate::values::moment::Moment;
use crate::web::Portal;

/// Asks for a file that a job makes.
///
/// # Errors
/// As for [`asking::ask`].
pub async fn ask(at: &Portal, by: &Viewer, order: Order) -> Result<Asked> {
    let (may, now) = (by.clone(), Moment::now());
    let asked = at.db.write(move |conn| asking::ask(conn, &may, &order, now)).await?;
    at.job_bell.ring_if(asked == Asked::Now);
    Ok(asked)
}

/// Stops the making of a file. Answers `false` when it had come to its end by then.
///
/// # Errors
/// As for [`closing::stop`].
pub async fn stop(at: &Portal, by: &Allowed<SeeExports>, id: ExportId) -> Result<bool> {
    let (may, site, now) = (by.clone(), at.site.clone(), Moment::now());
    let stopped = at.db.write(move |conn| closing::stop(conn, &may, &id, &site, now)).await?;
    at.bell.ring_if(stopped);
    Ok(stopped)
}
