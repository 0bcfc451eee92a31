//! What customers spend by usage: files, rows, their sums, and budgets.

pub mod accounts;
mod alerts;
pub mod budgets;
pub mod files;
pub mod importing;
pub mod list;
pub mod months;
pub mod owners;
pub mod sums;
