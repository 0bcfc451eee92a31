//! The page behind the customer's mailed link: what is to move where, and the answer. Looking changes nothing.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::transfers::commands;
use crate::transfers::form::OwnAnswerForm;
use crate::transfers::model::{Side, State, Transfer};
use crate::transfers::store::by_token;
use crate::values::moment::Moment;
use crate::values::token::{Token, TokenHash};
use crate::web::page::unlisted;
use crate::web::{Problems, Shell, Visit, see_other};

#[derive(Template)]
#[template(path = "transfers/link.html")]
struct LinkPage {
    shell: Shell,
    /// The token of the link, once more, for the forms.
    token: String,
    transfer: Transfer,
    form: OwnAnswerForm,
    problems: Problems,
    is_over: bool,
}

/// There is no such link.
#[derive(Template)]
#[template(path = "transfers/unknown.html")]
struct UnknownPage {
    shell: Shell,
}

/// `GET /transfer-consents/{token}`
pub async fn show(visit: Visit, token: web::Path<String>) -> Result<HttpResponse> {
    match look(&visit, &token).await? {
        Some((_, transfer)) => {
            draw(&visit, (&token, transfer), OwnAnswerForm::default(), Problems::default())
        }
        None => unknown(&visit),
    }
}

/// `POST /transfer-consents/{token}`
pub async fn answer(
    visit: Visit,
    token: web::Path<String>,
    web::Form(form): web::Form<OwnAnswerForm>,
) -> Result<HttpResponse> {
    let Some((hash, transfer)) = look(&visit, &token).await? else { return unknown(&visit) };
    let page = LinkPage::new(visit.shell(), (&token, transfer));
    if page.can_answer() {
        match form.parse(true) {
            Ok(typed) => {
                commands::answer_by_link(&visit, hash, typed).await?;
            }
            Err(problems) => return draw(&visit, (&token, page.transfer), form, problems),
        }
    }
    Ok(see_other(paths::transfers::link(&token)))
}

async fn look(visit: &Visit, token: &str) -> Result<Option<(TokenHash, Transfer)>> {
    let Some(hash) = Token::parse(token).map(|token| token.hash()) else { return Ok(None) };
    let found = hash.clone();
    let transfer = visit.read(move |conn| by_token(conn, &found)).await?;
    // What resellers pass on to each other asks no customer, so nobody has its link.
    let transfer = transfer.filter(|transfer| transfer.sides().contains(&Side::Customer));
    Ok(transfer.map(|transfer| (hash, transfer)))
}

fn draw(
    visit: &Visit,
    found: (&str, Transfer),
    form: OwnAnswerForm,
    problems: Problems,
) -> Result<HttpResponse> {
    let is_fine = problems.is_empty();
    let page = LinkPage { form, problems, ..LinkPage::new(visit.shell(), found) };
    let is_gone = matches!(page.transfer.state, State::Withdrawn | State::Expired) || page.is_over;
    let status = match (is_fine, is_gone) {
        (false, _) => StatusCode::UNPROCESSABLE_ENTITY,
        (true, true) => StatusCode::GONE,
        (true, false) => StatusCode::OK,
    };
    visit.with_status(status, &page).map(unlisted)
}

fn unknown(visit: &Visit) -> Result<HttpResponse> {
    visit.with_status(StatusCode::NOT_FOUND, &UnknownPage { shell: visit.shell() }).map(unlisted)
}

impl LinkPage {
    fn new(shell: Shell, (token, transfer): (&str, Transfer)) -> Self {
        let is_over = transfer.state.is_open() && transfer.is_over(Moment::now().day());
        let (form, problems) = (OwnAnswerForm::default(), Problems::default());
        Self { shell, token: token.to_owned(), transfer, form, problems, is_over }
    }

    /// Whether somebody of a partner in the file looks: the customer answers, nobody for it.
    fn is_partners(&self) -> bool {
        self.shell.viewer.as_ref().is_some_and(|viewer| {
            let own = &viewer.organisation.id;
            self.transfer.provider == *own || self.transfer.is_target(own)
        })
    }

    fn can_answer(&self) -> bool {
        self.transfer.state == State::Customer && !self.is_over && !self.is_partners()
    }
}
