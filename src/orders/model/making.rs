//! An order in the making: the draft with everything that decides whether it can be submitted.

use std::collections::HashSet;

use super::{Chosen, LineProblem};
use crate::agreements::model::Request;
use crate::catalog::model::{Buyer, Catalogue, Listed, Qualification, Refusal};
use crate::customers::model::{Account, Customer};
use crate::links::model::Standing;
use crate::orders::draft::alike::Alike;
use crate::orders::draft::{Draft, DraftLine, NOBODY};
use crate::partners::model::eligibility::Missing;
use crate::partnerships::directory::{Former, Partner};
use crate::subscriptions::model::Subscription;
use crate::values::id::{OfferId, OrganisationId};
use crate::values::mark::mark_of;
use crate::values::moment::Moment;
use crate::values::problem::Problem;

/// A draft, for whom it is, and what can be chosen.
#[derive(Clone, Debug)]
pub struct Making {
    pub draft: Draft,
    pub whom: Whom,
    /// The subscription whose add-ons are bought.
    pub base: Option<Subscription>,
    pub buyer: Buyer,
    pub catalogue: Catalogue,
    /// What the provider wants to find on top.
    pub pinned: HashSet<OfferId>,
    /// With whom the provider is in partnership.
    pub partners: Vec<Partner>,
    /// Who administers the customer, if that is a partner.
    pub reseller: Option<Partner>,
    /// Everybody who administers the customer or is to, partner or not.
    pub managers: Vec<OrganisationId>,
    /// Whose partnership was removed that would be named to earn incentives otherwise.
    pub former: Option<Former>,
    /// Whether the new customer's domain has gone to somebody else.
    pub is_domain_taken: bool,
    /// Why the reseller that was to administer the new customer no longer can.
    pub reseller_problem: Option<Problem>,
    /// Why the new customer's validation code no longer lets it in.
    pub code_problem: Option<Problem>,
    /// The customer is to count as a school, and does not yet.
    pub school: Option<School>,
    /// What the new customer looks like: customers that are there, and drafts with its domain.
    pub alike: Alike,
    /// Whether whoever asks may place orders.
    pub may_order: bool,
    /// How the customer was asked for the agreement, as long as it has not accepted.
    pub asked: Option<Asked>,
}

/// The last request to accept the customer agreement.
#[derive(Clone, Debug)]
pub struct Asked {
    pub request: Request,
    pub standing: Standing,
    /// The account names another company or contact by now.
    pub is_outdated: bool,
}

/// How far the review of a school has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum School {
    /// It is asked for when the customer is added.
    ToBeAsked,
    InReview {
        since: Moment,
    },
}

/// Who orders.
#[derive(Clone, Debug)]
pub enum Whom {
    New(Box<Account>),
    Existing(Box<Customer>),
}

/// Who earns incentives for what is ordered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Incentives {
    Partner(Partner),
    Nobody,
    /// The chosen MPN ID belongs to no partner any more.
    Gone(String),
    /// The partner lacks something, so nothing new can name it.
    Barred(Partner, Missing),
}

/// What stands in the way of submitting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hindrance {
    /// The relationship with the customer has ended; everything else is of no matter.
    Ended,
    DomainTaken,
    /// The customer's reseller can no longer be named.
    Reseller(Problem),
    /// The validation code lets no further customer in.
    Code(Problem),
    /// Nothing can be ordered before the customer has accepted the agreement.
    AgreementAwaited,
    /// The country of the customer demands what its account does not hold.
    AccountIncomplete,
    /// The viewer's roles do not let them order.
    MayNotOrder,
    NothingChosen,
    /// The partnership with whoever was to earn incentives has ended.
    IncentivesGone,
    /// Whoever was to earn incentives lacks something.
    IncentivesBarred {
        name: String,
        lack: Missing,
    },
    Line {
        offer: OfferId,
        name: String,
        problem: LineProblem,
    },
}

