//! Organisations: what they say of themselves.

#[path = "partners/profile.rs"]
mod profile;
