//! The binary as an operator meets it: how it starts, refuses to start, stops, what a crash leaves, and how it is put
//! back.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod backup;
mod browsing;
mod catalogue;
mod crash;
mod crowd;
mod disk;
mod first_day;
mod log;
mod ordering;
mod restore;
mod sqlite;
mod start;
mod stopping;
mod support;
mod uploading;
