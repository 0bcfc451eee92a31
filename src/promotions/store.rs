//! Promotions as the operator keeps them.

pub mod keeping;
pub mod listing;
mod rows;

pub use keeping::fill;
pub use rows::PromotionRow;
