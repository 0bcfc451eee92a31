//! People: members of an organisation with their roles.

pub mod add_admin;
pub mod store;
