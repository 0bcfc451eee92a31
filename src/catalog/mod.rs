//! The catalogue: offers, what they cost, and who can buy them.

pub mod model;
pub mod store;
