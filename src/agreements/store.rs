//! Every query of the area, by what it is about.

pub mod contact;
pub mod requests;
pub mod texts;
