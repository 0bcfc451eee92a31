//! What is told, to whom, and what a letter makes of it.

use std::collections::HashSet;

use crate::access::permission::{
    DecideQualifications, EditCustomerContacts, EndRelationships, Grants, ManageSubscriptions,
    SeeAzureSpending, SeeCustomers, SeeProviders, SeeReservations,
};
use crate::access::{OrganisationKind, Permission, Role};
use crate::paths;
use crate::text_enum;
use crate::values::id::{CustomerId, OrderId, PersonId, ReservationId, ReviewId, SubscriptionId};
use crate::values::moment::Moment;
use crate::values::name::sort_name;

text_enum! {
    /// What is told. `templates/notifications/words.html` and `words.txt` word it.
    pub enum Kind {
        CustomerDelegated = "customer_delegated",
        DelegationEnded = "delegation_ended",
        /// Its last day is over.
        DelegationExpired = "delegation_expired",
        /// It ends later, earlier, or on no day any more.
        DelegationProlonged = "delegation_prolonged",
        /// The provider changed the account of a customer that the reseller administers.
        AccountChanged = "account_changed",
        /// By a request of a reseller.
        CustomerJoined = "customer_joined",
        /// A company accepted a request, whose relationship with the provider had ended.
        ReinstatementWanted = "reinstatement_wanted",
        SupportAssigned = "support_assigned",
        SupportEnded = "support_ended",
        /// Named by Reseller (MPN ID).
        IncentivesNamed = "incentives_named",
        IncentivesEnded = "incentives_ended",
        /// Of the reseller that a subscription names.
        TenantOwnerGiven = "tenant_owner_given",
        TenantOwnerEnded = "tenant_owner_ended",
        PartnershipRemoved = "partnership_removed",
        /// On new orders of an offer, the reseller cannot be named any more.
        OfferClosed = "offer_closed",
        OfferOpened = "offer_opened",
        /// With all that it had bought, also for those that only the subscriptions name.
        OrderCancelled = "order_cancelled",
        /// A reseller changed the account of a customer that it administers.
        AccountCorrected = "account_corrected",
        QuantityChanged = "quantity_changed",
        SubscriptionSuspended = "subscription_suspended",
        SubscriptionReactivated = "subscription_reactivated",
        /// A reseller decided whether a subscription renews.
        RenewalDecided = "renewal_decided",
        /// A trial is paid for from now on.
        TrialConverted = "trial_converted",
        /// Another one was bought in its place.
        SubscriptionUpgraded = "subscription_upgraded",
        /// By the calendar, or because somebody cancelled it.
        SubscriptionEnded = "subscription_ended",
        /// The same of one that a reseller manages.
        ManagedSubscriptionEnded = "managed_subscription_ended",
        /// Most of a customer's budget for what is billed by usage is used this month.
        AzureBudgetNearing = "azure_budget_nearing",
        AzureBudgetExceeded = "azure_budget_exceeded",
        /// The same of a customer that a reseller administers.
        ManagedAzureBudgetNearing = "managed_azure_budget_nearing",
        ManagedAzureBudgetExceeded = "managed_azure_budget_exceeded",
        /// For the reseller of record.
        ReservationBought = "reservation_bought",
        /// By the customer's own people.
        ReservationBoughtByCustomer = "reservation_bought_by_customer",
        ReservationExpired = "reservation_expired",
        ManagedReservationExpired = "managed_reservation_expired",
        /// By the customer itself, from the provider or from a reseller.
        DelegatedAdminRemoved = "delegated_admin_removed",
        DelegatedAdminGiven = "delegated_admin_given",
        /// Somebody wants a customer to count as a school, and the operator is to decide.
        QualificationAsked = "qualification_asked",
        QualificationDecided = "qualification_decided",
        /// The provider's relationship with a customer of the reseller.
        RelationshipEnded = "relationship_ended",
        RelationshipReinstated = "relationship_reinstated",
        /// A plan of the provider's own that something stood in the way of.
        PlannedEndFailed = "planned_end_failed",
        /// By a reseller that administered it.
        CustomerGivenBack = "customer_given_back",
    }
}

