//! With which providers a company may buy reservations by itself.

use super::permissions::{self, Permission};
use crate::access::Allowed;
use crate::access::permission::SeeOwnSubscriptions;
use crate::customers::facts::{accounts_held, has_ended};
use crate::db::Connection;
use crate::error::Result;
use crate::partners::facts::name_of;
use crate::values::id::CustomerId;
use crate::values::moment::Moment;

/// An account of the company with a provider.
#[derive(Clone, Debug)]
pub struct Account {
    pub id: CustomerId,
    pub provider: String,
    /// None where the provider does not let it buy.
    pub permission: Option<Permission>,
}

/// The accounts of the viewer's company that have not ended.
///
/// # Errors
/// Database errors.
pub fn accounts(
    conn: &mut Connection,
    by: &Allowed<SeeOwnSubscriptions>,
    now: Moment,
) -> Result<Vec<Account>> {
    let mut accounts = Vec::new();
    for held in accounts_held(conn, &by.organisation.id)? {
        if has_ended(conn, &held.id)? {
            continue;
        }
        let permission = permissions::of(conn, &held.id, now)?;
        accounts.push(Account { id: held.id, provider: name_of(conn, &held.provider_id)?, permission });
    }
    Ok(accounts)
}
