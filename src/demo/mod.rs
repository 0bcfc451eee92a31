//! Fills an empty database with a demonstration that comes out the same each time.

mod agreements;
mod batch;
mod cast;
mod catalogue;
mod choice;
mod colleagues;
mod companies;
mod consents;
mod correction;
mod customers;
mod data;
mod drafts;
mod endings;
mod enrolments;
mod exports;
mod fate;
mod fill;
mod flow;
mod handovers;
mod invitations;
mod letters;
mod licenses;
mod life;
mod log;
mod office;
mod orders;
mod partnerships;
mod plans;
mod qualifications;
mod random;
mod requests;
mod rows;
mod told;
mod withdrawals;
mod world;

pub use fill::fill;
