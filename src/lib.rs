//! The map of Twotier: every module, in the order of what may use what.
//! A module uses only modules above it; `tests/structure.rs` holds it to that.

pub mod values;
pub mod language;
pub mod paths;
pub mod error;
pub mod db;
pub mod mail;
pub mod config;
pub mod access;
pub mod web;
pub mod jobs;
pub mod links;
pub mod activity;
pub mod session;
pub mod partners;
pub mod notifications;
pub mod people;
pub mod operator;
pub mod catalog;
pub mod enrolment;
pub mod partnerships;
pub mod agreements;
pub mod customers;
pub mod consents;
pub mod subscriptions;
pub mod orders;
pub mod routes;
pub mod server;
pub mod backup;
pub mod demo;
