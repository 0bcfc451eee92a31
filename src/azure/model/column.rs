//! The columns of a file of usage.

use crate::sheets::{self, Limits};

/// What a file of usage may have.
pub const LIMITS: Limits = Limits::of(8_000_000, 20_000);

/// A file of usage.
pub type Sheet = sheets::Sheet<Column>;

/// One thing that a row says, in the order of the sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    Domain,
    Subscription,
    Entitlement,
    Day,
    Service,
    Meter,
    Quantity,
    Unit,
    Cost,
    Currency,
}

impl Column {
    pub const ALL: [Self; 10] = [
        Self::Domain,
        Self::Subscription,
        Self::Entitlement,
        Self::Day,
        Self::Service,
        Self::Meter,
        Self::Quantity,
        Self::Unit,
        Self::Cost,
        Self::Currency,
    ];

    /// The head in the sample. Heads are stable: programs write them.
    pub fn head(self) -> &'static str {
        self.names().first().copied().unwrap_or_default()
    }

    /// As problems name it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Domain => "domain",
            Self::Subscription => "subscription_id",
            Self::Entitlement => "entitlement_id",
            Self::Day => "day",
            Self::Service => "service",
            Self::Meter => "meter",
            Self::Quantity => "quantity",
            Self::Unit => "unit",
            Self::Cost => "cost",
            Self::Currency => "currency",
        }
    }

    /// Its own head, and those of reports that providers get.
    fn names(self) -> &'static [&'static str] {
        match self {
            Self::Domain => &["Customer domain", "Primary domain name", "Customer domain name", "Domain"],
            Self::Subscription => &["Subscription ID"],
            Self::Entitlement => &["Entitlement ID", "Azure subscription ID", "Azure entitlement ID"],
            Self::Day => &["Day", "Date", "Usage date"],
            Self::Service => &["Service", "Service name", "Meter category"],
            Self::Meter => &["Meter", "Meter name"],
            Self::Quantity => &["Quantity", "Consumed quantity"],
            Self::Unit => &["Unit", "Unit of measure"],
            Self::Cost => &["Cost before tax", "Cost", "Pretax cost", "Billing pre tax total"],
            Self::Currency => &["Currency", "Billing currency"],
        }
    }
}

impl sheets::Column for Column {
    fn all() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter()
    }

    fn heads(self) -> Vec<String> {
        self.names().iter().map(|name| (*name).to_owned()).collect()
    }

    fn is_required(self) -> bool {
        !matches!(self, Self::Domain | Self::Subscription | Self::Entitlement | Self::Currency)
    }
}
