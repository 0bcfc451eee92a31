//! A draft: an order in the making, with a new customer or for an existing one. It lives in the database,
//! so that Back, reload, a second tab and tomorrow work.

pub mod customer;
pub mod store;

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use crate::catalog::model::Billing;
use crate::customers::new_account::AccountForm;
use crate::text_enum;
use crate::values::id::{CustomerId, DraftId, OfferId, OrganisationId};
use crate::values::moment::Moment;
use crate::values::quantity::Quantity;

text_enum! {
    pub enum DraftState {
        Open = "open",
        Submitted = "submitted",
        Cancelled = "cancelled",
    }
}

/// A draft of the viewer's organisation.
#[derive(Clone, Debug)]
pub struct Draft {
    pub id: DraftId,
    pub provider: OrganisationId,
    pub made_by_name: String,
    /// The customer who orders; none while the customer is new.
    pub customer: Option<CustomerId>,
    /// The New customer form exactly as typed, as JSON; empty for an existing customer.
    pub account: String,
    /// Who is to administer the new customer.
    pub reseller: Option<OrganisationId>,
    /// Who is to earn incentives for the subscriptions; empty for nobody.
    pub mpn_id: String,
    pub state: DraftState,
    pub lines: Vec<DraftLine>,
    pub updated_at: Moment,
    /// Goes up with every change, so that a page knows whether it is stale.
    pub version: i32,
}

impl Draft {
    /// The New customer form as it was last typed.
    pub fn form(&self) -> AccountForm {
        AccountForm::from_json(&self.account)
    }
}

/// Which version of the New customer form a page was drawn from: two tabs with the same one have seen the same.
/// Other changes of the draft, such as its lines, do not count.
pub fn version_of(account: &str) -> String {
    let hash = HEXLOWER.encode(&Sha256::digest(account));
    hash.chars().take(16).collect()
}

/// The steps of the wizard that a draft can stand at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Customer,
    Subscriptions,
    Review,
}

/// An offer chosen in a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftLine {
    pub offer: OfferId,
    pub quantity: Quantity,
    pub billing: Billing,
}
