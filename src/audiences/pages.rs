//! The pages of this area.

pub mod edit;
pub mod of_reseller;
