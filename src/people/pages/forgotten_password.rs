//! A forgotten password: a link by mail, and the same answer for everybody.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::db::Db;
use crate::error::Result;
use crate::people::form::ForgottenPasswordForm;
use crate::people::housekeeping::Knock;
use crate::people::store::forgotten::ask;
use crate::session::origin::origin_of;
use crate::session::tally::Network;
use crate::values::email::Email;
use crate::values::moment::Moment;
use crate::values::token::Token;
use crate::web::page::slowed;
use crate::web::{Problems, Shell, Site, page, unprocessable};

#[derive(Template)]
#[template(path = "people/forgotten_password.html")]
struct ForgottenPasswordPage {
    shell: Shell,
    form: ForgottenPasswordForm,
    problems: Problems,
    /// Seconds until it can be asked again, after several times.
    wait: Option<i64>,
    is_taken: bool,
}

/// `GET /forgotten-password`
pub async fn new(shell: Shell, web::Query(form): web::Query<ForgottenPasswordForm>) -> Result<HttpResponse> {
    page(&ForgottenPasswordPage::of(shell, form.printable()))
}

/// `POST /forgotten-password`
pub async fn create(
    request: HttpRequest,
    shell: Shell,
    (db, site, knock): (web::Data<Db>, web::Data<Site>, web::Data<Knock>),
    web::Form(form): web::Form<ForgottenPasswordForm>,
) -> Result<HttpResponse> {
    let form = form.printable();
    let email = match Email::parse(&form.email) {
        Ok(email) => email,
        Err(problem) => {
            let problems = ("email", problem).into();
            return unprocessable(&ForgottenPasswordPage {
                problems,
                ..ForgottenPasswordPage::of(shell, form)
            });
        }
    };
    let network = Network::of(&origin_of(&request, &site).address);
    let (id, now) = (Token::random().hash(), Moment::now());
    let wait = db.write(move |conn| ask(conn, id.as_str(), (&email, &network), now)).await?;
    if wait > 0 {
        let page = ForgottenPasswordPage { wait: Some(wait), ..ForgottenPasswordPage::of(shell, form) };
        return slowed(&page, wait);
    }
    knock.now();
    page(&ForgottenPasswordPage { is_taken: true, ..ForgottenPasswordPage::of(shell, form) })
}

impl ForgottenPasswordPage {
    fn of(shell: Shell, form: ForgottenPasswordForm) -> Self {
        Self { shell, form, problems: Problems::default(), wait: None, is_taken: false }
    }
}
