//! Fills an empty database with a demonstration that comes out the same each time.

mod agreements;
mod batch;
mod cast;
mod catalogue;
mod choice;
mod consents;
mod customers;
mod data;
mod drafts;
mod endings;
mod enrolments;
mod fate;
mod fill;
mod flow;
mod life;
mod log;
mod office;
mod orders;
mod partnerships;
mod random;
mod requests;
mod rows;
mod told;
mod world;

pub use fill::fill;
