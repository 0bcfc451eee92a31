//! Queries about orders and what becomes one.

pub mod cancelling;
pub mod making;
pub mod placing;
pub mod reading;
pub mod receiving;
pub mod setup;
pub mod taking_over;
