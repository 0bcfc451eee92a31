//! What a page about a block of an account shows.

use askama::Template;

use super::Sent;
use crate::access::permission::EditCustomerAccounts;
use crate::access::{Permission, Viewer};
use crate::customers::form::Then;
use crate::customers::languages;
use crate::customers::model::{Account, Block, Customer, Demanded};
use crate::customers::new_account::{AccountForm, language_of};
use crate::language::{Language, filters};
use crate::paths;
use crate::web::address::state_name_in;
use crate::web::difference::{Difference, differences};
use crate::web::{Ask, Problems, Shell, words};

#[derive(Template)]
#[template(path = "customers/edit.html")]
pub struct EditPage {
    shell: Shell,
    customer: Customer,
    block: Block,
    /// The fields of the page.
    asked: Vec<&'static str>,
    form: AccountForm,
    version: i32,
    opened: String,
    then: Then,
    problems: Problems,
    /// What somebody else saved in the meantime; the form holds the viewer's own.
    differences: Vec<Difference>,
    languages: Vec<languages::Choice>,
}

/// What a page about a block asks this viewer for. Who may change no more than a contact is not asked for more.
pub fn asked(viewer: &Viewer, account: &Account, block: Block, drawn: &[&str]) -> Vec<&'static str> {
    if viewer.may::<EditCustomerAccounts>() {
        block.asked(&account.lacks(), drawn)
    } else {
        block.fields().to_vec()
    }
}

impl EditPage {
    pub fn new<P: Permission>(
        ask: &Ask<P>,
        customer: Customer,
        (block, asked): (Block, Vec<&'static str>),
        sent: Sent,
        then: Then,
    ) -> Self {
        let country = customer.account.country;
        let kept = AccountForm::of(&customer.account).language;
        Self {
            shell: ask.shell(),
            languages: languages::choices_with(ask.language(), (country.region(), country), &kept),
            customer,
            block,
            asked,
            form: sent.form,
            version: sent.version,
            opened: sent.opened,
            then,
            problems: Problems::default(),
            differences: Vec::new(),
        }
    }

    #[must_use]
    pub fn with_problems(self, problems: Problems) -> Self {
        Self { problems, ..self }
    }

    /// With what is kept by now beside what was typed.
    #[must_use]
    pub fn with_differences(mut self, reader: Language) -> Self {
        let kept = self.shown(&AccountForm::of(&self.customer.account), reader);
        let typed = self.shown(&self.form, reader);
        self.differences = differences(&borrowed(&kept), &borrowed(&typed));
        self
    }

    /// The values of a form as people know them.
    fn shown(&self, form: &AccountForm, reader: Language) -> Vec<(&'static str, String)> {
        let country = self.customer.account.country;
        let value = |field: &&'static str| match *field {
            "state" => state_name_in(country, &form.state),
            "language" if form.language.is_empty() => {
                reader.write(&words::Language { code: language_of(country.culture()) })
            }
            "language" => reader.write(&words::Language { code: &form.language }),
            field => form.value(field).to_owned(),
        };
        self.asked.iter().map(|field| (*field, value(field))).collect()
    }

    fn action(&self) -> String {
        let id = &self.customer.id;
        match self.block {
            Block::Company => paths::customers::edit_company(id),
            Block::Contact => paths::customers::edit_contact(id),
            Block::Registration => paths::customers::edit_registration(id),
        }
    }

    /// Whether the page asks for a field beyond those of its block, because the country demands it.
    fn asks_first(&self, field: &str) -> bool {
        self.asked.contains(&field) && !self.block.fields().contains(&field)
    }

    fn asks_anything_first(&self) -> bool {
        self.asked.len() > self.block.fields().len()
    }

    /// What the country demands and the account lacks.
    fn lacks(&self) -> Vec<Demanded> {
        self.customer.account.lacks()
    }

    /// Whether something is lacking that the viewer cannot fill in here.
    fn leaves_some(&self) -> bool {
        self.lacks().iter().any(|demanded| !self.asked.contains(&demanded.field()))
    }
}

fn borrowed<'a>(fields: &'a [(&'static str, String)]) -> Vec<(&'static str, &'a str)> {
    fields.iter().map(|(field, value)| (*field, value.as_str())).collect()
}
