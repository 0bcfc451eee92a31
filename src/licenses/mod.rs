//! Who uses which license, out of what a customer bought: the rules, and what is kept of it. The pages are those of users.

pub mod facts;
pub mod model;
pub mod store;
