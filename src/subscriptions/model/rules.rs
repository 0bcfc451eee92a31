//! What may be done to a subscription in which state.

use chrono::NaiveDate;

use super::calendar::Turn;
use super::{Status, Subscription};
use crate::catalog::model as catalog;
use crate::customers::model::Readiness;
use crate::values::moment::days_after;

/// For so many days the data of a suspended subscription is kept.
pub const KEPT_DAYS: u64 = 90;

/// What somebody wants to do to a subscription.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// To whatever number.
    ChangeQuantity,
    /// To a higher one.
    RaiseQuantity,
    /// To a lower one.
    ReduceQuantity,
    /// To another number when the next term begins.
    PlanQuantity,
    /// To a higher one then.
    PlanRaise,
    /// To none other then.
    WithdrawPlan,
    Rename,
    /// Whether another term follows.
    DecideRenewal,
    Suspend,
    Reactivate,
    /// End it before its term is over.
    Cancel,
    /// Make a paid subscription of a trial.
    Convert,
    /// Buy another one in its place.
    Upgrade,
    /// Set, change or clear Reseller (MPN ID).
    AssignReseller,
    AssignSupport,
}

/// Which rule refuses it. `templates/subscriptions/words.html` says so, and what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Not provisioned yet.
    Pending,
    Suspended,
    /// Its data is gone, so nothing can be done with it.
    Deleted,
    /// It is active, so there is nothing to reactivate.
    Active,
    /// The quantity of a trial is fixed.
    Trial,
    /// No other term follows.
    Ends,
    /// It is paid for, so there is nothing to convert.
    Paid,
    /// There is no offer that the trial could become.
    NoPaidOffer,
    /// There is one, and the customer cannot buy it.
    NotSold(catalog::Refusal),
    /// What is used is billed; there is no quantity.
    UsageBased,
    /// The customer has not accepted the customer agreement.
    AgreementMissing,
    /// The country of the customer demands what its account does not hold.
    AccountIncomplete,
    /// The subscription that an add-on belongs to is not active.
    BaseNotActive,
    /// The provider's relationship with the customer has ended.
    Ended,
    /// It is about to move to another partner, and its quantity is frozen until that is decided.
    UnderTransfer,
    /// Its offer lets the quantity be reduced later in a term only when it renews.
    ReducedAtRenewal,
    /// Its offer does not let it be cancelled any more, or at all, in this term.
    NotCancelled,
}

impl Refusal {
    /// Whether the customer's account is the place to mend it.
    pub fn is_agreement(self) -> bool {
        self == Self::AgreementMissing
    }

    /// Whether it is mended by naming another reseller.
    pub fn is_of_reseller(self) -> bool {
        matches!(self, Self::NotSold(why) if why.is_of_reseller())
    }

    /// Whether it is mended by filling in what the country demands.
    pub fn is_demand(self) -> bool {
        self == Self::AccountIncomplete
    }
}

/// What the rules ask of a subscription and its surroundings.
#[derive(Clone, Copy, Debug)]
pub struct State {
    pub status: Status,
    pub is_trial: bool,
    pub is_usage_based: bool,
    /// Whether another term follows.
    pub renews: bool,
    /// How the base of an add-on stands.
    pub base: Option<Status>,
    /// Whether more can be bought for the customer.
    pub readiness: Readiness,
    /// Whether it is about to move to another partner.
    pub is_transferring: bool,
    /// Whether its offer lets its quantity be reduced at once.
    pub is_reducible: bool,
    /// Whether its offer lets it be cancelled.
    pub is_cancellable: bool,
}

impl State {
    /// The state of a subscription on a day.
    pub fn of(
        subscription: &Subscription,
        base: Option<Status>,
        readiness: Readiness,
        today: NaiveDate,
    ) -> Self {
        Self {
            status: subscription.standing(today),
            is_trial: subscription.is_trial,
            is_usage_based: subscription.is_usage_based(),
            renews: subscription.at_end_of_term() == Turn::Renew,
            base,
            readiness,
            is_transferring: false,
            is_reducible: true,
            is_cancellable: false,
        }
    }

