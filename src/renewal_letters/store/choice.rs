//! Who asked for letters.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::access::Allowed;
use crate::access::permission::SeeRenewals;
use crate::db::Connection;
use crate::db::schema::renewal_letters;
use crate::error::Result;

/// How many days ahead the viewer's letters look; nothing where the viewer gets none.
///
/// # Errors
/// Database errors.
pub fn of(conn: &mut Connection, by: &Allowed<SeeRenewals>) -> Result<Option<u64>> {
    let own = renewal_letters::table.find(&by.person).select(renewal_letters::days_ahead);
    let days: Option<i32> = own.first(conn).optional()?;
    Ok(days.and_then(|days| u64::try_from(days).ok()))
}

/// Chooses. The first letter comes at once, and then one each Monday; another choice does not make one come earlier.
/// Answers whether anything changed.
///
/// # Errors
/// Database errors.
pub fn set(
    conn: &mut Connection,
    by: &Allowed<SeeRenewals>,
    days: Option<u64>,
    today: NaiveDate,
) -> Result<bool> {
    let former = of(conn, by)?;
    if former == days {
        return Ok(false);
    }
    let own = renewal_letters::table.find(&by.person);
    match (days.and_then(|days| i32::try_from(days).ok()), former) {
        (Some(days), Some(_)) => {
            diesel::update(own).set(renewal_letters::days_ahead.eq(days)).execute(conn)?
        }
        (Some(days), None) => diesel::insert_into(renewal_letters::table)
            .values((
                renewal_letters::person_id.eq(&by.person),
                renewal_letters::days_ahead.eq(days),
                renewal_letters::next_on.eq(today),
            ))
            .execute(conn)?,
        (None, _) => diesel::delete(own).execute(conn)?,
    };
    Ok(true)
}
