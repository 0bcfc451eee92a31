//! The second step of a sign-in: the code of the authenticator app, or a recovery code.

use actix_web::cookie::Key;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::sign_in;
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::session::commands::code::Refusal;
use crate::session::commands::{self, SignIn};
use crate::session::form::CodeForm;
use crate::session::model::safe_path;
use crate::session::origin::origin_of;
use crate::session::store::code::{self, Pending};
use crate::session::{browser, proof};
use crate::values::moment::Moment;
use crate::values::problem::Problem;
use crate::values::token::TokenHash;
use crate::web::{Problems, Shell, Visit, see_other};

#[derive(Template)]
#[template(path = "session/code.html")]
struct CodePage {
    shell: Shell,
    form: CodeForm,
    problems: Problems,
    /// Seconds until the next try is taken, after several wrong ones.
    wait: Option<i64>,
    /// The portal cannot read the app's key any more; recovery codes work.
    is_unreadable: bool,
}

/// `GET /session/code`
pub async fn new(visit: Visit, web::Query(query): web::Query<CodeForm>) -> Result<HttpResponse> {
    if pending(&visit).await?.is_none() {
        return Ok(see_other(paths::session::sign_in()));
    }
    let form = CodeForm { next: safe_path(&query.next).to_owned(), code: String::new() };
    visit.page(&CodePage::of(&visit, form))
}

/// `POST /session/code`
pub async fn create(
    visit: Visit,
    key: web::Data<Key>,
    web::Form(form): web::Form<CodeForm>,
) -> Result<HttpResponse> {
    let Some((sign_in, pending)) = pending(&visit).await? else {
        return Ok(see_other(paths::session::sign_in()));
    };
    let key_of_app = proof::key_of(&pending.whom.person, &pending.factor, &visit.vault);
    let page = CodePage { is_unreadable: key_of_app.is_none(), ..CodePage::of(&visit, form.empty()) };
    if form.code.trim().is_empty() {
        let problems = ("code", Problem::Missing).into();
        return visit.unprocessable(&CodePage { problems, ..page });
    }
    let from = origin_of(visit.request(), &visit.site);
    let browser = browser::token(visit.request(), &key, &visit.site);
    let typed = (key_of_app.as_ref(), form.code.as_str());
    match commands::code::complete(&visit, (sign_in, &pending), typed, (&from, browser)).await? {
        Ok(SignIn { token, browser, .. }) => {
            sign_in::begin(&visit.session(), &token);
            let mut response = see_other(safe_path(&form.next));
            browser::keep(&mut response, &browser, &key, &visit.site)?;
            Ok(response)
        }
        Err(Refusal::Wrong(problem)) => {
            let problems = ("code", problem).into();
            visit.unprocessable(&CodePage { problems, ..page })
        }
        Err(Refusal::Slowed { seconds }) => visit.slowed(&CodePage { wait: Some(seconds), ..page }, seconds),
    }
}

async fn pending(visit: &Visit) -> Result<Option<(TokenHash, Pending)>> {
    let Some(token) = sign_in::token(&visit.session()) else { return Ok(None) };
    let (hash, now) = (token.hash(), Moment::now());
    let found = visit.read(move |conn| code::pending(conn, &hash, now)).await?;
    Ok(found.map(|pending| (token.hash(), pending)))
}

impl CodePage {
    fn of(visit: &Visit, form: CodeForm) -> Self {
        let shell = visit.shell().back_to(paths::session::code_then(safe_path(&form.next)));
        Self { shell, form, problems: Problems::default(), wait: None, is_unreadable: false }
    }
}
