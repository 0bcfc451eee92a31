//! Organisations: what they say of themselves.

#[path = "partners/agreements.rs"]
mod agreements;
#[path = "partners/locations.rs"]
mod locations;
#[path = "partners/profile.rs"]
mod profile;
