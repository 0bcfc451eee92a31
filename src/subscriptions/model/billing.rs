//! Changing how often an order is billed: all its subscriptions together, with the add-ons that hang on them.

use chrono::NaiveDate;

use super::{Status, Subscription, term};
use crate::catalog::model::{Billing, Price};
use crate::values::id::SubscriptionId;
use crate::values::mark::mark_of;
use crate::values::money::Money;
use crate::values::quantity::Quantity;

/// A subscription of the order, or an add-on below one, with what the catalogue says of its offer today.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub subscription: Subscription,
    pub standing: Status,
    /// How the offer can be billed.
    pub billings: Vec<Billing>,
    pub term_months: i32,
    /// In the subscription's currency, if it has one there.
    pub price: Option<Price>,
}

/// What a change of the billing frequency would do.
#[derive(Clone, Debug)]
pub struct Switch {
    pub to: Billing,
    pub moves: Vec<Move>,
    pub stays: Vec<Stay>,
}

/// A subscription that is billed otherwise from now on.
#[derive(Clone, Debug)]
pub struct Move {
    pub subscription: Subscription,
    /// One unit for one period of the new kind: the catalogue's price of today.
    pub unit_price: Money,
    pub renews_on: NaiveDate,
    /// How long its terms are.
    pub term_months: i32,
}

/// A subscription of the order that stays as it is.
#[derive(Clone, Debug)]
pub struct Stay {
    pub subscription: Subscription,
    pub because: Because,
}

/// Why one stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Because {
    /// It is billed that way already.
    Already,
    Trial,
    UsageBased,
    Deleted,
    /// It is an add-on of what another order bought, and billed like that.
    BilledLikeBase,
}

/// Which rule refuses it. `templates/subscriptions/billing_words.html` says so, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    Trial,
    UsageBased,
    Deleted,
    /// It is an add-on, billed like its base, which another order bought.
    BilledLikeBase {
        base: SubscriptionId,
    },
    /// One of the subscriptions is not active (6000).
    Inactive {
        id: SubscriptionId,
        name: String,
        standing: Status,
    },
    /// An offer cannot be billed that way (6001).
    NotOffered {
        name: String,
        to: Billing,
    },
    /// An offer has no price in the currency (6001).
    NoPrice {
        name: String,
    },
}

impl Refusal {
    /// Names the rule in the activity log.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Trial => "trial",
            Self::UsageBased => "usage_based",
            Self::Deleted => "deleted",
            Self::BilledLikeBase { .. } => "billed_like_base",
            Self::Inactive { .. } => "not_all_active",
            Self::NotOffered { .. } => "billing_not_offered",
            Self::NoPrice { .. } => "no_price",
        }
    }
}

/// How a subscription would be billed after a change; what is never billed by a period has no other way.
pub fn other(billing: Billing) -> Billing {
    match billing {
        Billing::Monthly => Billing::Annual,
        Billing::Annual => Billing::Monthly,
        Billing::Never => Billing::Never,
    }
}

/// What changing the subject's billing frequency does to its order on a day. The candidates are the order's
/// subscriptions and everything below them.
///
/// # Errors
/// The first rule that refuses it.
pub fn switch(subject: &Subscription, candidates: &[Candidate], today: NaiveDate) -> Result<Switch, Refusal> {
    let to = other(subject.billing);
    if subject.is_trial || to == Billing::Never {
        return Err(Refusal::Trial);
    }
    if subject.is_usage_based() {
        return Err(Refusal::UsageBased);
    }
    let mut switch = Switch { to, moves: Vec::new(), stays: Vec::new() };
    for candidate in candidates {
        let stays = match stays(candidate, candidates, to) {
            Some(because) if candidate.subscription.id == subject.id => because.refusal(subject),
            because => because.map_or(Ok(None), |because| Ok(Some(because))),
        };
        let subscription = candidate.subscription.clone();
        match stays? {
            Some(because) => switch.stays.push(Stay { subscription, because }),
            None => switch.moves.push(moved(candidate, candidates, (to, today))?),
        }
    }
    Ok(switch)
}

fn stays(candidate: &Candidate, all: &[Candidate], to: Billing) -> Option<Because> {
    let subscription = &candidate.subscription;
    match () {
        () if candidate.standing == Status::Deleted => Some(Because::Deleted),
        () if subscription.is_trial => Some(Because::Trial),
        () if subscription.is_usage_based() => Some(Because::UsageBased),
        () if line(candidate, all).any(is_fixed) => Some(Because::BilledLikeBase),
        () if root(candidate, all).subscription.parent.is_some() => Some(Because::BilledLikeBase),
        () if subscription.billing == to => Some(Because::Already),
        () => None,
    }
}

