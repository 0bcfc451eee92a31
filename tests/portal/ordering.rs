//! The order: New subscription, Review, Submit, Confirmation, and orders afterwards.

pub mod begun;
mod choosing;
mod history;
mod racing;
mod submitting;
