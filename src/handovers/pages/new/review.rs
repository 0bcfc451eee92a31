//! The second step: the consequences in numbers, and the letters, each of which can be edited or left out.

use askama::Template;
use chrono::NaiveDate;

use super::count;
use crate::access::Viewer;
use crate::handovers::form::{HandoverForm, Wish};
use crate::handovers::model::Estimate;
use crate::handovers::store::sampling::Question;
use crate::handovers::store::turn::CUSTOMER;
use crate::language::filters;
use crate::relationships::model::{Begins, Side};
use crate::web::{Count, Problems, Shell};

#[derive(Template)]
#[template(path = "handovers/review.html")]
pub(super) struct ReviewPage {
    shell: Shell,
    form: HandoverForm,
    problems: Problems,
    estimate: Estimate,
    begins: Begins,
    ends_on: Option<NaiveDate>,
    reseller: Option<String>,
    former: Option<String>,
    /// Others were selected when it was sent first.
    is_of_other_selection: bool,
}

impl ReviewPage {
    pub fn new(shell: Shell, (by, question): (&Viewer, &Question), form: HandoverForm, wish: &Wish) -> Self {
        let parties = (&by.organisation.id, wish.former.as_ref(), wish.reseller.as_ref());
        let chosen = (wish.choices.earners, &wish.choices.helpers);
        Self {
            estimate: Estimate::of(&question.sample, parties, chosen),
            reseller: question.reseller_name(wish.reseller.as_ref()).map(str::to_owned),
            former: question.former_name(wish.former.as_ref()).map(str::to_owned),
            begins: wish.begins,
            ends_on: wish.choices.ends_on,
            shell,
            form,
            problems: Problems::default(),
            is_of_other_selection: false,
        }
    }

    /// The same with what is wrong with the letters.
    pub fn with(self, problems: Problems) -> Self {
        Self { problems, ..self }
    }

    /// The same, which says that the selection is another one by now.
    pub fn of_other_selection(self) -> Self {
        Self { is_of_other_selection: true, ..self }
    }

    fn count(&self) -> Count {
        count(self.estimate.customers, self.estimate.has_more)
    }

    /// Selected customers for which nothing has to be done.
    fn untouched(&self) -> usize {
        self.estimate.customers.saturating_sub(self.estimate.concerned)
    }

    fn names(&self) -> (Option<&str>, Option<&str>) {
        (self.reseller.as_deref(), self.former.as_deref())
    }

    /// Where the name of the customer goes in a letter to its contact.
    fn gap(&self) -> &'static str {
        CUSTOMER
    }
}
