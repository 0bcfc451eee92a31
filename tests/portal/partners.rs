//! Organisations: what they say of themselves.

#[path = "partners/agreements.rs"]
mod agreements;
#[path = "partners/eligibility.rs"]
mod eligibility;
#[path = "partners/locations.rs"]
mod locations;
#[path = "partners/namesakes.rs"]
mod namesakes;
#[path = "partners/profile.rs"]
mod profile;
