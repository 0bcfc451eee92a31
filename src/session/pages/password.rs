//! One's own password.

use actix_web::cookie::Key;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::sign_in;
use crate::error::{Error, Result};
use crate::language::filters;
use crate::paths;
use crate::session::browser;
use crate::session::commands::{self, Refusal};
use crate::session::form::PasswordForm;
use crate::session::origin::origin_of;
use crate::session::said::Said;
use crate::values::password::OwnWords;
use crate::values::problem::Problem;
use crate::web::{AskForOneself, Problems, Shell};

#[derive(Template)]
#[template(path = "session/password.html")]
struct PasswordPage {
    shell: Shell,
    is_forced: bool,
    problems: Problems,
    /// Seconds until the next try is taken, after several wrong ones.
    wait: Option<i64>,
    /// Too many passwords are being checked; nothing was done.
    is_busy: bool,
}

/// `GET /password`
pub async fn edit(ask: AskForOneself) -> Result<HttpResponse> {
    ask.page(&PasswordPage::of(&ask))
}

/// `POST /password`
pub async fn update(
    ask: AskForOneself,
    key: web::Data<Key>,
    web::Form(form): web::Form<PasswordForm>,
) -> Result<HttpResponse> {
    let own = OwnWords {
        address: ask.by.email.as_str(),
        organisation: &ask.by.organisation.name,
        installation: &ask.site.name,
    };
    let page = PasswordPage::of(&ask);
    let new = match form.parse(&own) {
        Ok(new) => new,
        Err(problems) => return ask.unprocessable(&PasswordPage { problems, ..page }),
    };
    let (session, from) = (ask.session(), origin_of(ask.request(), &ask.site));
    let sign_in = sign_in::token(&session).ok_or(Error::SignInNeeded)?.hash();
    let browser = browser::token(ask.request(), &key, &ask.site).map(|token| token.hash());
    let here = (&from, sign_in, browser);
    match commands::password::change(&ask, &ask.by, (form.current, new), here).await? {
        Ok(renewed) => {
            sign_in::begin(&session, &renewed);
            // Whoever gave the temporary password may have mistyped the address; a customer's user name is none.
            let may_be_wrong = !ask.by.has_proved_mailbox && !ask.by.is_customer();
            let is_unproved = page.is_forced && ask.site.sends_mail && may_be_wrong;
            let next = if is_unproved { paths::people::prove_email() } else { paths::start() };
            ask.done(&Said::PasswordChanged, next)
        }
        Err(Refusal::Wrong) => {
            let problems = ("current", Problem::Wrong).into();
            ask.unprocessable(&PasswordPage { problems, ..page })
        }
        Err(Refusal::Slowed { seconds }) => {
            ask.slowed(&PasswordPage { wait: Some(seconds), ..page }, seconds)
        }
        Err(Refusal::Busy) => ask.busy(&PasswordPage { is_busy: true, ..page }),
    }
}

impl PasswordPage {
    fn of(ask: &AskForOneself) -> Self {
        let (shell, problems) = (ask.shell(), Problems::default());
        Self { shell, is_forced: ask.by.must_change_password, problems, wait: None, is_busy: false }
    }
}
