//! What is needed before the new partner can take anything over, besides that everybody says yes.

use super::partner::can_still;
use crate::customers::model::Readiness;
use crate::customers::store::readiness;
use crate::db::Connection;
use crate::error::Result;
use crate::transfers::model::{Kind, Transfer};

/// How far it is.
#[derive(Clone, Copy, Debug)]
pub enum Ready {
    /// The company's account with the new provider.
    Account(Readiness),
    /// Whether the reseller can be named for something new.
    Reseller(bool),
    /// Nobody here can tell.
    Elsewhere,
}

impl Ready {
    pub fn is_ready(self) -> bool {
        match self {
            Self::Account(account) => account.is_lasting && account.is_accepted && account.is_complete,
            Self::Reseller(can) => can,
            Self::Elsewhere => true,
        }
    }
}

/// How far it is with a file.
///
/// # Errors
/// Database errors.
pub fn of(conn: &mut Connection, transfer: &Transfer) -> Result<Ready> {
    Ok(match (transfer.kind, &transfer.target_customer, &transfer.target) {
        (Kind::Provider, Some(account), _) => Ready::Account(readiness(conn, account)?),
        (Kind::Reseller, _, Some(reseller)) => {
            Ready::Reseller(can_still(conn, &transfer.provider, reseller)?)
        }
        _ => Ready::Elsewhere,
    })
}
