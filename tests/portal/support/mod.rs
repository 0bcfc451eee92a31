//! What the stories stand on.
#![allow(dead_code, reason = "a toolbox: not every story uses every tool")]

pub mod bought;
pub mod browser;
mod browser_tests;
pub mod cookies;
pub mod database;
pub mod fields;
pub mod fixtures;
pub mod mail;
pub mod page;
pub mod page_rules;
pub mod portal;
pub mod proxy;
pub mod routes;
pub mod sight;
pub mod smtp;
mod smtp_tests;
pub mod submission;
pub mod table;
pub mod wire;
pub mod words;
