//! Files of lists as rows. What somebody of another organisation asked for does not exist.

pub mod asking;
pub mod list;
pub mod making;
pub mod row;
pub mod taking;
pub mod tidying;
