//! The pages by what they are about.

pub mod edit;
pub mod ending;
pub mod list;
pub mod show;
