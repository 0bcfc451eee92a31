//! The pages by what they are about.

pub mod agreements;
pub mod letters;
pub mod organisations;
pub mod start;
pub mod suspension;
pub mod test_letter;
