//! Who answers for which company, and what accepting would do.

use crate::agreements::model::Text;
use crate::customers::model::{Agreement, Customer};
use crate::invitations::store::link::Invitation;
use crate::values::email::Email;
use crate::values::id::OrganisationId;
use crate::values::mark::mark_of;

/// Who has proved to be somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Speaker {
    /// Reads the mailbox to which the request was sent.
    Mailbox(Email),
    /// Signed in as an administrator of this company.
    Admin(OrganisationId),
}

/// What accepting would do for a company that has an account here.
#[derive(Clone, Debug)]
pub enum Effect {
    /// The provider gets an account of the company.
    Added,
    /// The provider has one already, and it stays as it is.
    Held(Box<Customer>),
    /// The provider had one, and only the provider takes that up again.
    Ended(Box<Customer>),
    /// The provider sells in another region.
    OtherRegion,
}

/// A request, and what it would mean for a company that has an account here.
#[derive(Clone, Debug)]
pub struct Proposal {
    pub invitation: Invitation,
    /// The account by which the company is known.
    pub known: Customer,
    pub effect: Effect,
    /// The customer agreement that has to be accepted with it.
    pub text: Option<Text>,
}

impl Proposal {
    /// Whose agreement counts: what the company accepted by itself; another provider's attestation does not.
    pub fn agreement(&self) -> Agreement {
        match &self.effect {
            Effect::Held(own) => own.account.agreement.clone(),
            _ if self.known.account.agreement.is_by_customer() => self.known.account.agreement.clone(),
            _ => Agreement::Awaited,
        }
    }

    /// Tells whether a page still shows what would be done.
    pub fn mark(&self) -> String {
        mark_of(&format!("{:?} {:?}", self.known.account, self.effect))
    }
}
