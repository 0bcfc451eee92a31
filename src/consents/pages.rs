//! The pages of the area.

pub mod answer;
pub mod asking;
pub mod delivery;
pub mod link;
pub mod request;
pub mod revocation;
