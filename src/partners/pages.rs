//! What an organisation says of itself: its profile.

pub mod difference;
pub mod profile;
