//! The map of Twotier: every module, in the order of what may use what.
//! A module uses only modules above it; `tests/structure.rs` holds it to that.

pub mod access;
pub mod activity;
pub mod catalog;
pub mod config;
pub mod customers;
pub mod db;
pub mod demo;
pub mod error;
pub mod mail;
pub mod orders;
pub mod partners;
pub mod partnerships;
pub mod people;
pub mod routes;
pub mod server;
pub mod session;
pub mod subscriptions;
pub mod values;
pub mod web;
