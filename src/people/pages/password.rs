//! A new password for a member: by a mailed link, or a temporary one shown once.

use actix_session::Session;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::show::again;
use super::{person_id, secret, usual_way, way};
use crate::access::Allowed;
use crate::access::permission::OpenAccounts;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::mail::carrier::Bell;
use crate::paths;
use crate::people::form::MemberForm;
use crate::people::model::{Member, Standing};
use crate::people::said::Said;
use crate::people::store::change::hindrance;
use crate::people::store::list::find;
use crate::people::store::passwords::{purpose, reset};
use crate::session::store::addressee;
use crate::values::moment::Moment;
use crate::values::password::Turns;
use crate::web::page::busy;
use crate::web::{Problems, Shell, Site, once, page, say, see_other, unprocessable};

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
pub async fn edit(
    shell: Shell,
    may: Allowed<OpenAccounts>,
    db: web::Data<Db>,
    id: web::Path<String>,
) -> Result<HttpResponse> {
    let id = person_id(&id)?;
    let (own, wanted) = (may.organisation.id.clone(), id.clone());
    let member = db.read(move |conn| find(conn, &own, &wanted)).await?;
    if let Some(refusal) = hindrance(&may, &member) {
        return again(shell, &may, &db, &id, refusal).await;
    }
    let form = MemberForm { way: usual_way(&shell).to_owned(), ..MemberForm::default() };
    page(&ResetPasswordPage::of(shell, member, form, Problems::default()))
}

/// `POST /people/{id}/password`
pub async fn update(
    (shell, session): (Shell, Session),
    may: Allowed<OpenAccounts>,
    (db, site, bell, turns): (web::Data<Db>, web::Data<Site>, web::Data<Bell>, web::Data<Turns>),
    id: web::Path<String>,
    web::Form(pairs): web::Form<Vec<(String, String)>>,
) -> Result<HttpResponse> {
    let (id, form) = (person_id(&id)?, MemberForm::of(pairs));
    let (own, wanted) = (may.organisation.id.clone(), id.clone());
    let member = db.read(move |conn| find(conn, &own, &wanted)).await?;
    if let Err(problem) = form.way() {
        return unprocessable(&ResetPasswordPage::of(shell, member, form, ("way", problem).into()));
    }
    let version = form.version()?;
    let of = member.id.clone();
    let to = db.read(move |conn| addressee(conn, &of)).await?;
    let (way, password) = match way(&may, &to, (purpose(&member), &form.way), (&site, &turns)).await {
        Err(Error::Busy(_)) => {
            let page = ResetPasswordPage::of(shell, member, form, Problems::default());
            return busy(&ResetPasswordPage { is_busy: true, ..page });
        }
        made => made?,
    };
    let (by, of, now) = (may.clone(), id.clone(), Moment::now());
    if let Err(refusal) = db.write(move |conn| reset(conn, &by, (&of, version), &way, now)).await? {
        return again(shell, &may, &db, &id, refusal).await;
    }
    match password {
        Some(password) => once::put(&session, &secret(&id), password.reveal()),
        None => {
            bell.ring();
            say(&session, &shell, &Said::PasswordLinkSent { to: &member.email })?;
        }
    }
    Ok(see_other(paths::people::show(&id)))
}

impl ResetPasswordPage {
    fn of(shell: Shell, member: Member, form: MemberForm, problems: Problems) -> Self {
        Self { shell, member, form, problems, is_busy: false }
    }
}
