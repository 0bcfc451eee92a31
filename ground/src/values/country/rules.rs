//! What a country wants of an address, a phone number and a registration ID.

mod demand;
mod layout;
mod phone;
mod postal;
mod registration;
mod state;

pub use demand::Demand;
pub(in crate::values) use layout::layout;
pub use phone::{PhonePlan, PhoneRule};
pub use postal::PostalRule;
pub use registration::RegistrationRule;
pub use state::{State, StateRule};
