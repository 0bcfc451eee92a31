//! The portal in a real Chromium: what only a browser can tell (scripts, clipboard, keyboard, looks), and the
//! whole journey once with scripts and once without. Everything else is told in `tests/portal`.
//!
//! Needs `chromium` and `chromedriver`. Without them the tests are skipped aloud; `REQUIRE_BROWSER=1` makes that
//! a failure.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a story that cannot go on fails")]

mod changes;
mod chinese;
mod ended;
mod enrolment;
mod existing;
mod invited;
mod journey;
mod leaving;
mod licenses;
mod lists;
mod paper;
mod second_factor;
mod sign_in;
mod support;
mod uploads;
mod widths;
