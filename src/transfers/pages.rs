//! The pages of transfers.

pub mod answer;
pub mod link;
pub mod list;
pub mod new;
pub mod own;
pub mod recording;
pub mod reminding;
pub mod show;
pub mod withdrawal;
