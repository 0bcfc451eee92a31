//! What a country wants of an address, a phone number and a registration ID.

mod demand;
mod phone;
mod place;
mod postal;
mod registration;
mod state;

pub use demand::Demand;
pub use phone::{PhonePlan, PhoneRule};
pub use place::PostalPlace;
pub use postal::PostalRule;
pub use registration::RegistrationRule;
pub use state::{State, StateRule};
