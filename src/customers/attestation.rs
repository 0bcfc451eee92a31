//! "The customer has accepted the agreement": who did, and when. New customer asks it, and the Account page.

use chrono::{Datelike as _, NaiveDate};
use serde::{Deserialize, Serialize};

use super::model::{Account, Agreement, Proof};
use crate::values::country::Country;
use crate::values::day;
use crate::values::email::Email;
use crate::values::name;
use crate::values::problem::Problem;
use crate::values::typed::printable_line;
use crate::values::unseen::is_visible;
use crate::web::Problems;

/// Nobody accepted the agreement before there were such agreements.
const EARLIEST_YEAR: i32 = 2000;

/// Who accepted, as typed. The fields are called the same wherever they are asked.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AttestationForm {
    pub agreement_first_name: String,
    pub agreement_last_name: String,
    pub agreement_email: String,
    pub agreement_phone: String,
    pub agreement_on: String,
}

impl AttestationForm {
    /// What stands there first: who accepted before, or the primary contact.
    pub fn of(account: &Account) -> Self {
        match &account.agreement {
            Agreement::Accepted { first_name, last_name, email, phone, on, .. } => Self {
                agreement_first_name: first_name.clone(),
                agreement_last_name: last_name.clone(),
                agreement_email: email.to_string(),
                agreement_phone: phone.clone(),
                agreement_on: on.to_string(),
            },
            Agreement::Awaited => Self {
                agreement_first_name: account.first_name.clone(),
                agreement_last_name: account.last_name.clone(),
                agreement_email: account.email.to_string(),
                agreement_phone: account.phone.clone(),
                agreement_on: String::new(),
            },
        }
    }

    /// The same without characters that nobody types and no page may hold.
    #[must_use]
    pub fn printable(mut self) -> Self {
        let typed = [
            &mut self.agreement_first_name,
            &mut self.agreement_last_name,
            &mut self.agreement_email,
            &mut self.agreement_phone,
            &mut self.agreement_on,
        ];
        typed.into_iter().for_each(|value| *value = printable_line(value));
        self.agreement_on = day::for_calendars(self.agreement_on);
        self
    }

    /// Whether anything but the day was typed.
    pub fn names_somebody(&self) -> bool {
        let typed = [
            &self.agreement_first_name,
            &self.agreement_last_name,
            &self.agreement_email,
            &self.agreement_phone,
        ];
        typed.iter().any(|typed| is_visible(typed))
    }

    /// The acceptance that was typed. Without a country there is no rule for the phone number.
    pub fn parse(
        &self,
        country: Option<Country>,
        today: NaiveDate,
        problems: &mut Problems,
    ) -> Option<Agreement> {
        let first_name = name::required(&self.agreement_first_name, name::PERSON);
        let first_name = problems.field("agreement_first_name", first_name);
        let last_name = name::required(&self.agreement_last_name, name::PERSON);
        let last_name = problems.field("agreement_last_name", last_name);
        let email = problems.field("agreement_email", Email::parse(&self.agreement_email));
        let phone = self.phone(country, problems);
        let on = self.day(today, problems);
        Some(Agreement::Accepted {
            first_name: first_name?,
            last_name: last_name?,
            email: email?,
            phone: phone?,
            on: on?,
            proof: Proof::Attested,
        })
    }

    /// The day of the acceptance.
    pub fn day(&self, today: NaiveDate, problems: &mut Problems) -> Option<NaiveDate> {
        problems.field("agreement_on", past_day(&self.agreement_on, today))
    }

    fn phone(&self, country: Option<Country>, problems: &mut Problems) -> Option<String> {
        if !is_visible(&self.agreement_phone) {
            // Nobody has to give this number, also where the customer's own is demanded.
            return Some(String::new());
        }
        let checked = country?.check_phone(&self.agreement_phone);
        problems.field("agreement_phone", checked).map(Option::unwrap_or_default)
    }
}

fn past_day(typed: &str, today: NaiveDate) -> Result<NaiveDate, Problem> {
    match day::parse(typed)? {
        day if day.year() < EARLIEST_YEAR => Err(Problem::BeforeYear { year: EARLIEST_YEAR }),
        day if day > today => Err(Problem::InTheFuture),
        day => Ok(day),
    }
}
