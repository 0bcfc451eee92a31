//! Pages of this area.

pub mod agreements;
pub mod provider;
pub mod relationships;
pub mod reseller;
pub mod subscriptions;

use crate::customers::store::delegated_admin::Decided;
use crate::error::{Error, Result};
use crate::self_service::said::Said;
use crate::values::id::CustomerId;

fn account_id(text: &str) -> Result<CustomerId> {
    CustomerId::parse(text).ok_or(Error::NotFound)
}

/// What is said of a decision by which a partner is let in, or is not any more.
fn said(decided: &Decided, is_return: bool) -> Said<'_> {
    match decided {
        Decided::Now { partner } if is_return => Said::Given { partner },
        Decided::Now { partner } => Said::Removed { partner },
        Decided::Already { partner } if is_return => Said::GivenAlready { partner },
        Decided::Already { partner } => Said::RemovedAlready { partner },
        Decided::Impossible { partner } => Said::Impossible { partner },
    }
}
