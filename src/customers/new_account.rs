//! The New customer form: exactly as typed, and what it takes to become an account.

pub mod block;
mod language;
mod parse;
mod qualification;
#[cfg(test)]
pub mod tests;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use language::{culture, language_of, languages};
pub use qualification::{VALIDATION_CODE, qualifications};

use crate::access::Viewer;
use crate::access::permission::AttestAgreements;
use crate::customers::model::Account;
use crate::values::country::{Country, Region};
use crate::values::day;
use crate::values::moment::Moment;
use crate::values::problem::Problem;
use crate::values::typed::printable_line;
use crate::web::{AddressForm, Site};

/// The fields of the form in the order of the page.
pub const FIELDS: [&str; 25] = [
    "reseller",
    "company",
    "domain",
    "country",
    "registration",
    "qualification",
    "website",
    "validation_code",
    "line_1",
    "line_2",
    "city",
    "state",
    "postal_code",
    "first_name",
    "last_name",
    "middle_name",
    "email",
    "phone",
    "language",
    "agreement",
    "agreement_first_name",
    "agreement_last_name",
    "agreement_email",
    "agreement_phone",
    "agreement_on",
];

/// What somebody typed, nothing corrected and nothing lost. A draft keeps it as JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AccountForm {
    /// The id of the reseller that is to administer the customer; empty for none.
    pub reseller: String,
    pub company: String,
    /// The part of the primary domain before the suffix.
    pub domain: String,
    pub country: String,
    pub registration: String,
    pub line_1: String,
    pub line_2: String,
    pub city: String,
    pub state: String,
    pub postal_code: String,
    pub first_name: String,
    pub middle_name: String,
    pub last_name: String,
    pub email: String,
    pub phone: String,
    /// A language code; empty for the language of the country.
    pub language: String,
    pub qualification: String,
    /// By which a school is known.
    pub website: String,
    /// What the Government Community Cloud takes.
    pub validation_code: String,
    /// `awaited` or `accepted`.
    pub agreement: String,
    pub agreement_first_name: String,
    pub agreement_last_name: String,
    pub agreement_email: String,
    pub agreement_phone: String,
    pub agreement_on: String,
}

/// Who takes a customer on, where and when: what the form is held against beside the rules of the country.
#[derive(Clone, Debug)]
pub struct Terms {
    /// The provider sells inside its own region only.
    pub region: Region,
    /// What follows the chosen part of the primary domain.
    pub domain_suffix: String,
    /// The day where the person is.
    pub today: NaiveDate,
    /// Whether the person may say that the customer has accepted the customer agreement.
    pub may_attest: bool,
}

impl Terms {
    pub fn of(viewer: &Viewer, site: &Site, now: Moment) -> Self {
        Self {
            region: viewer.organisation.country.region(),
            domain_suffix: site.domain_suffix.clone(),
            today: now.at(viewer.zone).date_naive(),
            may_attest: viewer.may::<AttestAgreements>(),
        }
    }
}

impl AccountForm {
    /// An empty form with what is chosen before anybody chooses: most customers sit where the provider sits.
    pub fn begin(home: Country) -> Self {
        Self {
            country: home.code().to_owned(),
            qualification: "none".to_owned(),
            agreement: "awaited".to_owned(),
            ..Self::default()
        }
    }

    /// Reads what a draft keeps. What does not read is an empty form, so that the page can still be shown.
    pub fn from_json(kept: &str) -> Self {
        serde_json::from_str(kept).unwrap_or_default()
    }

    /// What a draft keeps of the form.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The chosen country, when it is one of the region. Where a region has one country only, that is the one.
    ///
    /// # Errors
    /// [`Problem::Missing`] or [`Problem::UnknownChoice`].
    pub fn country_in(&self, region: Region) -> Result<Country, Problem> {
        let mut countries = Country::in_region(region);
        if let (Some(only), None) = (countries.next(), countries.next()) {
            return Ok(only);
        }
        let country = Country::parse(&self.country)?;
        if country.region() == region { Ok(country) } else { Err(Problem::UnknownChoice) }
    }

    /// What an account keeps of it, as far as it can be changed, as it would be typed.
    pub fn of(account: &Account) -> Self {
        let prefix = account.domain.split('.').next().unwrap_or_default();
        Self {
            company: account.company_name.clone(),
            domain: prefix.to_owned(),
            country: account.country.code().to_owned(),
            registration: account.registration_id.clone(),
            line_1: account.address_line1.clone(),
            line_2: account.address_line2.clone(),
            city: account.city.clone(),
            state: account.state.clone(),
            postal_code: account.postal_code.clone(),
            first_name: account.first_name.clone(),
            middle_name: account.middle_name.clone(),
            last_name: account.last_name.clone(),
            email: account.email.to_string(),
            phone: account.phone.clone(),
            language: language::chosen(account.country, &account.culture),
            qualification: account.qualification.as_text().to_owned(),
            ..Self::default()
        }
    }

    /// The fields of the address.
    pub fn address(&self) -> AddressForm {
        AddressForm::typed([&self.line_1, &self.line_2, &self.city, &self.state, &self.postal_code])
    }

    /// What was typed into the field of this name.
    pub fn value(&self, field: &str) -> &str {
        let place = FIELDS.iter().position(|name| *name == field);
        place.and_then(|place| self.values().into_iter().nth(place)).map_or("", String::as_str)
    }

    /// Puts a value into the field of this name.
    pub fn set(&mut self, field: &str, value: &str) {
        let place = FIELDS.iter().position(|name| *name == field);
        if let Some(kept) = place.and_then(|place| self.values_mut().into_iter().nth(place)) {
            value.clone_into(kept);
        }
    }

    /// The same without characters that nobody types and no page may hold.
    #[must_use]
    pub fn printable(mut self) -> Self {
        self.values_mut().into_iter().for_each(|value| *value = printable_line(value));
        self.agreement_on = day::for_calendars(self.agreement_on);
        self
    }
}

/// All values of a form in the order of [`FIELDS`].
macro_rules! values {
    ($($borrow:tt)+) => {
        [
            $($borrow)+.reseller,
            $($borrow)+.company,
            $($borrow)+.domain,
            $($borrow)+.country,
            $($borrow)+.registration,
            $($borrow)+.qualification,
            $($borrow)+.website,
            $($borrow)+.validation_code,
            $($borrow)+.line_1,
            $($borrow)+.line_2,
            $($borrow)+.city,
            $($borrow)+.state,
            $($borrow)+.postal_code,
            $($borrow)+.first_name,
            $($borrow)+.last_name,
            $($borrow)+.middle_name,
            $($borrow)+.email,
            $($borrow)+.phone,
            $($borrow)+.language,
            $($borrow)+.agreement,
            $($borrow)+.agreement_first_name,
            $($borrow)+.agreement_last_name,
            $($borrow)+.agreement_email,
            $($borrow)+.agreement_phone,
            $($borrow)+.agreement_on,
        ]
    };
}

impl AccountForm {
    fn values(&self) -> [&String; FIELDS.len()] {
        values!(&self)
    }

    fn values_mut(&mut self) -> [&mut String; FIELDS.len()] {
        values!(&mut self)
    }
}