    /// Whether an action is allowed.
    ///
    /// # Errors
    /// The first rule that refuses it.
    pub fn check(self, action: Action) -> Result<(), Refusal> {
        match (action, self.status) {
            (_, Status::Deleted) => Err(Refusal::Deleted),
            _ if !self.readiness.is_lasting => Err(Refusal::Ended),
            (Action::ChangeQuantity, Status::Active) => self.check_quantity(),
            (Action::RaiseQuantity, Status::Active) => {
                self.check_quantity().and_then(|()| self.check_account())
            }
            (Action::ReduceQuantity, _) => {
                self.check(Action::ChangeQuantity).and_then(|()| self.check_reduction())
            }
            (Action::Cancel, Status::Pending) => Err(Refusal::Pending),
            (Action::Cancel, _) if self.is_transferring => Err(Refusal::UnderTransfer),
            (Action::Cancel, _) if !self.is_cancellable => Err(Refusal::NotCancelled),
            (Action::Suspend, Status::Active) | (Action::Cancel, _) => Ok(()),
            (Action::Convert, _) if !self.is_trial => Err(Refusal::Paid),
            (Action::Upgrade, _) if self.is_usage_based => Err(Refusal::UsageBased),
            (Action::Convert | Action::Upgrade, Status::Active) if self.is_transferring => {
                Err(Refusal::UnderTransfer)
            }
            (Action::Convert | Action::Upgrade, Status::Active) => {
                self.check_agreement().and_then(|()| self.check_account())
            }
            (Action::Reactivate, Status::Suspended) => match self.base {
                None | Some(Status::Active) => self.check_account(),
                Some(_) => Err(Refusal::BaseNotActive),
            },
            (Action::Reactivate, Status::Active) => Err(Refusal::Active),
            (
                Action::ChangeQuantity
                | Action::RaiseQuantity
                | Action::Suspend
                | Action::Convert
                | Action::Upgrade,
                Status::Suspended,
            ) => Err(Refusal::Suspended),
            (
                Action::ChangeQuantity
                | Action::RaiseQuantity
                | Action::Suspend
                | Action::Reactivate
                | Action::Convert
                | Action::Upgrade,
                Status::Pending,
            ) => Err(Refusal::Pending),
            (Action::WithdrawPlan, _) if self.is_transferring => Err(Refusal::UnderTransfer),
            (Action::PlanRaise, _) => self.check(Action::PlanQuantity).and_then(|()| self.check_account()),
            (Action::PlanQuantity, _) if !self.renews && !self.is_trial && !self.is_usage_based => {
                Err(Refusal::Ends)
            }
            (Action::PlanQuantity, _) => self.check_quantity(),
            (Action::DecideRenewal, _) if self.is_trial => Err(Refusal::Trial),
            (Action::DecideRenewal, _) if self.is_usage_based => Err(Refusal::UsageBased),
            (
                Action::WithdrawPlan
                | Action::Rename
                | Action::DecideRenewal
                | Action::AssignReseller
                | Action::AssignSupport,
                _,
            ) => Ok(()),
        }
    }

    /// The rule that refuses an action, if one does.
    pub fn refusal(self, action: Action) -> Option<Refusal> {
        self.check(action).err()
    }

    fn check_quantity(self) -> Result<(), Refusal> {
        if self.is_trial {
            Err(Refusal::Trial)
        } else if self.is_usage_based {
            Err(Refusal::UsageBased)
        } else if self.is_transferring {
            Err(Refusal::UnderTransfer)
        } else {
            self.check_agreement()
        }
    }

    fn check_reduction(self) -> Result<(), Refusal> {
        if self.is_reducible { Ok(()) } else { Err(Refusal::ReducedAtRenewal) }
    }

    fn check_agreement(self) -> Result<(), Refusal> {
        if self.readiness.is_accepted { Ok(()) } else { Err(Refusal::AgreementMissing) }
    }

    fn check_account(self) -> Result<(), Refusal> {
        if self.readiness.is_complete { Ok(()) } else { Err(Refusal::AccountIncomplete) }
    }
}

/// How a subscription stands on a day: a suspended one is deleted once the day has passed until which
/// its data is kept. The database keeps "suspended"; whoever shows, counts or changes asks here.
pub fn standing(status: Status, kept_until: Option<NaiveDate>, today: NaiveDate) -> Status {
    let is_over = kept_until.is_some_and(|kept_until| kept_until < today);
    if status == Status::Suspended && is_over { Status::Deleted } else { status }
}

/// Until when the data of a subscription is kept that is suspended on this day.
pub fn kept_until(today: NaiveDate) -> NaiveDate {
    days_after(today, KEPT_DAYS)
}

#[cfg(test)]
mod tests;
