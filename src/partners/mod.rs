//! Organisations: the operator, indirect providers, indirect resellers, and their locations with MPN IDs.

pub mod model;
pub mod store;
