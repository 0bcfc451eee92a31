//! Add user.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::{secret, usual_way};
use crate::access::Role;
use crate::access::permission::OpenAccounts;
use crate::error::{Error, Result};
use crate::language::filters;
use crate::paths;
use crate::people::commands;
use crate::people::form::MemberForm;
use crate::people::model::{Member, Standing, givable};
use crate::people::said::Said;
use crate::people::store::list::at_address;
use crate::people::store::passwords::{Added, NewMember};
use crate::people::wrong::Wrong;
use crate::values::id::PersonId;
use crate::values::problem::Problem;
use crate::web::{Ask, Problems, Shell, once, see_other};

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
pub async fn new(ask: Ask<OpenAccounts>) -> Result<HttpResponse> {
    let way = usual_way(&ask.site).to_owned();
    let form = MemberForm { id: PersonId::new().to_string(), way, ..MemberForm::default() };
    ask.page(&NewMemberPage::of(&ask, form))
}

/// `POST /people`
pub async fn create(
    ask: Ask<OpenAccounts>,
    web::Form(pairs): web::Form<Vec<(String, String)>>,
) -> Result<HttpResponse> {
    let form = MemberForm::of(pairs);
    let id = PersonId::parse(&form.id).ok_or(Error::BadRequest("id"))?;
    let (wanted, email) = match form.parse() {
        Ok(parsed) => parsed,
        Err(problems) => {
            return ask.unprocessable(&NewMemberPage { problems, ..NewMemberPage::of(&ask, form) });
        }
    };
    let new = NewMember { id, name: wanted.name, email, roles: wanted.roles };
    let (added, password) = match commands::add(&ask, &ask.by, &new, &form.way).await {
        Err(Error::Busy(_)) => {
            return ask.busy(&NewMemberPage { is_busy: true, ..NewMemberPage::of(&ask, form) });
        }
        done => done?,
    };
    let account = paths::people::show(&new.id);
    match added {
        Added::Now => {}
        Added::Before => return Ok(see_other(account)),
        Added::BeforeWithAnother => {
            let form = MemberForm { id: PersonId::new().to_string(), ..form };
            let page = NewMemberPage { is_sent_before: true, ..NewMemberPage::of(&ask, form) };
            return ask.with_status(StatusCode::CONFLICT, &page);
        }
        Added::EmailTaken => {
            let holder = ask.read(move |conn, by| at_address(conn, by, &new.email)).await?;
            let problems = ("email", Wrong::HasAccount).into();
            let page = NewMemberPage { holder, problems, ..NewMemberPage::of(&ask, form) };
            return ask.unprocessable(&page);
        }
        Added::Refused(_) => {
            let problems = ("roles", Problem::UnknownChoice).into();
            return ask.unprocessable(&NewMemberPage { problems, ..NewMemberPage::of(&ask, form) });
        }
    }
    match password {
        Some(password) => {
            once::put(&ask.session(), &secret(&new.id), password.reveal());
            Ok(see_other(account))
        }
        None => ask.done(&Said::Invited { to: &new.email }, account),
    }
}

impl NewMemberPage {
    fn of(ask: &Ask<OpenAccounts>, form: MemberForm) -> Self {
        Self {
            shell: ask.shell(),
            form,
            givable: givable(&ask.by.roles),
            problems: Problems::default(),
            holder: None,
            is_sent_before: false,
            is_busy: false,
        }
    }
}
