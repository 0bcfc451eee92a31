//! What the browser stories stand on.
#![allow(dead_code, reason = "a toolbox: not every story uses every tool")]

pub mod answer;
pub mod chromium;
pub mod clipboard;
#[path = "../../portal/support/database.rs"]
pub mod database;
pub mod files;
pub mod http;
pub mod look;
pub mod parts;
pub mod paths;
pub mod portal;
pub mod process;
pub mod sight;
pub mod signing_in;
pub mod story;

mod chromium_tests;
