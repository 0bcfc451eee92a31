//! What an organisation says of itself: its profile and its locations, and the agreement that it accepts.

pub mod agreement;
pub mod locations;
pub mod profile;