/// Where a hindrance is mended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Where the relationship with the customer stands.
    Relationship,
    Account,
    /// Where what the country demands is filled in.
    Registration,
    /// Where the customer is asked for the agreement.
    Agreement,
    Offers,
}

impl Making {
    pub fn account(&self) -> &Account {
        match &self.whom {
            Whom::New(account) => account,
            Whom::Existing(customer) => &customer.account,
        }
    }

    pub fn is_new(&self) -> bool {
        matches!(self.whom, Whom::New(_))
    }

    /// Whether an offer has its place where add-ons of one subscription are bought: what can be added to it, or to such
    /// an add-on.
    pub fn goes_with_base(&self, listed: &Listed) -> bool {
        let Some(base) = &self.base else { return true };
        let of = |offer: &OfferId| listed.prerequisites.contains(offer);
        let through = |one: &DraftLine| of(&one.offer);
        listed.offer.is_add_on && (of(&base.offer) || self.draft.lines.iter().any(through))
    }

    /// Whether the draft is in the database yet.
    pub fn is_begun(&self) -> bool {
        self.draft.version > 0
    }

    /// Whether offers can be chosen at all. They can while the agreement is awaited, and are ordered afterwards.
    pub fn can_order(&self) -> bool {
        self.may_order
    }

    /// Whether the customer has yet to accept the customer agreement.
    pub fn awaits_agreement(&self) -> bool {
        !self.account().agreement.is_accepted()
    }

    /// Whether the country of the customer demands what its account does not hold.
    pub fn lacks_something(&self) -> bool {
        !self.account().lacks().is_empty()
    }

    /// Whether the customer can be asked: no link to the right contact is under way.
    pub fn can_ask(&self) -> bool {
        self.awaits_agreement()
            && self.asked.as_ref().is_none_or(|asked| asked.standing != Standing::Open || asked.is_outdated)
    }

    pub fn incentives(&self) -> Incentives {
        match self.draft.mpn_id.as_str() {
            "" => self.reseller.clone().map_or(Incentives::Nobody, Incentives::of),
            NOBODY => Incentives::Nobody,
            chosen => match self.partners.iter().find_map(|partner| partner.at(chosen)) {
                Some(partner) => Incentives::of(partner),
                None => Incentives::Gone(chosen.to_owned()),
            },
        }
    }

    /// The partners that can be chosen to earn incentives.
    pub fn choices(&self) -> impl Iterator<Item = &Partner> {
        self.partners.iter().filter(|partner| partner.is_eligible())
    }

    /// Whether a partner administers the customer that orders, or is to.
    pub fn is_managed_by(&self, partner: &Partner) -> bool {
        self.managers.contains(&partner.reseller)
    }

    pub fn chosen(&self) -> Chosen {
        Chosen::new(&self.draft.lines, &self.catalogue, &self.buyer())
    }

    /// Who buys, through the reseller that is chosen.
    pub fn buyer(&self) -> Buyer {
        let through = match self.incentives() {
            Incentives::Partner(partner) => Some(partner.reseller),
            Incentives::Nobody | Incentives::Gone(_) | Incentives::Barred(..) => None,
        };
        Buyer { through, ..self.buyer.clone() }
    }

    /// What Review shows and Submit must find again: who administers, who earns, what each line costs. Prices and
    /// partnerships change without the draft changing.
    pub fn review_mark(&self, chosen: &Chosen) -> String {
        let earner = match self.incentives() {
            Incentives::Partner(partner) => partner.mpn_id.to_string(),
            Incentives::Nobody | Incentives::Gone(_) | Incentives::Barred(..) => NOBODY.to_owned(),
        };
        let reseller = self.reseller.as_ref().map(|partner| partner.reseller.to_string()).unwrap_or_default();
        let lines = chosen.lines.iter().map(|line| {
            let price = line.unit_price;
            let (offer, quantity, billing) =
                (&line.listed.offer.id, line.quantity.get(), line.billing.as_text());
            let months = line.term_months();
            format!("{offer} {quantity} {billing} {} {} {months}\n", price.minor, price.currency.code())
        });
        mark_of(&[reseller, earner].into_iter().chain(lines).collect::<Vec<_>>().join("\n"))
    }