/// Whether it is never billed otherwise, and with it what is added to it.
fn is_fixed(candidate: &Candidate) -> bool {
    let subscription = &candidate.subscription;
    candidate.standing == Status::Deleted || subscription.is_trial || subscription.is_usage_based()
}

impl Switch {
    /// Whether something is cheaper by a promotion until then.
    pub fn ends_promotion(&self) -> bool {
        self.moves.iter().any(|moved| moved.subscription.promotion.is_some())
    }
}

impl Because {
    /// The rule that refuses the change for the very subscription that was asked about.
    fn refusal(self, subject: &Subscription) -> Result<Option<Self>, Refusal> {
        match self {
            Self::Deleted => Err(Refusal::Deleted),
            Self::Trial => Err(Refusal::Trial),
            Self::UsageBased => Err(Refusal::UsageBased),
            Self::BilledLikeBase => match &subject.parent {
                Some(base) => Err(Refusal::BilledLikeBase { base: *base }),
                None => Ok(Some(self)),
            },
            Self::Already => Ok(Some(self)),
        }
    }
}

fn moved(
    candidate: &Candidate,
    all: &[Candidate],
    (to, today): (Billing, NaiveDate),
) -> Result<Move, Refusal> {
    let subscription = candidate.subscription.clone();
    let (id, name) = (subscription.id, subscription.nickname.clone());
    if candidate.standing != Status::Active {
        return Err(Refusal::Inactive { id, name, standing: candidate.standing });
    }
    if !candidate.billings.contains(&to) {
        return Err(Refusal::NotOffered { name, to });
    }
    let Some(price) = candidate.price else { return Err(Refusal::NoPrice { name }) };
    let (renews_on, term_months) = match to {
        // Going annual begins a new term, of a year at least. Add-ons renew with their base, so it is the base that decides.
        Billing::Annual => {
            let months = root(candidate, all).term_months.max(YEAR);
            (term::renews_on(term::starts_on(today), months), months)
        }
        Billing::Monthly | Billing::Never => (subscription.renews_on, subscription.term_months),
    };
    Ok(Move { unit_price: price.per_period(to), renews_on, term_months, subscription })
}

const YEAR: i32 = 12;

/// A candidate, what it is an add-on of, what that is an add-on of, and so on, as far as they are candidates.
fn line<'a>(candidate: &'a Candidate, all: &'a [Candidate]) -> impl Iterator<Item = &'a Candidate> {
    let base = |one: &&'a Candidate| {
        let parent = one.subscription.parent.as_ref()?;
        all.iter().find(|other| other.subscription.id == *parent)
    };
    // As many steps as there are candidates at most: no circle holds it up.
    std::iter::successors(Some(candidate), base).take(all.len())
}

fn root<'a>(candidate: &'a Candidate, all: &'a [Candidate]) -> &'a Candidate {
    line(candidate, all).last().unwrap_or(candidate)
}

impl Switch {
    /// Which versions, prices and days a page has shown: two with the same mark show the same.
    pub fn mark(&self) -> String {
        let line = |moved: &Move| {
            let (subscription, price) = (&moved.subscription, moved.unit_price);
            let (id, version, code) = (&subscription.id, subscription.version, price.currency.code());
            format!("{id} {version} {} {code} {}\n", price.minor, moved.renews_on)
        };
        let text: String = self.moves.iter().map(line).collect();
        mark_of(&format!("{}\n{text}", self.to.as_text()))
    }

    /// Whether a new term begins.
    pub fn restarts_term(&self) -> bool {
        self.to == Billing::Annual
    }
}

impl Move {
    /// What stays planned for the next term: nothing where that begins today already.
    pub fn plan(&self) -> Option<Quantity> {
        self.subscription.renewal_quantity.filter(|_| self.renews_on == self.subscription.renews_on)
    }

    /// What was planned and is no longer.
    pub fn dropped_plan(&self) -> Option<Quantity> {
        self.subscription.renewal_quantity.filter(|_| self.plan().is_none())
    }

    /// What all units will cost for one period of the new kind.
    pub fn total(&self) -> Money {
        self.unit_price.times(self.subscription.quantity.get())
    }
}

#[cfg(test)]
mod tests;
