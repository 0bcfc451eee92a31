//! The table of who may do what. A permission is a type without values: it names a rule to the compiler.

use super::role::OrganisationKind::{self, Customer, Operator, Provider, Reseller};
use super::role::Role::{self, AdminAgent, BillingAdmin, GlobalAdmin, HelpdeskAgent, SalesAgent, UserAdmin};

/// Roles by kind of organisation.
pub type Grants = &'static [(OrganisationKind, &'static [Role])];

/// A rule that [`super::Allowed`] proves.
pub trait Permission: 'static {
    /// Names the rule; its area words it, in `templates/<area>/glossary.ini`.
    const KEY: &'static str;
    const GRANTS: Grants;
    /// Whether it starts, costs or opens something, which a suspended organisation does not.
    const STARTS: bool;

    /// Who holds it in an organisation of this kind.
    fn roles_in(kind: OrganisationKind) -> &'static [Role] {
        Self::GRANTS.iter().find(|(granted, _)| *granted == kind).map_or(&[], |(_, roles)| roles)
    }
}

/// One rule of the table.
#[derive(Clone, Copy)]
pub struct Rule {
    pub key: &'static str,
    pub grants: Grants,
    /// Whether it rests while the organisation is suspended.
    pub starts: bool,
}

impl Rule {
    /// Who holds this permission in an organisation of this kind.
    pub fn roles_in(&self, kind: OrganisationKind) -> &'static [Role] {
        self.grants.iter().find(|(granted, _)| *granted == kind).map_or(&[], |(_, roles)| roles)
    }
}

/// The rule of this name.
pub fn rule(key: &str) -> Option<Rule> {
    RULES.iter().find(|rule| rule.key == key).copied()
}

