//! Every query of the area, by what it is about.

pub mod directory;
pub mod figures;
pub mod letters;
pub mod suspension;
pub mod test_letters;