    /// How many offers a school could order that the customer cannot yet.
    pub fn for_schools(&self) -> usize {
        let school = Some(Refusal::NotQualified(Qualification::Education));
        self.catalogue.all().iter().filter(|listed| listed.refusal(&self.buyer, &[]) == school).count()
    }

    /// Everything that stands in the way, in the order of the steps.
    pub fn hindrances(&self, chosen: &Chosen) -> Vec<Hindrance> {
        if matches!(&self.whom, Whom::Existing(customer) if customer.ended_at.is_some()) {
            return vec![Hindrance::Ended];
        }
        let has_lines = !chosen.lines.is_empty();
        // A new customer can do without an order; what is begun for an existing one is nothing else.
        let orders = has_lines || !self.is_new();
        let of_incentives = match self.incentives() {
            Incentives::Gone(_) => Some(Hindrance::IncentivesGone),
            Incentives::Barred(partner, lack) => {
                Some(Hindrance::IncentivesBarred { name: partner.name, lack })
            }
            Incentives::Partner(_) | Incentives::Nobody => None,
        };
        let of_reseller = self.reseller_problem.clone().map(Hindrance::Reseller);
        let nothing = !has_lines && !self.is_new() && self.can_order();
        let all = [
            self.is_domain_taken.then_some(Hindrance::DomainTaken),
            of_reseller,
            self.code_problem.clone().map(Hindrance::Code),
            (orders && self.lacks_something()).then_some(Hindrance::AccountIncomplete),
            (orders && self.awaits_agreement()).then_some(Hindrance::AgreementAwaited),
            (orders && !self.may_order).then_some(Hindrance::MayNotOrder),
            nothing.then_some(Hindrance::NothingChosen),
            of_incentives.filter(|_| has_lines),
        ];
        let of_lines = chosen.lines.iter().filter_map(|line| {
            let (offer, name) = (line.listed.offer.id, line.listed.offer.name.clone());
            line.problem.clone().map(|problem| Hindrance::Line { offer, name, problem })
        });
        all.into_iter().flatten().chain(of_lines).collect()
    }
}

impl Incentives {
    fn of(partner: Partner) -> Self {
        match partner.lack() {
            Some(lack) => Self::Barred(partner, lack),
            None => Self::Partner(partner),
        }
    }
}

impl Hindrance {
    pub fn step(&self) -> Step {
        match self {
            Self::Ended => Step::Relationship,
            Self::DomainTaken | Self::Reseller(_) | Self::Code(_) => Step::Account,
            Self::AccountIncomplete => Step::Registration,
            Self::AgreementAwaited => Step::Agreement,
            _ => Step::Offers,
        }
    }

    /// Names the rule in the activity log.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Ended => "relationship_ended",
            Self::DomainTaken => "domain_taken",
            Self::Reseller(Problem::NotInPartnership) | Self::IncentivesGone => "partnership_removed",
            Self::Reseller(_) | Self::IncentivesBarred { .. } => "reseller_not_eligible",
            Self::Code(_) => "validation_code",
            Self::AgreementAwaited => "agreement_awaited",
            Self::AccountIncomplete => "account_incomplete",
            Self::MayNotOrder => "may_not_order",
            Self::NothingChosen => "nothing_chosen",
            Self::Line { problem: LineProblem::Quantity(_), .. } => "quantity",
            Self::Line { problem: LineProblem::BillingNotOffered, .. } => "billing_not_offered",
            Self::Line { problem: LineProblem::Refused(_), .. } => "offer_not_available",
        }
    }
}
