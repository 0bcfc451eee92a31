//! The page that a mailed link leads to: choose a password.

use actix_web::cookie::Key;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::error::{Error, Result};
use crate::language::filters;
use crate::paths;
use crate::people::commands;
use crate::people::form::ChosenPasswordForm;
use crate::people::said::Said;
use crate::people::store::passwords::{Linked, Purpose, linked};
use crate::session::browser;
use crate::session::origin::origin_of;
use crate::session::tally::Network;
use crate::values::moment::Moment;
use crate::values::password::OwnWords;
use crate::values::token::Token;
use crate::web::{Problems, Shell, Visit};

#[derive(Template)]
#[template(path = "people/chosen_password.html")]
struct ChosenPasswordPage {
    shell: Shell,
    linked: Linked,
    problems: Problems,
    /// Too many passwords are being checked; nothing was done.
    is_busy: bool,
}

/// The link is unknown, used or too old; nothing tells which.
#[derive(Template)]
#[template(path = "people/link_closed.html")]
struct LinkClosedPage {
    shell: Shell,
}

/// `GET /set-password/{token}`
pub async fn edit(visit: Visit, token: web::Path<String>) -> Result<HttpResponse> {
    match look(&visit, &token).await? {
        Some(linked) => visit.page(&ChosenPasswordPage::of(&visit, linked)),
        None => closed(&visit),
    }
}

/// `POST /set-password/{token}`
pub async fn update(
    visit: Visit,
    key: web::Data<Key>,
    token: web::Path<String>,
    web::Form(form): web::Form<ChosenPasswordForm>,
) -> Result<HttpResponse> {
    let (Some(linked), Some(token)) = (look(&visit, &token).await?, Token::parse(&token)) else {
        return closed(&visit);
    };
    let own = OwnWords {
        address: linked.email.as_str(),
        organisation: &linked.organisation,
        installation: &visit.site.name,
    };
    let password = match form.parse(&own) {
        Ok(password) => password,
        Err(problems) => {
            let page = ChosenPasswordPage::of(&visit, linked);
            return visit.unprocessable(&ChosenPasswordPage { problems, ..page });
        }
    };
    let browser = browser::token(visit.request(), &key, &visit.site).unwrap_or_else(Token::random);
    let network = Network::of(&origin_of(visit.request(), &visit.site).address);
    match commands::choose_password(
        &visit,
        (&linked, &token),
        password,
        (&browser, network, visit.language()),
    )
    .await
    {
        Ok(true) => {}
        Ok(false) => return closed(&visit),
        Err(Error::Busy(_)) => {
            let page = ChosenPasswordPage::of(&visit, linked);
            return visit.busy(&ChosenPasswordPage { is_busy: true, ..page });
        }
        Err(error) => return Err(error),
    }
    let mut response = visit.done(&Said::PasswordChosen, paths::session::sign_in())?;
    browser::keep(&mut response, &browser, &key, &visit.site)?;
    Ok(response)
}

impl ChosenPasswordPage {
    fn of(visit: &Visit, linked: Linked) -> Self {
        Self { shell: visit.shell(), linked, problems: Problems::default(), is_busy: false }
    }
}

fn closed(visit: &Visit) -> Result<HttpResponse> {
    visit.with_status(StatusCode::GONE, &LinkClosedPage { shell: visit.shell() })
}

async fn look(visit: &Visit, token: &str) -> Result<Option<Linked>> {
    let Some(token) = Token::parse(token) else { return Ok(None) };
    visit.read(move |conn| linked(conn, &token.hash(), Moment::now())).await
}
