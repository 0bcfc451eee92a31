//! Every query of the area, by what it is about.

pub mod maker;
pub mod requests;
pub mod texts;
