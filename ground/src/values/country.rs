//! Countries: where a partner may sell, and what an address there must look like.

mod region;
mod rules;
mod table;
#[cfg(test)]
mod tests;
mod text;

use std::fmt;
use std::hash::{Hash, Hasher};

use serde::de::{Error, Unexpected};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use region::Region;
use rules::layout;
pub use rules::{Demand, PhonePlan, PhoneRule, PostalRule, RegistrationRule, State, StateRule};
use table::{ROWS, Row};

use crate::values::currency::Currency;
use crate::values::name::line;
use crate::values::problem::Problem;

const LONGEST_ADDRESS_LINE: usize = 200;
const LONGEST_CITY: usize = 100;

/// A country or territory of the channel programme, known by its ISO 3166-1 alpha-2 code (and `XK`,
/// the user-assigned code that is customary for Kosovo).
#[derive(Clone, Copy)]
pub struct Country(&'static Row);

impl Country {
    /// Reads a code in any case.
    ///
    /// # Errors
    /// `NotChosen` for blank text, `UnknownChoice` for a country outside the channel programme.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let text = text::plain(text);
        if text.is_empty() {
            return Err(Problem::NotChosen);
        }
        Self::all().find(|country| country.code().eq_ignore_ascii_case(&text)).ok_or(Problem::UnknownChoice)
    }

    /// Every country, by name.
    pub fn all() -> impl Iterator<Item = Self> {
        ROWS.iter().map(Country)
    }

    /// The countries of one region, by name: those to which a partner of the region may sell.
    pub fn in_region(region: Region) -> impl Iterator<Item = Self> {
        Self::all().filter(move |country| country.region() == region)
    }

    /// The ISO 3166-1 alpha-2 code.
    #[must_use]
    pub fn code(self) -> &'static str {
        &self.0.code
    }

    /// The word kept in the database: the code.
    #[must_use]
    pub fn as_text(&self) -> &'static str {
        self.code()
    }

    /// Reads what [`Self::as_text`] wrote.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        Self::all().find(|country| country.code() == text).or_else(|| Self::parse(text).ok())
    }

    /// The short English name.
    #[must_use]
    pub fn name(self) -> &'static str {
        &self.0.name
    }

    /// The billing region.
    #[must_use]
    pub fn region(self) -> Region {
        self.0.region
    }

    /// The currency of its bills, where the programme sets one; elsewhere the provider falls back
    /// to [`Region::main_currency`].
    #[must_use]
    pub fn currency(self) -> Option<Currency> {
        self.0.currency
    }

    /// The currency of its bills, with that fallback.
    #[must_use]
    pub fn billing_currency(self) -> Currency {
        self.currency().unwrap_or_else(|| self.region().main_currency())
    }

    /// The language and country offered first to a new customer, such as `en-US`.
    #[must_use]
    pub fn culture(self) -> &'static str {
        &self.0.culture
    }

    /// The digits to dial from abroad, without the plus sign (ITU-T E.164).
    pub fn calling_codes(self) -> impl Iterator<Item = &'static str> {
        self.0.calling_codes.split(' ')
    }

    /// The states to choose from, by name; empty where any text will do.
    #[must_use]
    pub fn states(self) -> &'static [State] {
        self.state().choices()
    }

    /// What a state is called that is kept by its code; any other text is its own name.
    #[must_use]
    pub fn state_name(self, kept: &str) -> &str {
        self.states().iter().find(|state| state.code() == kept).map_or(kept, |state| state.name())
    }

    /// Whether addresses name a state or province.
    #[must_use]
    pub fn state(self) -> &'static StateRule {
        &self.0.state
    }

    /// Whether addresses name a city: a city state needs none.
    #[must_use]
    pub fn city(self) -> Demand {
        self.0.city
    }

    /// What a postal code looks like.
    #[must_use]
    pub fn postal(self) -> &'static PostalRule {
        &self.0.postal
    }

    /// How an address is written, in the script of the country or in Latin letters.
    pub(in crate::values) fn layout(self, is_native: bool) -> &'static str {
        layout(self.code(), is_native)
    }

    /// What a phone number looks like.
    #[must_use]
    pub fn phone(self) -> &'static PhoneRule {
        &self.0.phone
    }

    /// What a company's registration ID looks like.
    #[must_use]
    pub fn registration(self) -> &'static RegistrationRule {
        &self.0.registration
    }

    /// The state: its code where there is a closed list, else what was typed.
    ///
    /// # Errors
    /// `Missing`, or `NotChosen` of a closed list, `NotAllowedHere`, `TooLong` or `UnknownChoice`.
    pub fn check_state(self, text: &str) -> Result<Option<String>, Problem> {
        self.0.state.check(text)
    }

    /// The city.
    ///
    /// # Errors
    /// `Missing` or `TooLong`.
    pub fn check_city(self, text: &str) -> Result<Option<String>, Problem> {
        self.0.city.met_by(line(text), LONGEST_CITY)
    }

    /// The postal code in capital letters and with the separators that the post of the country uses.
    ///
    /// # Errors
    /// `Missing`, `NotAllowedHere`, `TooLong` or `PostalCode`.
    pub fn check_postal_code(self, text: &str) -> Result<Option<String>, Problem> {
        self.0.postal.check(text)
    }

    /// The phone number with its separators as typed, one from abroad with a plus sign, an extension behind `ext.`
    ///
    /// # Errors
    /// `Missing`, `TooLong` or `Phone`.
    pub fn check_phone(self, text: &str) -> Result<Option<String>, Problem> {
        self.0.phone.check(text)
    }

    /// The registration ID in capital letters, without separators.
    ///
    /// # Errors
    /// `Missing`, `TooLong`, `DigitsCount`, `Malformed` or `OnlyAnId`.
    pub fn check_registration_id(self, text: &str) -> Result<Option<String>, Problem> {
        self.0.registration.check(text)
    }
}

/// The first address line, which every country wants.
///
/// # Errors
/// `Missing` or `TooLong`.
pub fn address_line(text: &str) -> Result<String, Problem> {
    second_address_line(text)?.ok_or(Problem::Missing)
}

/// The second address line, which nobody has to fill.
///
/// # Errors
/// `TooLong`.
pub fn second_address_line(text: &str) -> Result<Option<String>, Problem> {
    Demand::Optional.met_by(line(text), LONGEST_ADDRESS_LINE)
}

/// A language, and the country that speaks it so, out of a culture such as `fr-BE`.
#[must_use]
pub fn tongue(culture: &str) -> (&str, Option<Country>) {
    let (language, place) = culture.split_once('-').unwrap_or((culture, ""));
    (language, Country::parse(place).ok())
}

/// The names of the countries of these codes; what is no code stays as it is.
pub fn names_of(codes: &str) -> String {
    let words = codes.split([' ', ',', ';']).filter(|word| !word.is_empty());
    let names = words.map(|word| Country::parse(word).map_or(word, |country| country.name()));
    names.collect::<Vec<_>>().join(", ")
}

impl PartialEq for Country {
    fn eq(&self, other: &Self) -> bool {
        self.code() == other.code()
    }
}

impl Eq for Country {}

impl Hash for Country {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.code().hash(state);
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Country({})", self.code())
    }
}

impl Serialize for Country {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Country {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Self::parse(&code)
            .map_err(|_| D::Error::invalid_value(Unexpected::Str(&code), &"an ISO 3166-1 alpha-2 code"))
    }
}

crate::stored_as_text!(Country);
