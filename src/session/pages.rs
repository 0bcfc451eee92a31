//! The pages of this area.

pub mod code;
pub mod language;
pub mod password;
pub mod second_factor;
pub mod sign_in;
