//! Company, contact, location and account, exactly as typed, and what it takes to become an organisation.

use serde::{Deserialize, Serialize};

use super::{NAME, company_email};
use crate::enrolment::model::Details;
use crate::partners::model::founding::Contact;
use crate::values::country::Country;
use crate::values::mpn_id::MpnId;
use crate::values::name;
use crate::values::person::full_name;
use crate::values::problem::Problem;
use crate::values::typed::printable_line;
use crate::web::address::{ruled, state_name_in};
use crate::web::{AddressForm, Problems};

/// The longest name of a location.
const LOCATION: usize = 100;
/// Nothing that may be typed is longer; what is cut here is refused by its own rule.
const LONGEST: usize = 300;

/// Names the fields once: for the struct, and for going through them in the order of the page.
macro_rules! details_form {
    ($($field:ident),+ $(,)?) => {
        /// What somebody typed, nothing corrected and nothing lost. The enrolment keeps it as JSON.
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct DetailsForm {
            $(pub $field: String,)+
        }

        /// The fields in the order of the page.
        pub const FIELDS: &[&str] = &[$(stringify!($field)),+];

        impl DetailsForm {
            /// What was typed into the field of this name.
            pub fn value(&self, field: &str) -> &str {
                match field {
                    $(stringify!($field) => &self.$field,)+
                    _ => "",
                }
            }

            fn values_mut(&mut self) -> [&mut String; FIELDS.len()] {
                [$(&mut self.$field),+]
            }
        }
    };
}

details_form! {
    company,
    country,
    line_1,
    line_2,
    city,
    state,
    postal_code,
    first_name,
    last_name,
    email,
    phone,
    location,
    mpn_id,
    name,
    zone,
}

impl DetailsForm {
    /// Reads what is kept. What does not read is an empty form, so that the page can still be shown.
    pub fn from_json(kept: &str) -> Self {
        serde_json::from_str(kept).unwrap_or_default()
    }

    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The same without characters that nobody types and no page may hold, and no longer than anything may be.
    #[must_use]
    pub fn bounded(mut self) -> Self {
        for value in self.values_mut() {
            *value = printable_line(value).chars().take(LONGEST).collect();
        }
        self
    }

    /// The country, once one is chosen.
    pub fn country(&self) -> Option<Country> {
        Country::parse(&self.country).ok()
    }

    /// The fields of the address.
    pub fn address(&self) -> AddressForm {
        AddressForm::typed([&self.line_1, &self.line_2, &self.city, &self.state, &self.postal_code])
    }

    /// What was typed into the field of this name, as people know it: countries and states by their names.
    pub fn shown(&self, field: &str) -> String {
        let typed = self.value(field);
        let name = match field {
            "country" => self.country().map(|country| country.name().to_owned()),
            "state" => self.country().map(|country| state_name_in(country, typed)),
            _ => None,
        };
        name.unwrap_or_else(|| typed.to_owned())
    }

    /// The address line by line, as far as it is right or as it was typed.
    pub fn address_lines(&self) -> Vec<String> {
        let country = self.country();
        match self.address().parse(country, &mut Problems::default()).zip(country) {
            Some((address, country)) => address.lines(country),
            None => {
                let lines = ["line_1", "line_2", "postal_code", "city", "state", "country"];
                lines.into_iter().map(|field| self.shown(field)).filter(|line| !line.is_empty()).collect()
            }
        }
    }

    /// The primary contact, as one name in the order of the country, once one is chosen.
    pub fn contact_name(&self) -> String {
        match self.country() {
            Some(country) => full_name(country, &self.first_name, "", &self.last_name),
            None => format!("{} {}", self.first_name, self.last_name).trim().to_owned(),
        }
    }

