//! The parts of an account that are changed by themselves.

use super::Demanded;
use crate::text_enum;

text_enum! {
    /// What one page about an account changes.
    pub enum Block {
        /// What the customer is called, where its bills go and in which language it is written to.
        Company = "company",
        /// Its primary contact.
        Contact = "contact",
        /// What some countries demand of companies.
        Registration = "registration",
    }
}

impl Block {
    /// Its fields, as New customer calls them, in the order of the page.
    pub fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Company => &["company", "line_1", "line_2", "city", "state", "postal_code", "language"],
            Self::Contact => &["first_name", "last_name", "middle_name", "email", "phone"],
            Self::Registration => &["registration", "phone"],
        }
    }

    /// What a page about it asks for: first what the country demands and the account lacks, and what the page asked for
    /// when it was drawn; then its own fields.
    pub fn asked(self, lacks: &[Demanded], drawn: &[&str]) -> Vec<&'static str> {
        let demanded = Demanded::ALL.iter().filter(|demanded| {
            let field = demanded.field();
            !self.fields().contains(&field) && (lacks.contains(demanded) || drawn.contains(&field))
        });
        demanded.map(|demanded| demanded.field()).chain(self.fields().iter().copied()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::customers::new_account::FIELDS;

    #[test]
    fn what_is_lacking_is_asked_first_and_nothing_twice() {
        let both = [Demanded::Registration, Demanded::Phone];
        assert_eq!(Block::Company.asked(&[], &[]), Block::Company.fields());
        assert_eq!(Block::Company.asked(&both, &[])[..3], ["registration", "phone", "company"]);
        assert_eq!(Block::Contact.asked(&both, &[])[..2], ["registration", "first_name"]);
        assert_eq!(Block::Registration.asked(&both, &["phone"]), Block::Registration.fields());
    }

    #[test]
    fn what_a_page_asked_for_it_goes_on_asking_for() {
        let asked = Block::Company.asked(&[], &["phone", "domain"]);
        assert_eq!(asked[..2], ["phone", "company"]);
        assert!(!asked.contains(&"domain"));
    }

    #[test]
    fn every_field_is_one_of_new_customer() {
        for field in Block::ALL.iter().flat_map(|block| block.fields()) {
            assert!(FIELDS.contains(field), "{field}");
        }
    }
}
