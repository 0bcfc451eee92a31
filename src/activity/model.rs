//! What a record says.

use serde::{Deserialize, Serialize};

use crate::text_enum;
use crate::values::id::CustomerId;

text_enum! {
    /// What was done. `templates/activity/words.html` names it for people.
    pub enum Action {
        RequestPartnership = "request_partnership",
        SendPartnershipRequest = "send_partnership_request",
        RenewPartnershipRequest = "renew_partnership_request",
        RevokePartnershipRequest = "revoke_partnership_request",
        DeclinePartnership = "decline_partnership",
        CreatePartnership = "create_partner_relationship",
        RemovePartnership = "remove_partner_relationship",
        AddCustomer = "add_customer",
        CreateOrder = "create_order",
        CancelDraft = "cancel_draft",
        UpdateSubscription = "update_subscription",
        SuspendSubscription = "suspend_subscription",
        ReactivateSubscription = "reactivate_subscription",
        CreateMpnAssociation = "create_mpn_association",
        UpdateMpnAssociation = "update_mpn_association",
        RemoveMpnAssociation = "remove_mpn_association",
        AssignSupportContact = "assign_support_contact",
        CreateDelegation = "create_delegation",
        EndDelegation = "end_delegation",
        ResetCustomerPassword = "reset_customer_user_password",
        SignIn = "sign_in",
        ChangePassword = "change_password",
        SendLetterAgain = "send_letter_again",
    }
}

text_enum! {
    pub enum Outcome {
        Succeeded = "succeeded",
        /// Tried and refused by a rule.
        Failed = "failed",
    }
}

/// One value that changed. `field` is a key that `templates/activity/words.html` names for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub field: String,
    pub old: String,
    pub new: String,
}

impl Change {
    pub fn new(field: &str, old: impl ToString, new: impl ToString) -> Self {
        Self { field: field.to_owned(), old: old.to_string(), new: new.to_string() }
    }

    /// A value that was not there before.
    pub fn set(field: &str, new: impl ToString) -> Self {
        Self::new(field, "", new)
    }
}

/// What is to be recorded; who did it and for whom is added by the store.
#[derive(Clone, Debug)]
pub struct Entry {
    pub action: Action,
    pub customer: Option<(CustomerId, String)>,
    /// The thing it was done to: a kind such as "subscription", its id and its name.
    pub subject: (&'static str, String, String),
    pub changes: Vec<Change>,
    pub outcome: Outcome,
}

impl Entry {
    /// A success without a customer and without values.
    pub fn new(action: Action, kind: &'static str, id: impl ToString, name: impl ToString) -> Self {
        Self {
            action,
            customer: None,
            subject: (kind, id.to_string(), name.to_string()),
            changes: Vec::new(),
            outcome: Outcome::Succeeded,
        }
    }

    #[must_use]
    pub fn for_customer(self, id: &CustomerId, name: &str) -> Self {
        Self { customer: Some((id.clone(), name.to_owned())), ..self }
    }

    #[must_use]
    pub fn with(mut self, changes: impl IntoIterator<Item = Change>) -> Self {
        self.changes.extend(changes);
        self
    }

    #[must_use]
    pub fn failed(self) -> Self {
        Self { outcome: Outcome::Failed, ..self }
    }
}
