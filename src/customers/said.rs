//! What this area says when something is done.

use askama::Template;

use crate::language::filters;

/// One sentence for the next page.
#[derive(Template)]
#[template(path = "customers/said.txt")]
pub enum Said<'a> {
    AgreementRecorded,
    AccountChanged,
    /// It has the name of another customer by now.
    AccountChangedToNamesake {
        domain: &'a str,
    },
    Associated {
        reseller: &'a str,
    },
    Replaced {
        reseller: &'a str,
        former: &'a str,
    },
    AssociatedBefore {
        reseller: &'a str,
    },
    DelegationEnded {
        reseller: &'a str,
    },
    DelegationEndedAlready {
        reseller: &'a str,
    },
    /// At most so many customers are ticked one by one.
    TooManyTicked {
        most: i64,
    },
    NothingChanged,
}
