//! Files of lists as rows. What somebody of another organisation asked for does not exist.

pub mod asking;
pub mod closing;
pub mod list;
pub mod making;
pub mod pieces;
pub mod row;
pub mod taking;
pub mod tidying;
