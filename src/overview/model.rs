//! What there is to know of a customer at a glance.

mod coming;
mod running;

pub use coming::{Coming, Event, coming};
pub use running::Running;

use crate::customers::store::account::CustomerAccount;
use crate::endings::facts::Notice;
use crate::partners::model::eligibility::Missing;
use crate::subscriptions::model::Earner;
use crate::values::email::Email;

/// A customer with everything that its first page says.
#[derive(Clone, Debug)]
pub struct Overview {
    pub account: CustomerAccount,
    pub running: Running,
    /// What ends or renews next.
    pub coming: Vec<Coming>,
    /// Who earns incentives, and for how many subscriptions each.
    pub earners: Vec<(Earner, usize)>,
    /// Who helps, and with how many subscriptions each.
    pub helpers: Vec<(Helper, usize)>,
    pub wrong: Vec<Wrong>,
    /// What is planned for the relationship itself, or came of that.
    pub notices: Vec<Notice>,
}

/// Who helps the customer, as far as a viewer may know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Helper {
    Known(String),
    /// Another reseller than the one who looks.
    Another,
}

/// What somebody has to mend. `templates/overview/wrong.html` says how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// The customer has not accepted the customer agreement.
    AgreementMissing,
    /// A letter to the customer's contact could not be delivered, and none has arrived since.
    ContactGone { email: Email },
    /// A reseller that administers the customer can be named for nothing new.
    Lacking { reseller: String, lack: Missing },
    /// A reseller that administers the customer, or earns, is no partner any more.
    NoPartner { reseller: String },
    /// The designated support contact no longer deals with the customer, so the provider helps.
    SupportLapsed { reseller: String, subscriptions: usize },
}
