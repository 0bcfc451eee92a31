//! From what was typed to an account: all problems at once, each at its field.

use super::qualification::counts_at_once;
use super::{AccountForm, Terms, culture, languages};
use crate::catalog::model::Qualification;
use crate::customers::attestation::AttestationForm;
use crate::customers::model::{Account, Agreement, Proof};
use crate::values::country::{Country, Region};
use crate::values::domain_prefix::DomainPrefix;
use crate::values::email::Email;
use crate::values::name;
use crate::values::problem::Problem;
use crate::web::Problems;
use crate::web::address::ruled;

impl AccountForm {
    /// The account that was typed.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the page. What only the database knows is not among it.
    pub fn parse(&self, terms: &Terms) -> Result<Account, Problems> {
        let mut problems = Problems::default();
        let company_name = problems.field("company", name::required(&self.company, name::COMPANY));
        let domain = problems.field("domain", DomainPrefix::parse(&self.domain));
        let country = problems.field("country", self.country_in(terms.region));
        let registration_id = self.registration_id(country, &mut problems);
        let qualification = problems.field("qualification", self.qualification_in(country));
        problems.field("website", self.website_for(qualification));
        let validation_code = problems.field("validation_code", self.validation_code_for(qualification));
        let address = self.address().parse(country, &mut problems);
        let contact = self.contact(country, &mut problems);
        let language = problems.field("language", self.language_in(terms.region));
        let agreement = self.agreement((contact.as_ref(), country), terms, &mut problems);
        problems.or(|| {
            let (country, address, contact) = (country?, address?, contact?);
            Some(Account {
                company_name: company_name?,
                domain: domain?.with(&terms.domain_suffix),
                country,
                address_line1: address.line_1,
                address_line2: address.line_2,
                city: address.city,
                state: address.state,
                postal_code: address.postal_code,
                first_name: contact.first_name,
                middle_name: contact.middle_name,
                last_name: contact.last_name,
                email: contact.email,
                phone: contact.phone,
                registration_id: registration_id?,
                culture: culture(country, language?),
                qualification: counts_at_once(qualification?),
                validation_code: validation_code?,
                agreement: agreement?,
            })
        })
    }

    pub(super) fn registration_id(
        &self,
        country: Option<Country>,
        problems: &mut Problems,
    ) -> Option<String> {
        ruled("registration", &self.registration, country, Country::check_registration_id, problems)
    }

    pub(super) fn phone(&self, country: Option<Country>, problems: &mut Problems) -> Option<String> {
        ruled("phone", &self.phone, country, Country::check_phone, problems)
    }

    pub(super) fn contact(&self, country: Option<Country>, problems: &mut Problems) -> Option<Contact> {
        let first_name = problems.field("first_name", name::required(&self.first_name, name::PERSON));
        let last_name = problems.field("last_name", name::required(&self.last_name, name::PERSON));
        let middle_name = problems.field("middle_name", name::optional_name(&self.middle_name, name::PERSON));
        let email = problems.field("email", self.email());
        let phone = self.phone(country, problems);
        Some(Contact {
            first_name: first_name?,
            middle_name: middle_name?,
            last_name: last_name?,
            email: email?,
            phone: phone?,
        })
    }

    fn email(&self) -> Result<Email, Problem> {
        let email = Email::parse(&self.email)?;
        // An address that everybody can have is no proof of belonging to a school.
        let is_school = self.qualification == Qualification::Education.as_text();
        if is_school && email.is_free() { Err(Problem::FreeMail) } else { Ok(email) }
    }

    pub(super) fn language_in(&self, region: Region) -> Result<&str, Problem> {
        let language = self.language.as_str();
        if language.is_empty() || languages(region).contains(&language) {
            Ok(language)
        } else {
            Err(Problem::UnknownChoice)
        }
    }

    fn agreement(
        &self,
        (contact, country): (Option<&Contact>, Option<Country>),
        terms: &Terms,
        problems: &mut Problems,
    ) -> Option<Agreement> {
        match self.agreement.as_str() {
            "accepted" if terms.may_attest => self.accepted((contact, country), terms, problems),
            "awaited" => Some(Agreement::Awaited),
            "" => problems.field("agreement", Err(Problem::NotChosen)),
            _ => problems.field("agreement", Err(Problem::UnknownChoice)),
        }
    }

    fn accepted(
        &self,
        (contact, country): (Option<&Contact>, Option<Country>),
        terms: &Terms,
        problems: &mut Problems,
    ) -> Option<Agreement> {
        let attestation = self.attestation();
        if attestation.names_somebody() {
            return attestation.parse(country, terms.today, problems);
        }
        let on = attestation.day(terms.today, problems);
        let (Contact { first_name, last_name, email, phone, .. }, on) = (contact?.clone(), on?);
        Some(Agreement::Accepted { first_name, last_name, email, phone, on, proof: Proof::Attested })
    }

    fn attestation(&self) -> AttestationForm {
        AttestationForm {
            agreement_first_name: self.agreement_first_name.clone(),
            agreement_last_name: self.agreement_last_name.clone(),
            agreement_email: self.agreement_email.clone(),
            agreement_phone: self.agreement_phone.clone(),
            agreement_on: self.agreement_on.clone(),
        }
    }
}

/// Somebody at the customer's.
#[derive(Clone)]
pub(super) struct Contact {
    pub first_name: String,
    pub middle_name: String,
    pub last_name: String,
    pub email: Email,
    pub phone: String,
}
