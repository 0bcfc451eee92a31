//! A new password for a member: by a mailed link, or a temporary one shown once.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::show::again;
use super::{member, person_id, secret, usual_way};
use crate::access::permission::OpenAccounts;
use crate::error::{Error, Result};
use crate::language::filters;
use crate::paths;
use crate::people::commands;
use crate::people::form::MemberForm;
use crate::people::model::{Member, Standing};
use crate::people::said::Said;
use crate::people::store::change::hindrance;
use crate::web::{Ask, Problems, Shell, once, see_other, version};

#[derive(Template)]
#[template(path = "people/password.html")]
struct ResetPasswordPage {
    shell: Shell,
    member: Member,
    form: MemberForm,
    problems: Problems,
    /// Too many passwords are being checked; nothing was done.
    is_busy: bool,
}

/// `GET /people/{id}/password`
pub async fn edit(ask: Ask<OpenAccounts>, id: web::Path<String>) -> Result<HttpResponse> {
    let id = person_id(&id)?;
    let member = member(&ask, &id).await?;
    if let Some(refusal) = hindrance(&ask.by, &member) {
        return again(&ask, &id, refusal).await;
    }
    let form = MemberForm { way: usual_way(&ask.site).to_owned(), ..MemberForm::default() };
    ask.page(&ResetPasswordPage::of(&ask, member, form))
}

/// `POST /people/{id}/password`
pub async fn update(
    ask: Ask<OpenAccounts>,
    id: web::Path<String>,
    web::Form(pairs): web::Form<Vec<(String, String)>>,
) -> Result<HttpResponse> {
    let (id, form) = (person_id(&id)?, MemberForm::of(pairs));
    let member = member(&ask, &id).await?;
    if let Err(problem) = form.way() {
        let (problems, page) = (("way", problem).into(), ResetPasswordPage::of(&ask, member, form));
        return ask.unprocessable(&ResetPasswordPage { problems, ..page });
    }
    let version = version::read(&form.version)?;
    let reset = match commands::reset_password(&ask, &ask.by, (&member, version), &form.way).await {
        Err(Error::Busy(_)) => {
            let page = ResetPasswordPage::of(&ask, member, form);
            return ask.busy(&ResetPasswordPage { is_busy: true, ..page });
        }
        done => done?,
    };
    match reset {
        Ok(Some(password)) => {
            once::put(&ask.session(), &secret(&id), password.reveal());
            Ok(see_other(paths::people::show(&id)))
        }
        Ok(None) => ask.done(&Said::PasswordLinkSent { to: &member.email }, paths::people::show(&id)),
        Err(refusal) => again(&ask, &id, refusal).await,
    }
}

impl ResetPasswordPage {
    fn of(ask: &Ask<OpenAccounts>, member: Member, form: MemberForm) -> Self {
        Self { shell: ask.shell(), member, form, problems: Problems::default(), is_busy: false }
    }
}
