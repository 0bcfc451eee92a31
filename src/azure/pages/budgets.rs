//! Budgets of the customers that are ticked: the question, and what came of each.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::SetAzureBudgets;
use crate::azure::form::BudgetForm;
use crate::azure::model::budget::{Account, Changed, Wish};
use crate::azure::said::Said;
use crate::azure::store::budgets;
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::values::currency::Currency;
use crate::values::id::CustomerId;
use crate::values::moment::Moment;
use crate::web::{Ask, Problems, Shell};

#[derive(Template)]
#[template(path = "azure/budgets.html")]
struct QuestionPage {
    shell: Shell,
    rows: Vec<Account>,
    removes: bool,
    budget: String,
    currency: Currency,
    problems: Problems,
}

#[derive(Template)]
#[template(path = "azure/budgets_set.html")]
struct ResultPage {
    shell: Shell,
    removes: bool,
    rows: Vec<(Account, Option<Changed>)>,
}

/// `POST /azure-spending/budgets`: first the question, then the deed.
pub async fn decide(
    ask: Ask<SetAzureBudgets>,
    web::Form(pairs): web::Form<Vec<(String, String)>>,
) -> Result<HttpResponse> {
    let form = BudgetForm::of(pairs)?;
    if form.ticked.is_empty() {
        return ask.done(&Said::NothingTicked, paths::azure::spending());
    }
    let (now, removes) = (Moment::now(), form.removes);
    if !form.is_confirmed {
        return ask.page(&QuestionPage::of(&ask, form, Problems::default()).await?);
    }
    match form.wanted(ask.by.organisation.currency) {
        Ok(budget) => {
            let wish = Wish { ticked: form.ticked, budget };
            let rows = ask.write(move |conn, by| budgets::set_each(conn, by, &wish, now)).await?;
            ask.page(&ResultPage { shell: ask.shell(), removes, rows })
        }
        Err(problems) => ask.unprocessable(&QuestionPage::of(&ask, form, problems).await?),
    }
}

impl QuestionPage {
    async fn of(ask: &Ask<SetAzureBudgets>, form: BudgetForm, problems: Problems) -> Result<Self> {
        let (ticked, now) = (form.ticked, Moment::now());
        let ids: Vec<CustomerId> = ticked.iter().map(|(id, _)| *id).collect();
        let mut rows = ask.read(move |conn, by| budgets::ticked(conn, by, &ids, now)).await?;
        // The version that the first page showed counts, not the one of this question.
        for row in &mut rows {
            let shown = ticked.iter().find(|(id, _)| *id == row.customer.id);
            row.version = shown.map_or(row.version, |(_, version)| *version);
        }
        Ok(Self {
            shell: ask.shell(),
            rows,
            removes: form.removes,
            budget: form.budget,
            currency: ask.by.organisation.currency,
            problems,
        })
    }
}

impl ResultPage {
    /// How many have another budget now than before.
    fn done(&self) -> usize {
        self.rows.iter().filter(|(_, changed)| *changed == Some(Changed::Done)).count()
    }
}
