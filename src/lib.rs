//! The map of Twotier: every module, in the order of what may use what.
//! A module uses only modules above it; `tests/structure.rs` holds it to that.

// The ground under all of them is a crate of its own: ground/src/lib.rs.
pub use twotier_ground::{
    access, config, db, error, jobs, language, links, mail, paths, sheets, values, web,
};
pub use twotier_ground::{stored_as_text, text_enum};

pub mod gate;
pub mod activity;
pub mod session;
pub mod partners;
pub mod notifications;
pub mod people;
pub mod operator;
pub mod previews;
pub mod catalog;
pub mod promotions;
pub mod enrolment;
pub mod partnerships;
pub mod audiences;
pub mod agreements;
pub mod customers;
pub mod qualifications;
pub mod consents;
pub mod licenses;
pub mod azure;
pub mod subscriptions;
pub mod renewal_letters;
pub mod users;
pub mod batches;
pub mod orders;
pub mod upgrades;
pub mod reservations;
pub mod existing;
pub mod relationships;
pub mod handovers;
pub mod transfers;
pub mod endings;
pub mod overview;
pub mod self_service;
pub mod invitations;
pub mod exports;
pub mod routes;
pub mod server;
pub mod backup;
pub mod demo;
