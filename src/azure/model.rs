//! What is used, what it costs, and how that stands beside a budget.

pub mod budget;
pub mod column;
pub mod cost;
pub mod number;
pub mod owner;
pub mod plan;
pub mod reading;
pub mod spending;
pub mod usage;
