//! Requests that people answer by a personal link: how they stand, and the letter while its link is in hand.

pub mod form;
pub mod fresh;
pub mod model;
mod wrong;
