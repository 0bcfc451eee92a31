//! Pages of this area.

pub mod buying;
pub mod list;
pub mod own;
pub mod permissions;
pub mod products;
