//! Who asked for letters, and writing those that are due.

pub mod choice;
pub mod writing;
