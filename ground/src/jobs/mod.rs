//! Jobs: what the portal does by itself at its times, and what somebody asked for that takes longer than a page.
//!
//! An area registers its own in a list of [`Kind`]s, as in `src/session/jobs.rs`, and words each in its glossary:
//!
//! ```ini
//! [job]
//! sweep_sign_ins = Clear away sign-ins that have ended
//! ```
//!
//! `server::chores` gathers the lists, and a [`Worker`] runs what is due, in one of the instances that share a database.
//!
//! What somebody asked for is a [`Kind::once`], put by [`store::put`] with its payload and its owner. While it works, a
//! page shows [`store::standing`] to the organisation that asked: how far it is, and what came of it.
//!
//! A job that fails is tried again after pauses that grow. One may run again that was done already, as when the portal
//! dies before that is kept: a job finds done what is done.

mod hold;
pub mod kind;
pub mod model;
pub mod run;
pub mod schedule;
pub mod store;
pub mod worker;

pub use kind::{Kind, Outcome, Work};
pub use run::Run;
pub use worker::Worker;

/// The jobs of this area.
pub const KINDS: &[Kind] = &[Kind::daily("forget_ended_jobs", |run| run.in_steps(store::forget_ended))];