impl Kind {
    /// Which organisations it concerns, and who there could act on it.
    fn audience(self) -> (OrganisationKind, Grants) {
        use OrganisationKind::{Operator, Provider, Reseller};
        match self {
            Self::CustomerDelegated
            | Self::DelegationEnded
            | Self::DelegationExpired
            | Self::DelegationProlonged
            | Self::AccountChanged
            | Self::SupportAssigned
            | Self::SupportEnded
            | Self::RelationshipEnded
            | Self::RelationshipReinstated => (Reseller, SeeCustomers::GRANTS),
            Self::IncentivesNamed
            | Self::IncentivesEnded
            | Self::TenantOwnerGiven
            | Self::TenantOwnerEnded
            | Self::OrderCancelled
            | Self::TrialConverted
            | Self::SubscriptionUpgraded
            | Self::ManagedSubscriptionEnded
            | Self::ReservationBought
            | Self::ManagedReservationExpired => (Reseller, ManageSubscriptions::GRANTS),
            Self::ReservationBoughtByCustomer | Self::ReservationExpired => {
                (Provider, SeeReservations::GRANTS)
            }
            Self::PlannedEndFailed => (Provider, EndRelationships::GRANTS),
            Self::CustomerGivenBack => (Provider, SeeCustomers::GRANTS),
            Self::PartnershipRemoved | Self::OfferClosed | Self::OfferOpened => {
                (Reseller, SeeProviders::GRANTS)
            }
            Self::AccountCorrected => (Provider, EditCustomerContacts::GRANTS),
            Self::DelegatedAdminRemoved | Self::DelegatedAdminGiven => (Provider, SeeCustomers::GRANTS),
            Self::CustomerJoined | Self::ReinstatementWanted => (Provider, SeeCustomers::GRANTS),
            Self::QuantityChanged
            | Self::SubscriptionSuspended
            | Self::SubscriptionReactivated
            | Self::RenewalDecided
            | Self::SubscriptionEnded => (Provider, ManageSubscriptions::GRANTS),
            Self::AzureBudgetNearing | Self::AzureBudgetExceeded => (Provider, SeeAzureSpending::GRANTS),
            Self::ManagedAzureBudgetNearing | Self::ManagedAzureBudgetExceeded => {
                (Reseller, SeeAzureSpending::GRANTS)
            }
            Self::QualificationAsked => (Operator, DecideQualifications::GRANTS),
            Self::QualificationDecided => (Provider, SeeCustomers::GRANTS),
        }
    }

    /// Whether somebody with these roles in an organisation of this kind is told it.
    pub fn concerns(self, organisation: OrganisationKind, roles: &[Role]) -> bool {
        let (audience, grants) = self.audience();
        audience == organisation
            && grants.iter().any(|(kind, granted)| {
                *kind == organisation && roles.iter().any(|role| granted.contains(role))
            })
    }

    /// Everything that somebody with these roles is told.
    pub fn all_for(organisation: OrganisationKind, roles: &[Role]) -> Vec<Self> {
        Self::ALL.iter().copied().filter(|kind| kind.concerns(organisation, roles)).collect()
    }
}

/// Something that another organisation is to be told. Who did it, and when, is added by the store.
#[derive(Clone, Debug)]
pub struct Event {
    pub kind: Kind,
    pub customer: Option<(CustomerId, String)>,
    /// The thing it was done to: a kind such as "subscription", its id and its name.
    pub subject: (&'static str, String, String),
    pub old: String,
    pub new: String,
    /// Who has a letter of its own about it, and is told nothing else.
    pub known_to: Option<PersonId>,
}

impl Event {
    /// Something that was done to a thing.
    pub fn about(kind: Kind, subject: &'static str, id: impl ToString, name: impl ToString) -> Self {
        let subject = (subject, id.to_string(), name.to_string());
        Self { kind, customer: None, subject, old: String::new(), new: String::new(), known_to: None }
    }

    /// Something that was done to a customer as a whole.
    pub fn about_customer(kind: Kind, id: &CustomerId, name: &str) -> Self {
        Self::about(kind, "customer", id, name).for_customer(id, name)
    }

    #[must_use]
    pub fn for_customer(self, id: &CustomerId, name: &str) -> Self {
        Self { customer: Some((*id, name.to_owned())), ..self }
    }

