//! What this area says when something is done.

use askama::Template;

use crate::catalog::model::Billing;
use crate::language::filters;

/// One sentence for the next page.
#[derive(Template)]
#[template(path = "subscriptions/said.txt")]
pub enum Said {
    QuantityChanged,
    /// For the next term.
    QuantityPlanned,
    PlanWithdrawn,
    /// There are as many as before.
    Undone,
    Renamed,
    RenewsByItself,
    EndsWithTerm,
    Suspended,
    Reactivated,
    Cancelled,
    /// A trial is paid for from now on.
    Converted,
    ResellerAssigned,
    /// Nobody earns incentives from now on.
    ResellerCleared,
    TenantOwnerGiven,
    TenantOwnerWithdrawn,
    SupportContactChanged,
    BilledAnnually {
        count: usize,
    },
    BilledMonthly {
        count: usize,
    },
    /// In the list of renewals.
    NothingTicked,
    NothingChanged,
}

impl Said {
    /// What is billed otherwise from now on.
    pub fn billed(to: Billing, count: usize) -> Self {
        if to == Billing::Annual { Self::BilledAnnually { count } } else { Self::BilledMonthly { count } }
    }
}
