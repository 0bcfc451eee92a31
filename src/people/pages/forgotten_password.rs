//! A forgotten password: a link by mail, and the same answer for everybody.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::error::Result;
use crate::language::filters;
use crate::people::form::ForgottenPasswordForm;
use crate::people::housekeeping::Knock;
use crate::people::store::forgotten::ask;
use crate::session::origin::origin_of;
use crate::session::tally::Network;
use crate::values::email::Email;
use crate::values::moment::Moment;
use crate::values::token::Token;
use crate::web::{Problems, Shell, Visit};

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
pub async fn new(visit: Visit, web::Query(form): web::Query<ForgottenPasswordForm>) -> Result<HttpResponse> {
    visit.page(&ForgottenPasswordPage::of(&visit, form))
}

/// `POST /forgotten-password`
pub async fn create(
    visit: Visit,
    knock: web::Data<Knock>,
    web::Form(form): web::Form<ForgottenPasswordForm>,
) -> Result<HttpResponse> {
    let email = match Email::parse(&form.email) {
        Ok(email) => email,
        Err(problem) => {
            let (problems, page) = (("email", problem).into(), ForgottenPasswordPage::of(&visit, form));
            return visit.unprocessable(&ForgottenPasswordPage { problems, ..page });
        }
    };
    let network = Network::of(&origin_of(visit.request(), &visit.site).address);
    let (id, now) = (Token::random().hash(), Moment::now());
    let wait = visit.write(move |conn| ask(conn, id.as_str(), (&email, &network), now)).await?;
    let page = ForgottenPasswordPage::of(&visit, form);
    if wait > 0 {
        return visit.slowed(&ForgottenPasswordPage { wait: Some(wait), ..page }, wait);
    }
    knock.now();
    visit.page(&ForgottenPasswordPage { is_taken: true, ..page })
}

impl ForgottenPasswordPage {
    fn of(visit: &Visit, form: ForgottenPasswordForm) -> Self {
        Self { shell: visit.shell(), form, problems: Problems::default(), wait: None, is_taken: false }
    }
}
