//! An account that is changed block by block: the same rules, over what is kept.

use super::AccountForm;
use super::language::culture;
use crate::customers::model::{Account, Block};
use crate::values::name;
use crate::web::Problems;

impl AccountForm {
    /// What was typed into these fields, and for all others what is kept.
    #[must_use]
    pub fn over(&self, kept: &Account, asked: &[&str]) -> Self {
        let mut form = Self::of(kept);
        asked.iter().for_each(|field| form.set(field, self.value(field)));
        form
    }

    /// Its fields with these names.
    pub fn pairs(&self, asked: &[&str]) -> Vec<(String, String)> {
        asked.iter().map(|field| ((*field).to_owned(), self.value(field).to_owned())).collect()
    }

    /// The account with what was typed into the fields that a page about a block asked for.
    ///
    /// # Errors
    /// Everything that is wrong with them, in their order.
    pub fn parse_block(&self, kept: &Account, (block, asked): (Block, &[&str])) -> Result<Account, Problems> {
        let mut problems = Problems::default();
        let mut wanted = kept.clone();
        let country = Some(kept.country);
        if asked.contains(&"registration") {
            wanted.registration_id = self.registration_id(country, &mut problems).unwrap_or_default();
        }
        if asked.contains(&"phone") {
            wanted.phone = self.phone(country, &mut problems).unwrap_or_default();
        }
        match block {
            Block::Company => self.name_and_address(&mut wanted, &mut problems),
            Block::Contact => self.person(&mut wanted, &mut problems),
            Block::Registration => Some(()),
        };
        problems.in_order_of(asked).or(|| Some(wanted))
    }

    fn name_and_address(&self, wanted: &mut Account, problems: &mut Problems) -> Option<()> {
        let company_name = problems.field("company", name::required(&self.company, name::COMPANY));
        let address = self.address().parse(Some(wanted.country), problems);
        let culture = self.culture_instead_of(wanted, problems);
        let address = address?;
        wanted.company_name = company_name?;
        wanted.address_line1 = address.line_1;
        wanted.address_line2 = address.line_2;
        wanted.city = address.city;
        wanted.state = address.state;
        wanted.postal_code = address.postal_code;
        wanted.culture = culture?;
        Some(())
    }

    /// A language that nobody touched stays as it is, whichever can be chosen today.
    pub(super) fn culture_instead_of(&self, kept: &Account, problems: &mut Problems) -> Option<String> {
        if self.language == Self::of(kept).language {
            return Some(kept.culture.clone());
        }
        let language = problems.field("language", self.language_in(kept.country.region()))?;
        Some(culture(kept.country, language))
    }

    fn person(&self, wanted: &mut Account, problems: &mut Problems) -> Option<()> {
        let contact = self.contact(Some(wanted.country), problems)?;
        wanted.first_name = contact.first_name;
        wanted.middle_name = contact.middle_name;
        wanted.last_name = contact.last_name;
        wanted.email = contact.email;
        wanted.phone = contact.phone;
        Some(())
    }
}
