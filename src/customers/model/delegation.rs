//! What lets a reseller administer a customer, and until when.

use chrono::NaiveDate;

use crate::values::id::{DelegationId, OrganisationId};
use crate::values::moment::Moment;

/// What lets a reseller see and manage a customer, as long as it lasts.
#[derive(Clone, Debug)]
pub struct Delegation {
    pub id: DelegationId,
    pub reseller: OrganisationId,
    pub reseller_name: String,
    pub since: Moment,
    /// Who gave it; empty where that was not kept.
    pub given_by: String,
    /// Its last day, in UTC; none where it is open.
    pub ends_on: Option<NaiveDate>,
    pub ended_at: Option<Moment>,
    /// Who ended it; nobody where its last day was over, or where that was not kept.
    pub ended_by: String,
    /// The customer ended it, and alone gives the reseller another one.
    pub is_revoked: bool,
}

impl Delegation {
    pub fn lasts(&self) -> bool {
        self.ended_at.is_none()
    }

    /// Whether it never lasted: the customer accepted the reseller, and did not let it administer anything.
    pub fn is_without_administration(&self) -> bool {
        self.ended_at == Some(self.since)
    }

    /// Whether it ended because its last day was over.
    pub fn is_expired(&self) -> bool {
        let is_over = self.ended_at.zip(self.ends_on).is_some_and(|(at, last)| at.day() > last);
        is_over && self.ended_by.is_empty()
    }
}

/// Before how many days both sides are reminded of an end, the last reminder first.
pub const REMINDERS: [i32; 3] = [1, 7, 30];

/// The reminder that is due, or was due last, for what ends on a day: none while that is far, or over.
pub fn stage(ends_on: NaiveDate, today: NaiveDate) -> Option<i32> {
    let left = (ends_on - today).num_days();
    REMINDERS.into_iter().find(|days| (0..=i64::from(*days)).contains(&left))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::moment::days_after;

    #[test]
    fn the_nearest_reminder_is_due() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 29).unwrap();
        let due = |days| stage(days_after(today, days), today);
        assert_eq!(
            [31, 30, 8, 7, 2, 1, 0].map(due),
            [None, Some(30), Some(30), Some(7), Some(7), Some(1), Some(1)]
        );
        assert_eq!(stage(today, days_after(today, 1)), None);
    }
}
