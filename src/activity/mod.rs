//! Who did what, for whom, with what result: written with every command, read on the Activity log page.

pub mod model;
pub mod store;

pub use model::{Action, Change, Entry, Outcome};
