//! The organisation profile as typed.

use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::partners::model::profile::{Contact, Details, Support};
use crate::partners::wrong::Wrong;
use crate::values::country::Country;
use crate::values::email::Email;
use crate::values::name;
use crate::values::problem::Problem;
use crate::values::typed::printable_line;
use crate::values::unseen::is_visible;
use crate::values::website;
use crate::web::address::ruled;
use crate::web::{AddressForm, Problems, three_way};

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ProfileForm {
    pub version: String,
    /// What the fields held when the page was drawn.
    pub opened: String,
    pub name: String,
    #[serde(flatten)]
    pub address: AddressForm,
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    pub phone: String,
    pub support_email: String,
    pub support_telephone: String,
    pub support_website: String,
}

impl ProfileForm {
    /// What is kept, as it would be typed.
    pub fn of(details: &Details, version: i32) -> Self {
        let (contact, support) = (details.contact.clone(), details.support.clone());
        let form = Self {
            opened: String::new(),
            version: version.to_string(),
            name: details.name.clone(),
            address: AddressForm::of(&details.address),
            first_name: contact.first_name,
            last_name: contact.last_name,
            email: contact.email,
            phone: contact.phone,
            support_email: support.email,
            support_telephone: support.telephone,
            support_website: support.website,
        };
        Self { opened: three_way::opened(&form), ..form }
    }

    /// The same without characters that nobody types and no page may hold.
    #[must_use]
    pub fn printable(mut self) -> Self {
        self.address = self.address.printable();
        for part in [
            &mut self.name,
            &mut self.first_name,
            &mut self.last_name,
            &mut self.email,
            &mut self.phone,
            &mut self.support_email,
            &mut self.support_telephone,
            &mut self.support_website,
        ] {
            *part = printable_line(part);
        }
        self
    }

    /// What was typed, by the rules of the organisation's country.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the page.
    pub fn parse(&self, country: Country) -> Result<Details, Problems> {
        let mut problems = Problems::default();
        let name = problems.field("name", name::required(&self.name, name::COMPANY));
        let address = self.address.parse(Some(country), &mut problems);
        let contact = self.contact(country, &mut problems);
        let support = self.support(country, &mut problems);
        problems.or(|| Some(Details { name: name?, address: address?, contact: contact?, support: support? }))
    }

    fn contact(&self, country: Country, problems: &mut Problems) -> Option<Contact> {
        let first_name = problems.field("first_name", name::required(&self.first_name, name::PERSON));
        let last_name = problems.field("last_name", name::required(&self.last_name, name::PERSON));
        let email = problems.field("email", Email::parse(&self.email));
        let phone = ruled("phone", &self.phone, Some(country), Country::check_phone, problems);
        Some(Contact {
            first_name: first_name?,
            last_name: last_name?,
            email: email?.to_string(),
            phone: phone?,
        })
    }

    /// Customers need some way to get help, but which is the organisation's choice.
    fn support(&self, country: Country, problems: &mut Problems) -> Option<Support> {
        let email = problems.field("support_email", optional_email(&self.support_email));
        let telephone = problems.field("support_telephone", optional_phone(country, &self.support_telephone));
        let website = problems.field("support_website", website::optional(&self.support_website));
        let support = Support { email: email?, telephone: telephone?, website: website? };
        if !support.is_given() {
            problems.on("support_email", Wrong::NoWayToHelp);
        }
        Some(support)
    }
}

fn optional_email(typed: &str) -> Result<String, Problem> {
    if !is_visible(typed) { Ok(String::new()) } else { Email::parse(typed).map(|email| email.to_string()) }
}

fn optional_phone(country: Country, typed: &str) -> Result<String, Problem> {
    if !is_visible(typed) {
        return Ok(String::new());
    }
    country.check_phone(typed).map(Option::unwrap_or_default)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn form() -> ProfileForm {
        ProfileForm {
            name: "Harbor Distribution".to_owned(),
            address: AddressForm {
                line_1: "Am Sandtorkai 4".to_owned(),
                city: "Hamburg".to_owned(),
                postal_code: "20457".to_owned(),
                ..AddressForm::default()
            },
            first_name: "Friederike".to_owned(),
            last_name: "Harms".to_owned(),
            email: "friederike@harbor.example".to_owned(),
            support_website: "support.harbor.example".to_owned(),
            ..ProfileForm::default()
        }
    }

    fn country() -> Country {
        Country::parse("DE").unwrap()
    }

    #[test]
    fn a_profile_reads_back_as_it_was_typed() {
        let details = form().parse(country()).unwrap();
        assert_eq!(details.support.website, "https://support.harbor.example");
        assert_eq!(ProfileForm::of(&details, 1).parse(country()), Ok(details));
    }

    #[test]
    fn customers_are_given_some_way_to_get_help() {
        let form = ProfileForm { support_website: String::new(), ..form() };
        assert_eq!(form.parse(country()).unwrap_err().at("support_email"), Some(&Wrong::NoWayToHelp.into()));
        let form =
            ProfileForm { support_telephone: "040 123".to_owned(), support_email: "x".to_owned(), ..form };
        let fields: Vec<_> = form.parse(country()).unwrap_err().all().map(|(f, _)| f.to_owned()).collect();
        assert!(fields.contains(&"support_email".to_owned()), "{fields:?}");
    }

    proptest! {
        #[test]
        fn any_text_is_answered(typed in any::<String>()) {
            let form = ProfileForm {
                name: typed.clone(), first_name: typed.clone(), email: typed.clone(), phone: typed.clone(),
                support_email: typed.clone(), support_telephone: typed.clone(), support_website: typed, ..form()
            };
            if let Ok(details) = form.printable().parse(country()) {
                prop_assert!(details.fields(country()).iter().all(|(_, value)| !value.contains('\0')));
            }
        }
    }
}