    /// What it was before and what it is now; an organisation that is none of theirs is never named here.
    #[must_use]
    pub fn changed(self, old: impl ToString, new: impl ToString) -> Self {
        Self { old: old.to_string(), new: new.to_string(), ..self }
    }

    #[must_use]
    pub fn known_to(self, person: &PersonId) -> Self {
        Self { known_to: Some(*person), ..self }
    }
}

/// An event as it is told.
#[derive(Clone, Debug)]
pub struct Told {
    pub kind: Kind,
    pub customer: Option<CustomerId>,
    pub customer_name: String,
    pub subject_kind: String,
    pub subject_id: String,
    pub subject_name: String,
    pub old: String,
    pub new: String,
    pub by_name: String,
    pub by_organisation: String,
    pub occurred_at: Moment,
}

impl Told {
    /// The subscription that it is about.
    pub fn subscription(&self) -> Option<SubscriptionId> {
        if self.subject_kind == "subscription" { SubscriptionId::parse(&self.subject_id) } else { None }
    }

    /// How many subscriptions an order had bought. An order that is cancelled for whoever it was placed for says so beside
    /// its number, all others in place of a name.
    pub fn how_many(&self) -> u64 {
        let has_number = self.kind == Kind::OrderCancelled && self.subject_kind == "order";
        let count = if has_number { &self.new } else { &self.subject_name };
        count.parse().unwrap_or_default()
    }

    /// The order that it is about.
    fn order(&self) -> Option<OrderId> {
        OrderId::parse(&self.subject_id)
    }

    /// Where the addressee can look at it; nothing for what is beyond reach by now.
    pub fn place(&self, sight: &Sight) -> Option<String> {
        let subscription = self.subscription().filter(|id| sight.subscriptions.contains(id));
        let customer = self.customer.as_ref().filter(|id| sight.customers.contains(id));
        match (self.kind, subscription, customer) {
            (Kind::QualificationAsked, ..) => {
                ReviewId::parse(&self.subject_id).map(|review| paths::qualifications::show(&review))
            }
            (Kind::QualificationDecided, _, Some(customer)) => {
                Some(paths::qualifications::of_customer(customer))
            }
            (Kind::PlannedEndFailed, _, Some(customer)) => Some(paths::endings::end(customer)),
            (Kind::PartnershipRemoved | Kind::OfferClosed | Kind::OfferOpened, ..) => {
                Some(paths::partnerships::providers().to_owned())
            }
            (Kind::AccountChanged | Kind::AccountCorrected, _, Some(customer)) => {
                Some(paths::customers::account(customer))
            }
            (Kind::OrderCancelled, _, Some(_)) => self.order().map(|order| paths::orders::show(&order)),
            // What names a reseller whose customer it is not stands on a list of its own.
            (Kind::OrderCancelled, ..) => Some(paths::subscriptions::list().to_owned()),
            (Kind::IncentivesNamed, None, None) if self.subject_kind == "order" => {
                Some(paths::subscriptions::list().to_owned())
            }
            (
                Kind::DelegationProlonged | Kind::DelegatedAdminRemoved | Kind::DelegatedAdminGiven,
                _,
                Some(customer),
            ) => Some(paths::relationships::of_customer(customer)),
            (
                Kind::AzureBudgetNearing
                | Kind::AzureBudgetExceeded
                | Kind::ManagedAzureBudgetNearing
                | Kind::ManagedAzureBudgetExceeded,
                _,
                Some(customer),
            ) => Some(paths::azure::of_customer(customer)),
            (
                Kind::ReservationBought
                | Kind::ReservationBoughtByCustomer
                | Kind::ReservationExpired
                | Kind::ManagedReservationExpired,
                ..,
            ) => ReservationId::parse(&self.subject_id).map(|id| paths::reservations::show(&id)),
            (_, Some(subscription), _) => Some(paths::subscriptions::show(&subscription)),
            (_, None, Some(customer)) => Some(paths::subscriptions::of_customer(customer)),
            (_, None, None) => None,
        }
    }
}

/// What of that which is told an addressee can open now.
#[derive(Clone, Debug, Default)]
pub struct Sight {
    pub customers: HashSet<CustomerId>,
    pub subscriptions: HashSet<SubscriptionId>,
}

/// What one letter tells: the first events, and how many there are in all.
#[derive(Clone, Debug)]
pub struct Digest {
    pub told: Vec<Told>,
    pub total: usize,
}

impl Digest {
    /// By kind, and in each by customer; what was done to one customer stays in its order.
    pub fn groups(&self) -> Vec<(Kind, Vec<&Told>)> {
        let group = |kind: &Kind| {
            let mut of_kind: Vec<&Told> = self.told.iter().filter(|told| told.kind == *kind).collect();
            of_kind.sort_by_cached_key(|told| sort_name(&told.customer_name));
            (*kind, of_kind)
        };
        Kind::ALL.iter().map(group).filter(|(_, told)| !told.is_empty()).collect()
    }

