//! What an organisation says of itself: its profile and its locations.

pub mod difference;
pub mod locations;
pub mod profile;
