//! Queries about orders and what becomes one.

pub mod cancelling;
pub mod making;
pub mod placing;
pub mod reading;
pub mod receiving;
pub mod reserving;
pub mod setup;
mod single;
pub mod taking_over;
pub mod upgrading;