macro_rules! permissions {
    ($($(#[$doc:meta])* $name:ident $key:literal $($starts:ident)? {
        $($kind:ident: $roles:expr),+ $(,)?
    })+) => {
        $(
            $(#[$doc])*
            pub enum $name {}

            impl Permission for $name {
                const KEY: &'static str = $key;
                const GRANTS: Grants = &[$(($kind, &$roles)),+];
                const STARTS: bool = permissions!(@ $($starts)?);
            }
        )+

        /// Every rule there is.
        pub const RULES: &[Rule] = &[$(Rule {
            key: $key,
            grants: <$name as Permission>::GRANTS,
            starts: <$name as Permission>::STARTS,
        }),+];
    };
    (@) => { false };
    (@ starts) => { true };
}

const EVERYBODY: [Role; 6] = [GlobalAdmin, UserAdmin, AdminAgent, SalesAgent, HelpdeskAgent, BillingAdmin];
const ADMINS: [Role; 2] = [GlobalAdmin, UserAdmin];
/// Who reads the profile that a Global admin keeps.
const READERS: [Role; 3] = [GlobalAdmin, UserAdmin, AdminAgent];
const AGENTS: [Role; 4] = [GlobalAdmin, AdminAgent, SalesAgent, HelpdeskAgent];
const SELLERS: [Role; 3] = [GlobalAdmin, AdminAgent, SalesAgent];

// A Global admin may do what the agents may, but for what takes an Admin agent by name. What a row does not name is refused. What a row says `starts` begins
// something new, costs, lets somebody in or takes data away: it rests while the organisation is suspended.
permissions! {
    /// See the Indirect resellers page.
    SeeResellers "see-resellers" { Provider: [GlobalAdmin, UserAdmin, AdminAgent, SalesAgent] }
    /// See how requests for partnerships fare, and revoke them.
    FollowRequests "follow-requests" { Provider: [GlobalAdmin, UserAdmin, AdminAgent, SalesAgent] }
    /// Request partnerships and resend requests.
    RequestPartnerships "request-partnerships" starts { Provider: [GlobalAdmin, UserAdmin, AdminAgent, SalesAgent] }
    /// Mail partners what they lack before orders can name them.
    RemindResellers "remind-resellers" starts { Provider: [GlobalAdmin, UserAdmin, AdminAgent, SalesAgent] }
    RemovePartnerships "remove-partnerships" { Provider: [GlobalAdmin, AdminAgent] }
    /// See the Indirect providers page.
    SeeProviders "see-providers" { Reseller: [GlobalAdmin, UserAdmin, AdminAgent, SalesAgent, HelpdeskAgent] }
    /// Answer a partnership request for the reseller. Consent opens the reseller's account to the
    /// provider, so it takes somebody who administers it.
    AuthorizeProviders "authorize-providers" starts { Reseller: [GlobalAdmin, AdminAgent] }
    /// Decline one, which opens nothing.
    DeclineProviders "decline-providers" { Reseller: [GlobalAdmin, AdminAgent] }
    /// See customers, their subscriptions and orders.
    SeeCustomers "see-customers" { Provider: AGENTS, Reseller: AGENTS }
    /// See the subscriptions that name the reseller, also of customers that it does not administer.
    SeeNamedSubscriptions "see-named-subscriptions" { Reseller: AGENTS }
    /// See what renews and ends next, of all customers, or of what names the reseller.
    SeeRenewals "see-renewals" { Provider: AGENTS, Reseller: AGENTS }
    /// Decide for several of them at once whether they renew.
    DecideRenewals "decide-renewals" { Provider: SELLERS, Reseller: SELLERS }
    /// See which changes of quantities can still be undone, of all customers.
    SeeQuantityChanges "see-quantity-changes" { Provider: AGENTS }
    /// See what customers spend on what is billed by usage, and their budgets.
    SeeAzureSpending "see-azure-spending" {
        Provider: [GlobalAdmin, AdminAgent], Reseller: [GlobalAdmin, AdminAgent],
    }
    /// Set and remove these budgets, which stop nothing.
    SetAzureBudgets "set-azure-budgets" { Provider: [GlobalAdmin, AdminAgent] }
    /// Upload what was used.
    UploadUsage "upload-usage" { Provider: [GlobalAdmin, AdminAgent] }
    /// Change whom one writes to at a customer.
    EditCustomerContacts "edit-customer-contacts" { Provider: AGENTS, Reseller: AGENTS }
    /// Change what a customer is called, where it is billed, its language and its registration.
    EditCustomerAccounts "edit-customer-accounts" { Provider: SELLERS, Reseller: SELLERS }
    ExportCustomers "export-customers" starts { Provider: SELLERS, Reseller: SELLERS }
    /// See what is begun and what has become of it, and drop it.
    SeeDrafts "see-drafts" { Provider: [GlobalAdmin, UserAdmin, AdminAgent, SalesAgent] }
    AddCustomers "add-customers" starts { Provider: [GlobalAdmin, UserAdmin, AdminAgent, SalesAgent] }
    PlaceOrders "place-orders" starts { Provider: SELLERS }
    /// See which offers there are and what they cost.
    SeeCatalog "see-catalog" {
        Operator: EVERYBODY, Provider: [GlobalAdmin, UserAdmin, AdminAgent, SalesAgent, BillingAdmin],
    }
    /// Add, change and withdraw offers, and upload files of them.
    ManageCatalog "manage-catalog" { Operator: [GlobalAdmin, AdminAgent, BillingAdmin] }
    /// Pin offers, which stand on top when somebody orders.
    PinOffers "pin-offers" { Provider: SELLERS }
    /// See which resellers can be named on an offer.
    SeeAudiences "see-audiences" { Provider: [GlobalAdmin, UserAdmin, AdminAgent, SalesAgent, BillingAdmin] }
    /// Decide it.
    DecideAudiences "decide-audiences" { Provider: [GlobalAdmin, AdminAgent] }
    /// Change the nickname, reduce the quantity, suspend.
    ManageSubscriptions "manage-subscriptions" { Provider: SELLERS, Reseller: SELLERS }
    /// Raise the quantity, reactivate.
    RaiseSubscriptions "raise-subscriptions" starts { Provider: SELLERS, Reseller: SELLERS }
    /// Make paid subscriptions of trials.
    ConvertTrials "convert-trials" starts { Provider: SELLERS }
    /// Buy an offer in place of another one that a customer has.
    UpgradeSubscriptions "upgrade-subscriptions" starts { Provider: AGENTS }
    /// Change how often what was ordered is billed.
    ChangeBilling "change-billing" starts { Provider: SELLERS }
    /// Cancel an order on the day it was placed.
    CancelOrders "cancel-orders" { Provider: SELLERS }
    /// See what moves from or to the partner, or between partners of the provider.
    SeeTransfers "see-transfers" { Provider: AGENTS, Reseller: AGENTS }
    /// See what is reserved for customers.
    SeeReservations "see-reservations" { Provider: AGENTS, Reseller: AGENTS }
    /// Buy reservations for them.
    BuyReservations "buy-reservations" starts { Provider: AGENTS }
    /// See what customers may buy by themselves.
    SeeCustomerPermissions "see-customer-permissions" { Provider: AGENTS }
    /// Let a customer's own people buy reservations. They spend the provider's money, so it takes an Admin agent by name.
    AllowCustomerPurchases "allow-customer-purchases" starts { Provider: [AdminAgent] }
    /// Take that back.
    WithdrawCustomerPurchases "withdraw-customer-purchases" { Provider: [AdminAgent] }
    /// Start the transfer of a customer's subscriptions to another partner.
    StartTransfers "start-transfers" starts {
        Provider: [GlobalAdmin, AdminAgent], Reseller: [GlobalAdmin, AdminAgent],
    }
    /// Withdraw one that one's own organisation started.
    WithdrawTransfers "withdraw-transfers" {
        Provider: [GlobalAdmin, AdminAgent], Reseller: [GlobalAdmin, AdminAgent],
    }
    /// Take subscriptions over that another partner offers, and let a reseller's go to another one.
    AcceptTransfers "accept-transfers" starts { Provider: SELLERS, Reseller: SELLERS }
    /// Refuse them.
    RefuseTransfers "refuse-transfers" { Provider: SELLERS, Reseller: SELLERS }
    /// Set, change and clear Reseller (MPN ID).
    AssignIncentives "assign-incentives" starts { Provider: SELLERS }
    /// Give the reseller that a subscription names tenant owner permission, where it is billed by usage.
    GiveTenantOwner "give-tenant-owner" starts { Provider: SELLERS }
    /// Take that back.
    WithdrawTenantOwner "withdraw-tenant-owner" { Provider: SELLERS }
    /// Choose the Designated support contact.
    AssignSupport "assign-support" { Provider: AGENTS }
    /// Let a reseller administer a customer that is there already.
    AssociateResellers "associate-resellers" starts { Provider: SELLERS }
    /// See which companies are asked to become customers, and revoke that.
    FollowInvitations "follow-invitations" { Provider: SELLERS, Reseller: SELLERS }
    /// Ask companies to become customers, resend and remind.
    InviteCustomers "invite-customers" starts { Provider: SELLERS, Reseller: SELLERS }
    /// Ask them to be administered, too.
    AskForAdministration "ask-for-administration" starts {
        Provider: [GlobalAdmin, AdminAgent], Reseller: [GlobalAdmin, AdminAgent],
    }
    /// End what a reseller may do for a customer.
    EndDelegations "end-delegations" { Provider: [GlobalAdmin, AdminAgent] }
    /// Change who administers many customers at once, follow that and stop it. What it may change takes more.
    HandCustomersOver "hand-customers-over" { Provider: SELLERS }
    /// Drop what was planned for who administers a customer.
    DropDelegationPlans "drop-delegation-plans" { Provider: SELLERS }
    /// End the relationship with a customer, at once or on a day.
    EndRelationships "end-relationships" { Provider: [GlobalAdmin, AdminAgent] }
    /// See the customers with whom the relationship has ended.
    SeeEndedCustomers "see-ended-customers" { Provider: AGENTS }
    /// Take up the relationship with an ended customer again, and record that it agreed to delegated administration.
    ReinstateCustomers "reinstate-customers" starts { Provider: [GlobalAdmin, AdminAgent] }
    /// Give a customer back that the reseller administers.
    GiveCustomersBack "give-customers-back" { Reseller: [GlobalAdmin, AdminAgent] }
    /// See the users of a customer's company, change and delete them.
    ManageUsers "manage-users" {
        Provider: [GlobalAdmin, UserAdmin, AdminAgent, SalesAgent, HelpdeskAgent],
        Reseller: [GlobalAdmin, UserAdmin, AdminAgent, SalesAgent, HelpdeskAgent],
    }
    /// Add and restore them.
    AddUsers "add-users" starts {
        Provider: [GlobalAdmin, UserAdmin, AdminAgent, SalesAgent, HelpdeskAgent],
        Reseller: [GlobalAdmin, UserAdmin, AdminAgent, SalesAgent, HelpdeskAgent],
    }
    /// Give them admin roles, take those away, and change whoever has one: they open more than their own account.
    ManageUserRoles "manage-user-roles" {
        Provider: [GlobalAdmin, AdminAgent], Reseller: [GlobalAdmin, AdminAgent],
    }
    /// Give a customer's user a new temporary password.
    ResetCustomerPasswords "reset-customer-passwords" starts {
        Provider: [GlobalAdmin, UserAdmin, AdminAgent, SalesAgent, HelpdeskAgent],
        Reseller: [GlobalAdmin, UserAdmin, AdminAgent, SalesAgent, HelpdeskAgent],
    }
    /// Say that a customer has accepted the customer agreement.
    AttestAgreements "attest-agreements" { Provider: SELLERS }
    /// Ask for a customer's special qualification, which opens special offers.
    QualifyCustomers "qualify-customers" starts { Provider: SELLERS }
    /// Take it back.
    EndQualifications "end-qualifications" { Provider: SELLERS }
    /// See how requests to accept the customer agreement fare, and revoke them.
    FollowAgreementRequests "follow-agreement-requests" { Provider: [GlobalAdmin, UserAdmin, AdminAgent, SalesAgent] }
    /// Ask customers to accept the customer agreement.
    AskForAgreements "ask-for-agreements" starts { Provider: [GlobalAdmin, UserAdmin, AdminAgent, SalesAgent] }
    /// See the people of one's own organisation, rename them, take roles away, deactivate.
    ManagePeople "manage-people" { Operator: ADMINS, Provider: ADMINS, Reseller: ADMINS }
    /// Add and restore people, give them more roles, give them links and passwords to sign in with.
    OpenAccounts "open-accounts" starts { Operator: ADMINS, Provider: ADMINS, Reseller: ADMINS }
    /// Ask everybody in one's own organisation for a second factor.
    RequireSecondFactor "require-second-factor" {
        Operator: [GlobalAdmin], Provider: [GlobalAdmin], Reseller: [GlobalAdmin],
    }
    /// See who wants to enrol, approve and refuse: that makes organisations and their first admins.
    DecideEnrolments "decide-enrolments" { Operator: [GlobalAdmin] }
    /// See which customers are to qualify, approve and deny, and issue validation codes to providers.
    DecideQualifications "decide-qualifications" { Operator: [GlobalAdmin, AdminAgent] }
    /// See what one's own organisation says of itself.
    SeeOrganisation "see-organisation" { Operator: READERS, Provider: READERS, Reseller: READERS }
    /// Change it.
    ManageOrganisation "manage-organisation" { Operator: [GlobalAdmin], Provider: [GlobalAdmin], Reseller: [GlobalAdmin] }
    /// Add and change the locations of one's own organisation.
    ManageLocations "manage-locations" { Provider: [GlobalAdmin], Reseller: [GlobalAdmin] }
    /// Read the agreement with the operator, and who accepted it.
    SeeAgreements "see-agreements" { Provider: EVERYBODY, Reseller: EVERYBODY }
    /// Accept it for the organisation.
    SignAgreements "sign-agreements" { Provider: [GlobalAdmin], Reseller: [GlobalAdmin] }
    /// See all organisations of the installation, its agreements, figures and failed letters.
    SeeInstallation "see-installation" { Operator: EVERYBODY }
    /// Suspend organisations and let them go on.
    SuspendOrganisations "suspend-organisations" { Operator: [GlobalAdmin] }
    /// Send letters of any organisation again that failed.
    SendLettersAgain "send-letters-again" { Operator: [GlobalAdmin, AdminAgent, HelpdeskAgent] }
    /// Write and publish agreements.
    PublishAgreements "publish-agreements" { Operator: [GlobalAdmin] }
    /// See who signed in from where, wrong tries, refused pages and exports.
    SeeSecurity "see-security" { Operator: [GlobalAdmin], Provider: [GlobalAdmin], Reseller: [GlobalAdmin] }
    /// See who may do what for the customer that one belongs to.
    SeeRelationships "see-relationships" { Customer: [GlobalAdmin] }
    /// Take from a partner that it administers one's own account, and give it back.
    DecideDelegatedAdmin "decide-delegated-admin" { Customer: [GlobalAdmin] }
    /// See what the customer has that one belongs to.
    SeeOwnSubscriptions "see-own-subscriptions" { Customer: [GlobalAdmin] }
    /// Take that away as a file.
    ExportOwnSubscriptions "export-own-subscriptions" starts { Customer: [GlobalAdmin] }
    /// Buy reservations for the customer that one belongs to, where its provider lets it.
    BuyOwnReservations "buy-own-reservations" starts { Customer: [GlobalAdmin] }
    /// See which of its subscriptions are to move to another partner, consent or refuse.
    AnswerOwnTransfers "answer-own-transfers" { Customer: [GlobalAdmin] }
    /// Read and accept the customer agreement for the customer that one belongs to.
    AcceptOwnAgreement "accept-own-agreement" { Customer: [GlobalAdmin] }
    /// See which files of lists are made for oneself, and take them; those of others who may see the Security log.
    SeeExports "see-exports" { Operator: EVERYBODY, Provider: EVERYBODY, Reseller: EVERYBODY }
    SeeActivity "see-activity" { Operator: EVERYBODY, Provider: EVERYBODY, Reseller: EVERYBODY }
    /// Take what one may see away as a file; what customers are, have and buy has a rule of its own.
    ExportLists "export-lists" starts { Operator: EVERYBODY, Provider: EVERYBODY, Reseller: EVERYBODY }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_a_name_of_its_own() {
        let mut keys: Vec<_> = RULES.iter().map(|rule| rule.key).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), RULES.len());
    }

    #[test]
    fn a_global_admin_may_do_what_others_may_but_for_what_takes_an_admin_agent_by_name() {
        let by_name = ["allow-customer-purchases", "withdraw-customer-purchases"];
        for rule in RULES.iter().filter(|rule| !by_name.contains(&rule.key)) {
            for (_, roles) in rule.grants {
                assert!(roles.contains(&GlobalAdmin), "{}", rule.key);
            }
        }
    }

    #[test]
    fn what_starts_something_new_is_said_in_the_table() {
        let starting: Vec<_> = RULES.iter().filter(|rule| rule.starts).map(|rule| rule.key).collect();
        assert_eq!(
            starting,
            [
                "request-partnerships",
                "remind-resellers",
                "authorize-providers",
                "export-customers",
                "add-customers",
                "place-orders",
                "raise-subscriptions",
                "convert-trials",
                "upgrade-subscriptions",
                "change-billing",
                "buy-reservations",
                "allow-customer-purchases",
                "start-transfers",
                "accept-transfers",
                "assign-incentives",
                "give-tenant-owner",
                "associate-resellers",
                "invite-customers",
                "ask-for-administration",
                "reinstate-customers",
                "add-users",
                "reset-customer-passwords",
                "qualify-customers",
                "ask-for-agreements",
                "open-accounts",
                "export-own-subscriptions",
                "buy-own-reservations",
                "export-lists",
            ]
        );
    }

    #[test]
    fn resellers_place_no_orders_and_add_no_customers() {
        for key in [
            "place-orders",
            "cancel-orders",
            "convert-trials",
            "change-billing",
            "add-customers",
            "assign-incentives",
        ] {
            assert!(rule(key).unwrap().roles_in(Reseller).is_empty(), "{key}");
        }
    }
}
