//! The pages by what they are about.

pub mod agreements;
