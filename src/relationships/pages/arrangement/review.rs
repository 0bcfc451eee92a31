//! The second step: the consequences in numbers, and the letters, each of which can be edited or left out.

use askama::Template;

use super::action;
use crate::language::filters;
use crate::relationships::commands::numbers;
use crate::relationships::form::ArrangementForm;
use crate::relationships::model::{Begins, Numbers, Side, Wish};
use crate::relationships::store::facts::Facts;
use crate::web::{Problems, Shell};

#[derive(Template)]
#[template(path = "relationships/review.html")]
pub(super) struct ReviewPage {
    shell: Shell,
    facts: Facts,
    form: ArrangementForm,
    problems: Problems,
    numbers: Numbers,
    begins: Begins,
    ends_on: Option<chrono::NaiveDate>,
    reseller: Option<String>,
}

impl ReviewPage {
    pub fn new(shell: Shell, facts: Facts, form: ArrangementForm, wish: &Wish) -> Self {
        let chosen = wish.arrangement.reseller.as_ref().and_then(|id| facts.partner(id));
        Self {
            reseller: chosen.map(|partner| partner.name.clone()),
            numbers: numbers(&facts, wish),
            begins: wish.begins,
            ends_on: wish.arrangement.choices.ends_on,
            shell,
            facts,
            form,
            problems: Problems::default(),
        }
    }

    /// The same with what is wrong with the letters.
    pub fn with(self, problems: Problems) -> Self {
        Self { problems, ..self }
    }

    fn action(&self) -> String {
        action(&self.facts)
    }

    /// The name of the reseller whose delegation begins.
    fn chosen(&self) -> Option<&str> {
        self.reseller.as_deref()
    }

    fn former(&self) -> Option<&str> {
        self.facts.former.as_ref().map(|former| former.reseller_name.as_str())
    }

    /// Those that go on administering the customer beside whoever is chosen.
    fn staying(&self) -> Vec<&str> {
        let former = self.facts.former.as_ref().map(|former| former.id);
        let staying = self.facts.lasting.iter().filter(|one| Some(one.id) != former);
        staying.map(|one| one.reseller_name.as_str()).collect()
    }
}
