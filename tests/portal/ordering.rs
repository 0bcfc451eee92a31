//! The order: New subscription, Review, Submit, Confirmation, and orders afterwards.

mod begun;
mod choosing;
mod history;
mod locations;
mod racing;
mod submitting;
