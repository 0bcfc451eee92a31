//! The letters of this area.

pub mod sign_in_link;
