//! Add user.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::{secret, usual_way, way};
use crate::access::permission::OpenAccounts;
use crate::access::{Allowed, Role};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::mail::carrier::Bell;
use crate::paths;
use crate::people::form::MemberForm;
use crate::people::model::{Member, Standing, givable};
use crate::people::said::Said;
use crate::people::store::list::at_address;
use crate::people::store::passwords::{Added, NewMember, Purpose, add_member};
use crate::people::wrong::Wrong;
use crate::session::letters::Addressee;
use crate::values::id::PersonId;
use crate::values::moment::Moment;
use crate::values::password::Turns;
use crate::values::problem::Problem;
use crate::web::page::{busy, with_status};
use crate::web::{Problems, Shell, Site, once, page, say, see_other, unprocessable};

#[derive(Template)]
#[template(path = "people/new.html")]
struct NewMemberPage {
    shell: Shell,
    form: MemberForm,
    givable: Vec<Role>,
    problems: Problems,
    /// Who of the organisation has the address already.
    holder: Option<Member>,
    /// The same page added somebody else before.
    is_sent_before: bool,
    /// Too many passwords are being checked; nothing was done.
    is_busy: bool,
}

/// `GET /people/new`
pub async fn new(shell: Shell, may: Allowed<OpenAccounts>) -> Result<HttpResponse> {
    let way = usual_way(&shell).to_owned();
    let form = MemberForm { id: PersonId::new().to_string(), way, ..MemberForm::default() };
    page(&NewMemberPage::of(shell, form, &may))
}

/// `POST /people`
pub async fn create(
    (shell, session): (Shell, Session),
    may: Allowed<OpenAccounts>,
    (db, site, bell, turns): (web::Data<Db>, web::Data<Site>, web::Data<Bell>, web::Data<Turns>),
    web::Form(pairs): web::Form<Vec<(String, String)>>,
) -> Result<HttpResponse> {
    let form = MemberForm::of(pairs);
    let id = PersonId::parse(&form.id).ok_or(Error::BadRequest("id"))?;
    let (wanted, email) = match form.parse() {
        Ok(parsed) => parsed,
        Err(problems) => {
            return unprocessable(&NewMemberPage { problems, ..NewMemberPage::of(shell, form, &may) });
        }
    };
    let purpose = Purpose::Invitation;
    let to = Addressee {
        person: id.clone(),
        organisation: may.organisation.id.clone(),
        name: wanted.name.clone(),
        email: email.clone(),
        zone: may.zone,
    };
    let (way, password) = match way(&may, &to, (purpose, &form.way), (&site, &turns)).await {
        Err(Error::Busy(_)) => {
            return busy(&NewMemberPage { is_busy: true, ..NewMemberPage::of(shell, form, &may) });
        }
        made => made?,
    };
    let new = NewMember { id: id.clone(), name: wanted.name, email, roles: wanted.roles };
    let (by, wanted, now) = (may.clone(), new.clone(), Moment::now());
    match db.write(move |conn| add_member(conn, &by, &wanted, &way, now)).await? {
        Added::Now => {}
        Added::Before => return Ok(see_other(paths::people::show(&id))),
        Added::BeforeWithAnother => {
            let form = MemberForm { id: PersonId::new().to_string(), ..form };
            let page = NewMemberPage { is_sent_before: true, ..NewMemberPage::of(shell, form, &may) };
            return with_status(StatusCode::CONFLICT, &page);
        }
        Added::EmailTaken => {
            let by = may.clone();
            let holder = db.read(move |conn| at_address(conn, &by, &new.email)).await?;
            let problems = ("email", Wrong::HasAccount).into();
            let page = NewMemberPage { holder, problems, ..NewMemberPage::of(shell, form, &may) };
            return unprocessable(&page);
        }
        Added::Refused(_) => {
            let problems = ("roles", Problem::UnknownChoice).into();
            return unprocessable(&NewMemberPage { problems, ..NewMemberPage::of(shell, form, &may) });
        }
    }
    match password {
        Some(password) => once::put(&session, &secret(&id), password.reveal()),
        None => {
            bell.ring();
            say(&session, &shell, &Said::Invited { to: &new.email })?;
        }
    }
    Ok(see_other(paths::people::show(&id)))
}

impl NewMemberPage {
    fn of(shell: Shell, form: MemberForm, by: &Allowed<OpenAccounts>) -> Self {
        let givable = givable(&by.roles);
        Self {
            shell,
            form,
            givable,
            problems: Problems::default(),
            holder: None,
            is_sent_before: false,
            is_busy: false,
        }
    }
}
