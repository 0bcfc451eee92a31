//! What only this area finds wrong with rows of a file.

use askama::Template;
use chrono::NaiveDate;

use crate::language::filters;
use crate::values::currency::Currency;
use crate::values::problem::Worded;

/// `templates/azure/wrong.txt` says what to do about it.
#[derive(Template)]
#[template(path = "azure/wrong.txt")]
pub enum Wrong {
    /// No subscription of the provider's customers that is billed by usage.
    UnknownSubscription,
    /// None that is called so in Azure.
    UnknownEntitlement,
    /// The subscription is called otherwise in Azure.
    OtherEntitlement,
    /// None of a customer with this domain.
    NothingByUsage,
    /// The domain is not that of the subscription's customer.
    OtherCustomer,
    /// The domain alone does not tell.
    WhichSubscription,
    BeforeItBegan {
        day: NaiveDate,
    },
    AfterItEnded {
        day: NaiveDate,
    },
    OtherCurrency {
        own: Currency,
    },
    /// The same subscription, day and meter stand above.
    AlreadyInLine {
        line: u64,
    },
    /// A row that is not as long as the heads.
    CellCount {
        found: usize,
        expected: usize,
    },
}

impl Worded for Wrong {}
