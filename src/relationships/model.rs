//! Who is to look after a customer: what somebody chooses, and what follows from it.

mod effects;
mod plan;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::text_enum;
use crate::values::id::{CustomerId, DelegationId, DelegationPlanId, OrganisationId, SubscriptionId};

pub use effects::{Effect, Held, Numbers, Parties, effects};
pub use plan::{Plan, PlanState};

/// What somebody chose for a customer: one more reseller, or another one, or none, in place of a former one.
#[derive(Clone, Debug)]
pub struct Arrangement {
    pub customer: CustomerId,
    /// The delegation that ends.
    pub former: Option<DelegationId>,
    /// The reseller whose delegation begins.
    pub reseller: Option<OrganisationId>,
    pub choices: Choices,
}

/// The rest of it, as a plan keeps it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Choices {
    /// Of the delegation that begins; chosen by the page, so that sending it twice gives one.
    pub delegation: DelegationId,
    /// Its last day.
    pub ends_on: Option<NaiveDate>,
    pub earners: Earners,
    pub helpers: Helpers,
    pub letters: Vec<Draft>,
}

/// Which subscriptions name the reseller for incentives from then on; with no reseller, they name nobody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Earners {
    Leave,
    /// Those that name the former reseller.
    OfFormer,
    These(Vec<SubscriptionId>),
}

/// Who is the Designated support contact of the subscriptions from then on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Helpers {
    Leave,
    /// What the former reseller helps with goes to the new one.
    ToReseller,
    /// It goes to the provider.
    ToProvider,
    /// The new reseller helps with all.
    All,
    /// It helps with these.
    These(Vec<SubscriptionId>),
}

impl Choices {
    /// The subscriptions that were ticked, for incentives or for support.
    pub fn ticked(&self) -> Vec<SubscriptionId> {
        let of_earners = match &self.earners {
            Earners::These(ids) => ids.as_slice(),
            Earners::Leave | Earners::OfFormer => &[],
        };
        let of_helpers = match &self.helpers {
            Helpers::These(ids) => ids.as_slice(),
            Helpers::Leave | Helpers::ToReseller | Helpers::ToProvider | Helpers::All => &[],
        };
        let further = of_helpers.iter().filter(|id| !of_earners.contains(id));
        of_earners.iter().chain(further).copied().collect()
    }
}

/// To whom a letter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Side {
    /// The Global admins of the reseller whose delegation begins.
    Reseller,
    /// Those of the one whose delegation ends.
    Former,
    /// The primary contact of the customer.
    Customer,
}

impl Side {
    pub const ALL: [Self; 3] = [Self::Reseller, Self::Former, Self::Customer];

    /// How the fields of a form name it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Reseller => "reseller",
            Self::Former => "former",
            Self::Customer => "customer",
        }
    }

    /// What a field of its letter is called.
    pub fn field(self, name: &str) -> String {
        format!("{name}-{}", self.key())
    }
}

/// A letter as somebody edited it, in a language by its tag.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    pub side: Side,
    pub language: String,
    pub subject: String,
    pub text: String,
}

/// When it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begins {
    AtOnce,
    On(NaiveDate),
}

/// What somebody sends: an arrangement, when it begins, and what the page had shown.
#[derive(Clone, Debug)]
pub struct Wish {
    pub arrangement: Arrangement,
    pub begins: Begins,
    /// The id of the plan that it becomes, where it begins later.
    pub plan: DelegationPlanId,
    /// The plan in whose place it comes.
    pub replaces: Option<DelegationPlanId>,
    /// Tells whether the page still shows what is.
    pub mark: String,
}

text_enum! {
    /// Why something cannot be arranged. `templates/relationships/words.html` says so, and what to do.
    pub enum Obstacle {
        /// The provider's relationship with the customer has ended.
        CustomerEnded = "customer_ended",
        /// The provider is suspended, and starts nothing new.
        ProviderSuspended = "provider_suspended",
        /// The delegation that was to end has ended already.
        FormerGone = "former_gone",
        /// The reseller administers the customer already.
        Administers = "administers",
        NotPartner = "not_partner",
        /// The reseller lacks something before anything new can name it.
        Lacks = "lacks",
        /// The customer took from the reseller, or from the provider, what it might do.
        RemovedByCustomer = "removed_by_customer",
        /// A subscription that was ticked is deleted.
        SubscriptionGone = "subscription_gone",
    }
}
