//! The pages of the area.

pub mod answer;
pub mod board;
pub mod code;
pub mod delivery;
pub mod link;
pub mod new_request;
pub mod place;
pub mod providers;
pub mod request;
pub mod requests;
pub mod resellers;
pub mod revocation;
