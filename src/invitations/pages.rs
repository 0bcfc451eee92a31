//! The pages of the area.

pub mod account;
pub mod company;
pub mod delivery;
pub mod link;
pub mod new_request;
pub mod proof;
pub mod refusal;
pub mod reminder;
pub mod request;
pub mod requests;
pub mod revocation;
