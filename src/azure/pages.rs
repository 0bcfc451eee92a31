//! The pages of this area.

pub mod budgets;
pub mod customer;
pub mod list;
pub mod upload;
