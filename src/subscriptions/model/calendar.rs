//! What the calendar does to a subscription when a day comes: its term is over, or its data is kept no longer.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::{End, Status, Subscription, term};
use crate::values::id::SubscriptionId;
use crate::values::moment::days_after;

/// Which of a base that renews, and of all below it, nearest first, go on into the next term: an add-on that is left behind
/// leaves behind what is added to it. What is billed by use goes on with what it belongs to.
pub fn going_on(base: &Subscription, below: &[Subscription]) -> HashSet<SubscriptionId> {
    let mut going_on = HashSet::from([base.id]);
    for add_on in below {
        let is_wanted = !term::ends(add_on.term_months) || add_on.at_end_of_term() == Turn::Renew;
        if is_wanted && add_on.parent.is_some_and(|parent| going_on.contains(&parent)) {
            going_on.insert(add_on.id);
        }
    }
    going_on
}

/// What a day brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Another term begins, at the price of that day.
    Renew,
    End(End),
}

impl Subscription {
    /// What is the first to come of a subscription, and on which day: nothing where it runs until it is cancelled, has
    /// ended, or renews and ends with the one that it is an add-on of. What is suspended renews, too: nothing is billed
    /// meanwhile, and it comes back in the term in which it would be otherwise; its data is kept as long as was said, though
    /// its term may be over before.
    pub fn next_turn(&self) -> Option<(NaiveDate, Turn)> {
        if self.status == Status::Deleted {
            return None;
        }
        let is_kept = self.status == Status::Suspended;
        let deletion =
            self.kept_until.filter(|_| is_kept).map(|last| (days_after(last, 1), End::DataDeleted));
        let deletion = deletion.map(|(day, end)| (day, Turn::End(end)));
        let has_term = self.parent.is_none() && term::ends(self.term_months);
        let over = has_term.then(|| (self.renews_on, self.at_end_of_term()));
        let over = over.filter(|(_, turn)| deletion.is_none() || *turn == Turn::Renew);
        // Of the same day the deletion counts, which leaves nothing to renew.
        deletion.into_iter().chain(over).min_by_key(|(day, _)| *day)
    }

    /// What becomes of it when its term is over.
    pub fn at_end_of_term(&self) -> Turn {
        if self.is_trial || !self.auto_renews { Turn::End(End::Expired) } else { Turn::Renew }
    }

    /// Whether its page says what comes of it at the end of its term: not where its data is gone before.
    pub fn comes_to_end_of_term(&self) -> bool {
        let renews = self.next_turn().is_some_and(|(_, turn)| turn == Turn::Renew);
        self.can_renew() && (self.status != Status::Suspended || self.parent.is_some() || renews)
    }

    /// Whether somebody decides whether it renews.
    pub fn can_renew(&self) -> bool {
        !self.is_trial && !self.is_usage_based() && term::ends(self.term_months)
    }
}

#[cfg(test)]
mod tests;
