//! All lists that can be had as files, on one screen: each area says in its `exports.rs` what somebody gets of its own.

use crate::web::export::Kind;
use crate::{
    activity, azure, batches, catalog, customers, endings, enrolment, existing, handovers, invitations,
    operator, orders, partners, partnerships, people, promotions, qualifications, relationships,
    reservations, self_service, subscriptions, transfers, users,
};

const AREAS: [&[Kind]; 23] = [
    activity::EXPORTS,
    azure::EXPORTS,
    batches::EXPORTS,
    existing::EXPORTS,
    catalog::EXPORTS,
    customers::EXPORTS,
    endings::EXPORTS,
    enrolment::EXPORTS,
    handovers::EXPORTS,
    invitations::EXPORTS,
    operator::EXPORTS,
    orders::EXPORTS,
    partners::EXPORTS,
    partnerships::EXPORTS,
    people::EXPORTS,
    promotions::EXPORTS,
    qualifications::EXPORTS,
    relationships::EXPORTS,
    reservations::EXPORTS,
    self_service::EXPORTS,
    subscriptions::EXPORTS,
    transfers::EXPORTS,
    users::EXPORTS,
];

/// Every list.
pub fn all() -> impl Iterator<Item = Kind> {
    AREAS.into_iter().flatten().copied()
}

/// The one that is had there.
pub fn at(route: &str) -> Option<Kind> {
    all().find(|kind| kind.route == route)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paths;

    #[test]
    fn every_address_of_an_export_belongs_to_a_list() {
        let mut named: Vec<&str> = paths::routes().filter(|route| route.ends_with("/export")).collect();
        let mut listed: Vec<&str> = all().map(|kind| kind.route).collect();
        named.sort_unstable();
        listed.sort_unstable();
        assert_eq!(listed, named);
    }
}
