//! What only this area finds wrong with what was typed.

use askama::Template;

use crate::language::filters;
use crate::values::country::Country;
use crate::values::problem::Worded;

/// `templates/transfers/wrong.txt` says what to do about it.
#[derive(Template)]
#[template(path = "transfers/wrong.txt")]
pub enum Wrong {
    UnknownPartner,
    /// Several are called so.
    Ambiguous,
    /// One's own organisation, or the reseller that has the subscriptions already.
    Oneself,
    /// A provider of another country than the customer's.
    OtherCountry {
        country: Country,
    },
    /// The company is no customer of that provider.
    NoRelationship,
    /// It is not enrolled, or suspended.
    NotNow,
    /// A reseller can pass subscriptions on to a reseller of the same provider only.
    OnlyResellers,
    /// The reseller is no partner of the provider that has the subscriptions.
    NotItsPartner,
    NothingChosen,
    /// One of those that were chosen cannot be moved by now.
    CannotMove {
        name: String,
    },
    /// No reseller is named, so there is nobody from whom it could be passed on.
    NamesNobody {
        name: String,
    },
    /// The provider does not let the new reseller be named on it.
    Closed {
        name: String,
    },
    /// They name different resellers.
    SeveralResellers,
    /// What is refused is refused for a reason.
    NoReason,
    BeforeToday,
    TooLate,
    /// Nothing moves before the customer has consented.
    BeforeConsent,
}

impl Worded for Wrong {}
