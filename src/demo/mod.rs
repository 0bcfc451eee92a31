//! Fills an empty database with a demonstration that comes out the same each time.

mod batch;
mod cast;
mod catalogue;
mod customers;
mod data;
mod fill;
mod flow;
mod log;
mod orders;
mod partnerships;
mod random;
mod rows;
mod world;

pub use fill::fill;
