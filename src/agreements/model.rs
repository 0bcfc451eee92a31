//! The customer agreement, and the customers that were asked to accept it.

mod request;

use crate::language::Language;
use crate::values::country::Country;
use crate::values::id::CustomerAgreementId;
use crate::values::moment::Moment;

pub use request::{Party, Request, Subject};

/// A version of the text. It is never changed; the highest version of a country in a language holds there.
#[derive(Clone, Debug)]
pub struct Text {
    pub id: CustomerAgreementId,
    /// None for all countries that have no text of their own.
    pub country: Option<Country>,
    pub language: Language,
    pub version: i32,
    pub body: String,
    pub published_by_name: String,
    pub published_at: Moment,
}

/// The country as a column keeps it: empty for all.
pub fn kept_country(country: Option<Country>) -> &'static str {
    country.map_or("", Country::code)
}
