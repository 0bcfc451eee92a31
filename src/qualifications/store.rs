//! Every query of the area, by what it is about.

pub mod asking;
pub mod codes;
pub mod deciding;
pub mod ending;
pub mod government;
pub mod list;
pub mod reading;