    /// How many are not told one by one.
    pub fn left_out(&self) -> usize {
        self.total.saturating_sub(self.told.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(kind: Kind, customer: &str) -> Told {
        Told {
            kind,
            customer: Some(CustomerId::new()),
            customer_name: customer.to_owned(),
            subject_kind: "subscription".to_owned(),
            subject_id: SubscriptionId::new().to_string(),
            subject_name: "Business Basic".to_owned(),
            old: String::new(),
            new: String::new(),
            by_name: "Sam".to_owned(),
            by_organisation: "Harbor".to_owned(),
            occurred_at: Moment::from_unix(0),
        }
    }

    #[test]
    fn everything_is_told_to_somebody_and_a_global_admin_is_told_all() {
        for kind in Kind::ALL {
            let (organisation, _) = kind.audience();
            assert!(kind.concerns(organisation, &[Role::GlobalAdmin]), "{kind:?}");
            assert!(!kind.concerns(organisation, &[]), "{kind:?}");
            let is_of_operator = *kind == Kind::QualificationAsked;
            assert_eq!(kind.concerns(OrganisationKind::Operator, Role::ALL), is_of_operator, "{kind:?}");
        }
    }

    #[test]
    fn the_other_side_is_not_told() {
        assert!(!Kind::CustomerDelegated.concerns(OrganisationKind::Provider, Role::ALL));
        assert!(!Kind::QuantityChanged.concerns(OrganisationKind::Reseller, Role::ALL));
    }

    #[test]
    fn only_what_can_be_opened_is_linked() {
        let one = told(Kind::SupportAssigned, "Contoso");
        assert_eq!(one.place(&Sight::default()), None);
        let customer = one.customer.unwrap();
        let mut sight = Sight { customers: [customer].into(), ..Sight::default() };
        assert_eq!(one.place(&sight), Some(format!("/customers/{customer}/subscriptions")));
        sight.subscriptions.insert(one.subscription().unwrap());
        assert_eq!(one.place(&sight), Some(format!("/subscriptions/{}", one.subject_id)));
        let account = Told { customer: Some(customer), ..told(Kind::AccountChanged, "Contoso") };
        assert_eq!(account.place(&sight), Some(format!("/customers/{customer}/account")));
        let order = Told { subject_kind: "order".to_owned(), ..told(Kind::IncentivesNamed, "Contoso") };
        assert_eq!(order.place(&Sight::default()), Some("/subscriptions".to_owned()));
        let order = Told { customer: Some(customer), ..told(Kind::OrderCancelled, "Contoso") };
        assert_eq!(order.place(&sight), Some(format!("/orders/{}", order.subject_id)));
        assert_eq!(order.place(&Sight::default()), Some("/subscriptions".to_owned()));
        assert_eq!(told(Kind::IncentivesNamed, "Contoso").place(&Sight::default()), None);
    }

    #[test]
    fn a_letter_is_in_order_by_kind_and_customer_and_says_how_much_it_leaves_out() {
        let told = vec![
            told(Kind::SupportAssigned, "Woodgrove"),
            told(Kind::CustomerDelegated, "Contoso"),
            told(Kind::SupportAssigned, "Contoso"),
        ];
        let digest = Digest { told, total: 10 };
        let groups = digest.groups();
        let names = |group: usize| groups[group].1.iter().map(|told| told.customer_name.as_str());
        assert_eq!((groups[0].0, groups[1].0), (Kind::CustomerDelegated, Kind::SupportAssigned));
        assert_eq!(names(1).collect::<Vec<_>>(), ["Contoso", "Woodgrove"]);
        assert_eq!((groups.len(), digest.left_out()), (2, 7));
    }
}
