//! Files that say what they would do before they do it: offers of the catalogue, usage. Each area reads and applies its own.

pub mod jobs;
pub mod model;
pub mod store;
