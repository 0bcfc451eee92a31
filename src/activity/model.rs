//! What a record says.

mod author;

use chrono::{NaiveDate, NaiveTime, TimeDelta, TimeZone as _};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

pub use author::Author;

use crate::text_enum;
use crate::values::currency::Currency;
use crate::values::id::{ActivityId, CustomerId};
use crate::values::moment::Moment;

text_enum! {
    /// What was done. The area that does it names it for people, in `templates/<area>/glossary.ini`.
    pub enum Action {
        RequestPartnership = "request_partnership",
        SendPartnershipRequest = "send_partnership_request",
        UpdatePartnershipRequest = "update_partnership_request",
        RenewPartnershipRequest = "renew_partnership_request",
        RevokePartnershipRequest = "revoke_partnership_request",
        DeclinePartnership = "decline_partnership",
        CreatePartnership = "create_partner_relationship",
        ChangePartnershipLocation = "change_partnership_location",
        RemovePartnership = "remove_partner_relationship",
        AddCustomer = "add_customer",
        UpdateCustomerCompany = "update_customer_company",
        UpdateCustomerContact = "update_customer_contact",
        UpdateCustomerRegistration = "update_customer_registration",
        AttestAgreement = "attest_customer_agreement",
        RequestAgreement = "request_customer_agreement",
        SendAgreementRequest = "send_customer_agreement_request",
        RenewAgreementRequest = "renew_customer_agreement_request",
        RevokeAgreementRequest = "revoke_customer_agreement_request",
        AcceptCustomerAgreement = "accept_customer_agreement",
        DeclineCustomerAgreement = "decline_customer_agreement",
        AskForQualification = "ask_for_qualification",
        ApproveQualification = "approve_qualification",
        DenyQualification = "deny_qualification",
        SetQualification = "set_qualification",
        EndQualification = "end_qualification",
        IssueValidationCode = "issue_validation_code",
        CloseValidationCode = "close_validation_code",
        CreateOrder = "create_order",
        CancelOrder = "cancel_order",
        CancelDraft = "cancel_draft",
        AddPromotion = "add_promotion",
        UpdatePromotion = "update_promotion",
        EndPromotion = "end_promotion",
        UpdateSubscription = "update_subscription",
        ConvertTrial = "convert_trial",
        UpgradeSubscription = "upgrade_subscription",
        UndoQuantityChange = "undo_quantity_change",
        RenewSubscription = "renew_subscription",
        EndSubscription = "end_subscription",
        SuspendSubscription = "suspend_subscription",
        CancelSubscription = "cancel_subscription",
        ReactivateSubscription = "reactivate_subscription",
        GiveTenantOwner = "give_tenant_owner",
        EndTenantOwner = "end_tenant_owner",
        BuyReservation = "buy_reservation",
        ExpireReservation = "expire_reservation",
        AllowCustomerPurchases = "create_customer_purchase_permission",
        WithdrawCustomerPurchases = "delete_customer_purchase_permission",
        AddReservationProduct = "add_reservation_product",
        UpdateReservationProduct = "update_reservation_product",
        WithdrawReservationProduct = "withdraw_reservation_product",
        BringBackReservationProduct = "bring_back_reservation_product",
        UploadUsage = "upload_usage",
        SetAzureBudget = "set_azure_budget",
        RemoveAzureBudget = "remove_azure_budget",
        ReachAzureBudget = "reach_azure_budget",
        CreateMpnAssociation = "create_mpn_association",
        UpdateMpnAssociation = "update_mpn_association",
        RemoveMpnAssociation = "remove_mpn_association",
        AssignSupportContact = "assign_support_contact",
        EndSupportContact = "end_support_contact",
        CreateDelegation = "create_delegation",
        GiveDelegatedAdmin = "give_delegated_admin",
        RemoveDelegatedAdmin = "remove_delegated_admin",
        EndDelegation = "end_delegation",
        ProlongDelegation = "prolong_delegation",
        PlanDelegation = "plan_delegation",
        DropDelegationPlan = "drop_delegation_plan",
        CarryOutDelegationPlan = "carry_out_delegation_plan",
        PrepareExport = "prepare_export",
        BeginHandover = "begin_handover",
        FinishHandover = "finish_handover",
        StopExport = "stop_export",
        StopHandover = "stop_handover",
        StartTransfer = "create_transfer",
        ConsentToTransfer = "consent_to_transfer",
        ApproveTransfer = "approve_transfer",
        AcceptTransfer = "accept_transfer",
        RefuseTransfer = "refuse_transfer",
        RemindOfTransfer = "remind_of_transfer",
        WithdrawTransfer = "withdraw_transfer",
        ExpireTransfer = "expire_transfer",
        TransferSubscription = "transfer_subscription",
        EndRelationship = "remove_partner_customer_relationship",
        PlanEnd = "plan_end_of_customer_relationship",
        DropPlannedEnd = "drop_planned_end_of_customer_relationship",
        ReinstateCustomer = "reinstate_customer_relationship",
        RecordDelegationConsent = "record_delegated_administration_consent",
        GiveCustomerBack = "give_customer_back",
        InviteCustomer = "request_customer_relationship",
        SendInvitation = "send_customer_relationship_request",
        UpdateInvitation = "update_customer_relationship_request",
        RenewInvitation = "renew_customer_relationship_request",
        RemindInvited = "remind_of_customer_relationship_request",
        RevokeInvitation = "revoke_customer_relationship_request",
        AcceptInvitation = "accept_customer_relationship",
        DeclineInvitation = "decline_customer_relationship",
        AddCustomerUser = "add_customer_user",
        UpdateCustomerUser = "update_customer_user",
        DeleteCustomerUser = "delete_customer_user",
        RestoreCustomerUser = "restore_customer_user",
        PurgeCustomerUser = "purge_customer_user",
        ChangeLicenses = "change_licenses",
        ApplyUpload = "apply_upload",
        FinishUpload = "finish_upload",
        StopUpload = "stop_upload",
        HandOverPasswords = "hand_over_passwords",
        MailLinks = "mail_links",
        TakeUploadBack = "take_upload_back",
        FinishTakingBack = "finish_taking_back",
        BringAlong = "bring_subscription_along",
        TakeCustomerBack = "take_added_customer_back",
        TakeSubscriptionBack = "take_subscription_back",
        AskForAgreements = "ask_many_for_customer_agreement",
        ResetCustomerPassword = "reset_customer_user_password",
        HandInEnrolment = "hand_in_enrollment",
        ApproveEnrolment = "approve_enrollment",
        RefuseEnrolment = "refuse_enrollment",
        AddPerson = "add_user",
        UpdatePerson = "update_user",
        ResetPassword = "reset_user_password",
        DeactivatePerson = "deactivate_user",
        RestorePerson = "restore_user",
        EndSignIns = "end_user_sign_ins",
        ChangePassword = "change_password",
        SetSecondFactor = "set_second_factor",
        RemoveSecondFactor = "remove_second_factor",
        ResetSecondFactor = "reset_user_second_factor",
        RequireSecondFactor = "require_second_factor",
        RenewRecoveryCodes = "renew_recovery_codes",
        SignInNewBrowser = "sign_in_new_browser",
        SlowSignIn = "slow_sign_in",
        SlowPasswords = "slow_passwords",
        UseRecoveryCode = "use_recovery_code",
        PurgePerson = "purge_user",
        AskForPassword = "ask_for_new_password",
        ProveAddress = "prove_email_address",
        AskForAddress = "ask_for_email_address",
        ChangeAddress = "change_email_address",
        ObjectAddress = "object_to_email_address",
        UpdateOrganisation = "update_organisation",
        AddLocation = "add_location",
        UpdateLocation = "update_location",
        PublishPartnerAgreement = "publish_partner_agreement",
        PublishCustomerAgreement = "publish_customer_agreement",
        AcceptPartnerAgreement = "accept_partner_agreement",
        SuspendOrganisation = "suspend_organisation",
        ResumeOrganisation = "resume_organisation",
        RemindReseller = "remind_reseller",
        SendLetterAgain = "send_letter_again",
        SendTestLetter = "send_test_letter",
        AddOffer = "add_offer",
        UpdateOffer = "update_offer",
        WithdrawOffer = "withdraw_offer",
        WithdrawPrice = "withdraw_price",
        PinOffer = "pin_offer",
        UnpinOffer = "unpin_offer",
        DecideAudience = "decide_audience",
        BringBackOffer = "bring_back_offer",
        ImportCatalogue = "import_catalog",
    }
}

