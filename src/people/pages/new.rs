//! Add user.

use actix_session::Session;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::{person_id, secret, way};
use crate::access::permission::ManagePeople;
use crate::access::{Allowed, Role};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::mail::carrier::Bell;
use crate::people::form::MemberForm;
use crate::people::model::givable;
use crate::people::store::passwords::{Added, NewMember, Purpose, add_member};
use crate::values::id::PersonId;
use crate::values::moment::Moment;
use crate::values::problem::Problem;
use crate::web::{Notice, Problems, Shell, Site, once, page, see_other, unprocessable};

#[derive(Template)]
#[template(path = "people/new.html")]
struct NewMemberPage {
    shell: Shell,
    form: MemberForm,
    givable: Vec<Role>,
    problems: Problems,
}

/// `GET /people/new`
pub async fn new(shell: Shell, may: Allowed<ManagePeople>) -> Result<HttpResponse> {
    let form =
        MemberForm { id: PersonId::new().to_string(), way: "mail".to_owned(), ..MemberForm::default() };
    page(&NewMemberPage { shell, form, givable: givable(&may.roles), problems: Problems::default() })
}

/// `POST /people`
pub async fn create(
    (shell, session): (Shell, Session),
    may: Allowed<ManagePeople>,
    (db, site, bell): (web::Data<Db>, web::Data<Site>, web::Data<Bell>),
    web::Form(pairs): web::Form<Vec<(String, String)>>,
) -> Result<HttpResponse> {
    let form = MemberForm::of(pairs);
    let id = PersonId::parse(&form.id).ok_or(Error::BadRequest("id"))?;
    let givable = givable(&may.roles);
    let (wanted, email) = match form.parse() {
        Ok(parsed) => parsed,
        Err(problems) => return unprocessable(&NewMemberPage { shell, form, givable, problems }),
    };
    let purpose = Purpose::Invitation;
    let (way, password) = way(&may, (&id, &wanted.name, &email), (purpose, &form.way), &site).await?;
    let new = NewMember { id: id.clone(), name: wanted.name, email, roles: wanted.roles };
    let now = Moment::now();
    let added = db.write(move |conn| add_member(conn, &may, &new, &way, now)).await?;
    let problem = match added {
        Added::Now => None,
        Added::Before => return Ok(see_other(format!("/people/{id}"))),
        Added::EmailTaken => Some(("email", Problem::Taken)),
        Added::Refused(_) => Some(("roles", Problem::UnknownChoice)),
    };
    if let Some(problem) = problem {
        return unprocessable(&NewMemberPage { shell, form, givable, problems: problem.into() });
    }
    match password {
        Some(password) => once::put(&session, &secret(&id), password.reveal()),
        None => {
            bell.ring();
            Notice::MemberInvited { to: form.email }.put(&session);
        }
    }
    Ok(see_other(format!("/people/{}", person_id(id.as_str())?)))
}
