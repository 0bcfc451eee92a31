//! The pages of this area.

pub mod activity;
pub mod overview;
