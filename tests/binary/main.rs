//! The binary as an operator meets it: how it starts, refuses to start, stops, and what a crash leaves.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod browsing;
mod catalogue;
mod crash;
mod disk;
mod first_day;
mod log;
mod start;
mod support;