text_enum! {
    pub enum Outcome {
        Succeeded = "succeeded",
        /// Tried and refused by a rule.
        Failed = "failed",
    }
}

/// One value that changed. `field` is a key that an area names for people, in `templates/<area>/glossary.ini`.
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
        Self { customer: Some((*id, name.to_owned())), ..self }
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

/// Which records to read: those of a period, narrowed further.
#[derive(Clone, Debug)]
pub struct Query {
    pub from: Moment,
    /// The first moment after the period.
    pub until: Moment,
    /// A part of the affected customer's name, in lower case.
    pub search: Option<String>,
    pub customer: Option<CustomerId>,
    pub action: Option<Action>,
}

/// A record as it is read.
#[derive(Clone, Debug)]
pub struct Record {
    pub id: ActivityId,
    pub occurred_at: Moment,
    pub action: Action,
    pub customer: Option<(CustomerId, String)>,
    /// Who did it, and in which organisation.
    pub person: (String, String),
    pub subject_kind: String,
    pub subject_id: String,
    pub subject_name: String,
    pub changes: Vec<Change>,
    pub outcome: Outcome,
}

impl Record {
    /// Whether the subject's name tells more than customer and person do.
    pub fn names_its_subject(&self) -> bool {
        let customer = self.customer.as_ref().map(|(_, name)| name);
        Some(&self.subject_name) != customer && self.subject_name != self.person.0
    }
}

/// The parts of a value that holds several, such as the codes of countries.
pub fn parts(kept: &str) -> impl Iterator<Item = &str> {
    kept.split([' ', ',', ';']).filter(|part| !part.is_empty())
}

/// A field that is the price of an offer, named as in files (`EUR monthly`): its currency, and for which period it is.
pub fn price(field: &str) -> Option<(Currency, &str)> {
    let (code, period) = field.split_once(' ')?;
    Some((Currency::parse(code).ok()?, period))
}

/// When a day begins in a time zone. Where the clock skips midnight, that is an hour later.
pub fn start_of(day: NaiveDate, zone: Tz) -> Moment {
    let midnight = day.and_time(NaiveTime::MIN);
    let start = zone.from_local_datetime(&midnight).earliest();
    let start = start.or_else(|| zone.from_local_datetime(&(midnight + TimeDelta::hours(1))).earliest());
    start.map_or_else(|| Moment::start_of(day), |start| Moment::from_unix(start.timestamp()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_may_begin_at_one_o_clock() {
        let day = NaiveDate::from_ymd_opt(2018, 11, 4).unwrap();
        assert_eq!(start_of(day, Tz::America__Sao_Paulo).iso(), "2018-11-04T03:00:00Z");
    }
}
