//! Every query of the area, by what it is about.

pub mod directory;
pub mod figures;
pub mod failures;
pub mod suspension;
