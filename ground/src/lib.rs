//! The ground under every area: it uses no module of one. A crate of its own, so that most changes of an area compile
//! none of it again, and the compiler holds less at once.
//! A module uses only modules above it; `tests/structure.rs` holds it to that.

pub mod values;
pub mod language;
pub mod paths;
pub mod error;
pub mod db;
pub mod mail;
pub mod config;
pub mod access;
pub mod sheets;
pub mod web;
pub mod jobs;
pub mod links;
