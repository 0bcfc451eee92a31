//! All jobs on one screen: each area registers its own.

use crate::jobs::{self, Kind};
use crate::{
    activity, azure, batches, customers, endings, enrolment, existing, exports, handovers, invitations,
    notifications, partnerships, people, previews, relationships, renewal_letters, reservations, session,
    subscriptions, transfers, users,
};

/// Every kind of job that this portal knows.
pub fn kinds() -> Vec<Kind> {
    [
        jobs::KINDS,
        activity::jobs::KINDS,
        session::jobs::KINDS,
        notifications::jobs::KINDS,
        people::jobs::KINDS,
        previews::jobs::KINDS,
        enrolment::jobs::KINDS,
        partnerships::jobs::KINDS,
        relationships::jobs::KINDS,
        handovers::jobs::KINDS,
        transfers::jobs::KINDS,
        endings::jobs::KINDS,
        customers::jobs::KINDS,
        subscriptions::jobs::KINDS,
        renewal_letters::jobs::KINDS,
        azure::jobs::KINDS,
        reservations::jobs::KINDS,
        users::jobs::KINDS,
        batches::jobs::KINDS,
        existing::jobs::KINDS,
        invitations::jobs::KINDS,
        exports::jobs::KINDS,
    ]
    .concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_name_of_its_own() {
        let mut names: Vec<_> = kinds().iter().map(|kind| kind.name).collect();
        names.sort_unstable();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
