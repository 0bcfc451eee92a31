//! What is reserved, what can be, and who may.

pub mod buying;
pub mod expiring;
pub mod list;
pub mod own;
pub mod permissions;
pub mod products;
mod row;
mod telling;
