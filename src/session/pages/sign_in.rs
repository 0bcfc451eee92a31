//! The sign-in page.

use actix_web::cookie::Key;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::sign_in;
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::session::commands::sign_in::Here;
use crate::session::commands::{self, Refusal, SignIn};
use crate::session::form::SignInForm;
use crate::session::model::safe_path;
use crate::session::origin::origin_of;
use crate::session::{browser, chosen_language, store};
use crate::values::email::Email;
use crate::values::problem::Problem;
use crate::web::{Problems, Shell, Visit, see_other};

#[derive(Template)]
#[template(path = "session/new.html")]
struct NewSessionPage {
    shell: Shell,
    form: SignInForm,
    problems: Problems,
    refusal: Option<Refusal>,
}

impl NewSessionPage {
    fn again(visit: &Visit, form: SignInForm, problems: Problems, refusal: Option<Refusal>) -> Self {
        let shell = visit.shell().back_to(paths::session::sign_in_then(safe_path(&form.next)));
        Self { shell, form, problems, refusal }
    }
}

/// `GET /sign-in`
pub async fn new(visit: Visit, query: web::Query<SignInForm>) -> Result<HttpResponse> {
    let (shell, next) = (visit.shell(), safe_path(&query.next).to_owned());
    if shell.viewer.is_some() {
        return Ok(see_other(next));
    }
    let form = SignInForm { next, ..SignInForm::default() };
    visit.page(&NewSessionPage { shell, form, problems: Problems::default(), refusal: None })
}

/// `POST /session`
pub async fn create(
    visit: Visit,
    key: web::Data<Key>,
    web::Form(form): web::Form<SignInForm>,
) -> Result<HttpResponse> {
    let email = match Email::parse(&form.email) {
        Ok(email) if !form.password.is_empty() => email,
        parsed => {
            let mut problems = Problems::default();
            problems.field("email", parsed);
            if form.password.is_empty() {
                problems.on("password", Problem::Missing);
            }
            return visit.unprocessable(&NewSessionPage::again(&visit, form, problems, None));
        }
    };
    let session = visit.session();
    let here = Here {
        from: origin_of(visit.request(), &visit.site),
        browser: browser::token(visit.request(), &key, &visit.site),
        before: sign_in::token(&session),
    };
    let chosen = here.from.chosen;
    match commands::sign_in::sign_in(&visit, (&email, &form.password), here).await? {
        Ok(SignIn { token, awaits_code: true, .. }) => {
            sign_in::begin(&session, &token);
            if let Some(language) = chosen {
                chosen_language::keep(&session, language);
            }
            Ok(see_other(paths::session::code_then(safe_path(&form.next))))
        }
        Ok(SignIn { token, browser, .. }) => {
            sign_in::begin(&session, &token);
            let mut response = see_other(safe_path(&form.next));
            browser::keep(&mut response, &browser, &key, &visit.site)?;
            Ok(response)
        }
        Err(refusal) => {
            let page = NewSessionPage::again(&visit, form, Problems::default(), Some(refusal));
            match page.refusal {
                Some(Refusal::Slowed { seconds }) => visit.slowed(&page, seconds),
                Some(Refusal::Busy) => visit.busy(&page),
                _ => visit.unprocessable(&page),
            }
        }
    }
}

/// `POST /session/end`
pub async fn destroy(visit: Visit) -> Result<HttpResponse> {
    let session = visit.session();
    if let Some(token) = sign_in::token(&session) {
        visit.write(move |conn| store::end_sign_in(conn, &token.hash())).await?;
    }
    sign_in::end(&session);
    Ok(see_other(paths::session::sign_in()))
}
