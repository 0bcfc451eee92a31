//! Every address of the portal, one file an area: what `routes` serves and what links lead to, in one line each.
//!
//! Addresses stand under all areas, so that each may lead to every other. Whatever needs one, in Rust or in a template,
//! has it made here, such as `crate::paths::customers::account(customer.id)`; `tests/structure/addresses.rs` sees to it.

pub mod activity;
pub mod agreements;
pub mod audiences;
pub mod azure;
pub mod batches;
pub mod catalog;
pub mod consents;
pub mod customers;
pub mod endings;
pub mod enrolment;
pub mod existing;
pub mod exports;
pub mod handovers;
pub mod invitations;
pub mod notifications;
pub mod operator;
pub mod orders;
pub mod partners;
pub mod partnerships;
pub mod people;
pub mod promotions;
pub mod qualifications;
mod query;
pub mod relationships;
pub mod renewal_letters;
pub mod reservations;
pub mod self_service;
pub mod session;
pub mod subscriptions;
pub mod upgrades;
pub mod transfers;
pub mod users;

pub use query::{address, pairs};

/// Names addresses: `account(id: &CustomerId) "/customers/{id}/account";` is `account(&customer)`, which makes the
/// address of one customer, and `account::ROUTE`, the pattern of all of them, to be served. Both are one text, so
/// they cannot differ.
macro_rules! addresses {
    ($($(#[$doc:meta])* $name:ident($($part:ident: $type:ty),*) $route:literal;)+) => {
        $(
            $crate::paths::addresses!(@make $(#[$doc])* $name($($part: $type),*) $route);

            #[doc = concat!("Served as `", $route, "`.")]
            pub mod $name {
                pub const ROUTE: &str = $route;
            }
        )+

        /// The patterns of all addresses above.
        pub const ROUTES: &[&str] = &[$($route),+];
    };
    (@make $(#[$doc:meta])* $name:ident() $route:literal) => {
        $(#[$doc])*
        #[doc = concat!("`", $route, "`")]
        pub const fn $name() -> &'static str {
            $route
        }
    };
    (@make $(#[$doc:meta])* $name:ident($($part:ident: $type:ty),+) $route:literal) => {
        $(#[$doc])*
        #[doc = concat!("`", $route, "`")]
        pub fn $name($($part: $type),+) -> String {
            format!($route)
        }
    };
}
use addresses;

addresses! {
    /// Where the work of whoever is signed in is.
    start() "/";
    /// What machines ask.
    health() "/healthz";
}

/// A file of the portal itself. Pages take it from `web::assets`, which adds its version.
pub fn asset(name: &str) -> String {
    format!("/static/{name}")
}

/// Served with folders.
pub mod asset {
    pub const ROUTE: &str = "/static/{name:.*}";
}

/// What all addresses of a route begin with, up to the first part that varies.
pub fn stem(route: &str) -> &str {
    route.split('{').next().unwrap_or_default()
}

/// All routes of all areas, for tests that hold them to what is served.
pub fn routes() -> impl Iterator<Item = &'static str> {
    let areas = [
        ROUTES,
        &[asset::ROUTE],
        activity::ROUTES,
        agreements::ROUTES,
        audiences::ROUTES,
        azure::ROUTES,
        batches::ROUTES,
        catalog::ROUTES,
        consents::ROUTES,
        customers::ROUTES,
        endings::ROUTES,
        enrolment::ROUTES,
        existing::ROUTES,
        exports::ROUTES,
        handovers::ROUTES,
        invitations::ROUTES,
        notifications::ROUTES,
        operator::ROUTES,
        orders::ROUTES,
        partners::ROUTES,
        partnerships::ROUTES,
        people::ROUTES,
        relationships::ROUTES,
        renewal_letters::ROUTES,
        self_service::ROUTES,
        promotions::ROUTES,
        qualifications::ROUTES,
        reservations::ROUTES,
        session::ROUTES,
        subscriptions::ROUTES,
        upgrades::ROUTES,
        transfers::ROUTES,
        users::ROUTES,
    ];
    areas.into_iter().flatten().copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::id::{CustomerId, DelegationId};

    #[test]
    fn an_address_is_its_route_with_the_parts_filled_in() {
        let (customer, delegation) = (CustomerId::new(), DelegationId::new());
        assert_eq!(start(), start::ROUTE);
        assert_eq!(
            relationships::change(&customer, &delegation),
            relationships::change::ROUTE
                .replace("{id}", customer.as_str())
                .replace("{delegation}", delegation.as_str())
        );
    }

    #[test]
    fn no_two_areas_name_one_route() {
        let mut all: Vec<_> = routes().collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }

    #[test]
    fn the_stem_ends_before_what_varies() {
        assert_eq!(stem(people::set_password::ROUTE), "/set-password/");
        assert_eq!(stem(asset::ROUTE), "/static/");
        assert_eq!(stem(session::sign_in::ROUTE), "/sign-in");
    }
}
