//! Deeds of this area that need letters or a hashed password beside what they write.

mod approval;
pub mod decision;
pub mod handing_in;
pub mod password;
pub mod start;

use crate::error::{Error, Result};
use crate::language::Language;
use crate::partners::store::operator::{Operator, operator};
use crate::values::moment::Moment;
use crate::web::Portal;

/// The operator of an installation in which something was begun.
async fn known_operator(at: &Portal) -> Result<Operator> {
    let known = at.db.read(operator).await?;
    known.ok_or_else(|| Error::Internal(anyhow::anyhow!("there is no operator")))
}

/// A day as letters name it.
fn day(language: Language, moment: Moment) -> String {
    language.long_date(moment.at(chrono_tz::UTC).date_naive())
}
