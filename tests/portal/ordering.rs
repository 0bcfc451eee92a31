//! The order: New subscription, Review, Submit, Confirmation, and orders afterwards.

mod alike;
pub mod begun;
mod cancelling;
mod choosing;
mod history;
mod locations;
mod numbers;
mod racing;
mod submitting;