    /// Everything, once all of it is right.
    ///
    /// # Errors
    /// All that is wrong, in the order of the page. What only the database knows is not among it.
    pub fn parse(&self) -> Result<Details, Problems> {
        let mut problems = Problems::default();
        let company = problems.field("company", name::required(&self.company, name::COMPANY));
        let country = problems.field("country", Country::parse(&self.country));
        let address = self.address().parse(country, &mut problems);
        let contact = self.contact(country, &mut problems);
        let location = problems.field("location", name::required(&self.location, LOCATION));
        let mpn_id = problems.field("mpn_id", MpnId::parse(&self.mpn_id));
        let person_name = problems.field("name", name::required(&self.name, NAME));
        let zone = problems.field("zone", self.zone());
        problems.or(|| {
            Some(Details {
                company: company?,
                country: country?,
                address: address?,
                contact: contact?,
                location: location?,
                mpn_id: mpn_id?,
                person_name: person_name?,
                zone: zone?,
            })
        })
    }

    fn contact(&self, country: Option<Country>, problems: &mut Problems) -> Option<Contact> {
        let first_name = problems.field("first_name", name::required(&self.first_name, name::PERSON));
        let last_name = problems.field("last_name", name::required(&self.last_name, name::PERSON));
        let email = problems.field("email", company_email(&self.email));
        let phone = ruled("phone", &self.phone, country, Country::check_phone, problems);
        Some(Contact { first_name: first_name?, last_name: last_name?, email: email?, phone: phone? })
    }

    fn zone(&self) -> Result<chrono_tz::Tz, Problem> {
        if self.zone.is_empty() {
            return Err(Problem::NotChosen);
        }
        self.zone.parse().map_err(|_| Problem::UnknownChoice)
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A form that is right everywhere.
    pub fn filled() -> DetailsForm {
        let text = |text: &str| text.to_owned();
        DetailsForm {
            company: text("Acme IT"),
            country: text("DE"),
            line_1: text("12 Mill Lane"),
            city: text("Hamburg"),
            postal_code: text("20095"),
            first_name: text("Ada"),
            last_name: text("Finch"),
            email: text("ada@acme.example"),
            location: text("Main office"),
            mpn_id: text("4810299"),
            name: text("Ada Finch"),
            zone: text("Europe/Berlin"),
            ..DetailsForm::default()
        }
    }

    #[test]
    fn everything_that_is_wrong_is_told_at_once_in_the_order_of_the_page() {
        let problems = DetailsForm::default().parse().unwrap_err();
        let fields: Vec<_> = problems.all().map(|(field, _)| field).collect();
        let expected = [
            "company",
            "country",
            "line_1",
            "first_name",
            "last_name",
            "email",
            "location",
            "mpn_id",
            "name",
            "zone",
        ];
        assert_eq!(fields, expected);
        let details = filled().parse().unwrap();
        assert_eq!(details.address.lines(details.country).last().map(String::as_str), Some("Germany"));
    }

    #[test]
    fn the_country_decides_about_the_address_and_no_free_mail_is_taken() {
        let mut form = filled();
        form.country = "US".to_owned();
        form.email = "ada@gmail.com".to_owned();
        form.mpn_id = "48A".to_owned();
        let problems = form.parse().unwrap_err();
        for field in ["state", "email", "mpn_id"] {
            assert!(problems.at(field).is_some(), "{field}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_kept_as_typed_and_answered(
            values in proptest::collection::vec("\\PC{0,40}", FIELDS.len()),
            country in "(DE|US|HK|JP|XK|zz)?",
        ) {
            let mut form = DetailsForm::default();
            for (field, value) in form.values_mut().into_iter().zip(values) {
                *field = value;
            }
            form.country = country;
            let kept = DetailsForm::from_json(&form.to_json());
            prop_assert_eq!(&kept, &form);
            let bounded = form.bounded();
            prop_assert_eq!(bounded.clone().bounded(), bounded.clone());
            if let Ok(details) = bounded.parse() {
                prop_assert!(!details.company.is_empty());
            }
            prop_assert!(bounded.address_lines().iter().all(|line| !line.is_empty()));
        }

        #[test]
        fn whatever_is_kept_reads(kept in any::<String>()) {
            let _ = DetailsForm::from_json(&kept);
        }
    }
}
