//! A user's page: name and roles, state, and what can be done.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::{person_id, secret};
use crate::access::permission::ManagePeople;
use crate::access::{Permission, Role};
use crate::error::Result;
use crate::language::filters;
use crate::mail::letter::LetterStatus;
use crate::mail::outbox;
use crate::paths;
use crate::people::form::MemberForm;
use crate::people::model::{Member, Refusal, Standing, givable, may_change};
use crate::people::said::Said;
use crate::people::store::change::change;
use crate::people::store::list::find;
use crate::people::store::{password_of, second_factor};
use crate::session::letters::PASSWORD_LINK;
use crate::values::id::PersonId;
use crate::values::moment::Moment;
use crate::web::page::with_status;
use crate::web::{Ask, Problems, Shell, once, version};

#[derive(Template)]
#[template(path = "people/show.html")]
struct MemberPage {
    shell: Shell,
    member: Member,
    form: MemberForm,
    givable: Vec<Role>,
    may_change: bool,
    is_oneself: bool,
    has_second_factor: bool,
    /// The last letter with a link.
    letter: Option<LetterStatus>,
    /// A temporary password, on the one page that shows it.
    password: Option<String>,
    problems: Problems,
    refusal: Option<Refusal>,
}

/// `GET /people/{id}`
pub async fn show(ask: Ask<ManagePeople>, id: web::Path<String>) -> Result<HttpResponse> {
    let (id, session) = (person_id(&id)?, ask.session());
    let mut page = load(&ask, ask.shell(), &id).await?;
    if once::look(&session, &secret(&id)).is_some() {
        let of = id;
        let kept = ask.read(move |conn, _| password_of(conn, &of)).await?;
        page.password = once::take_right(&session, &secret(&id), &kept, &ask.turns).await?;
    }
    ask.page(&page)
}

/// `POST /people/{id}`
pub async fn update(
    ask: Ask<ManagePeople>,
    id: web::Path<String>,
    web::Form(pairs): web::Form<Vec<(String, String)>>,
) -> Result<HttpResponse> {
    let (id, shell, mut form) = (person_id(&id)?, ask.shell(), MemberForm::of(pairs));
    loop {
        let version = version::read(&form.version)?;
        let wanted = match form.wanted() {
            Ok(wanted) => wanted,
            Err(problems) => {
                let page = load(&ask, shell, &id).await?;
                return ask.unprocessable(&MemberPage { form, problems, ..page });
            }
        };
        let (of, now) = (id, Moment::now());
        match ask.write(move |conn, by| change(conn, by, (&of, version), &wanted, now)).await? {
            Ok(is_changed) => {
                let said = if is_changed { Said::Changed } else { Said::NothingChanged };
                // Whoever gave the own right to manage people away cannot see that page any more.
                let is_oneself = id == ask.by.person;
                let account = paths::people::show(&id);
                let next = if is_oneself { paths::people::profile() } else { account.as_str() };
                return ask.done(&said, next);
            }
            Err(Refusal::Stale) => {
                let page = load(&ask, shell.clone(), &id).await?;
                let (merged, has_clash) = form.over(&page.form);
                form = merged;
                if has_clash {
                    return refused(page, Refusal::Stale, Some(form));
                }
            }
            Err(refusal) => return refused(load(&ask, shell, &id).await?, refusal, Some(form)),
        }
    }
}

/// The page again, with why nothing was done; what was typed stays.
pub(super) async fn again<P: Permission>(
    ask: &Ask<P>,
    id: &PersonId,
    refusal: Refusal,
) -> Result<HttpResponse> {
    refused(load(ask, ask.shell(), id).await?, refusal, None)
}

fn refused(page: MemberPage, refusal: Refusal, form: Option<MemberForm>) -> Result<HttpResponse> {
    let status = match refusal {
        Refusal::TakesGlobalAdmin => StatusCode::FORBIDDEN,
        Refusal::LastGlobalAdmin | Refusal::Oneself | Refusal::NotNow => StatusCode::UNPROCESSABLE_ENTITY,
        Refusal::Stale => StatusCode::CONFLICT,
    };
    // What was typed goes with the version that it was typed for, unless the person has just read of a newer one.
    let version = form.as_ref().filter(|_| refusal != Refusal::Stale).map(|form| form.version.clone());
    let version = version.unwrap_or_else(|| page.form.version.clone());
    let form = MemberForm { version, ..form.unwrap_or_else(|| page.form.clone()) };
    with_status(page.shell.language, status, &MemberPage { form, refusal: Some(refusal), ..page })
}

async fn load<P: Permission>(ask: &Ask<P>, shell: Shell, id: &PersonId) -> Result<MemberPage> {
    let wanted = *id;
    let (member, letter, has_second_factor) = ask
        .read(move |conn, by| {
            let own = &by.organisation.id;
            let member = find(conn, own, &wanted)?;
            let letter = outbox::latest_about(conn, own, (&PASSWORD_LINK, wanted.as_str()))?;
            Ok((member, letter, second_factor::has(conn, &wanted)?))
        })
        .await?;
    let form = MemberForm::kept(&member);
    Ok(MemberPage {
        givable: givable(&ask.by.roles),
        may_change: may_change(&ask.by.roles, &member.roles),
        is_oneself: ask.by.person == member.id,
        has_second_factor,
        letter,
        password: None,
        problems: Problems::default(),
        refusal: None,
        shell,
        form,
        member,
    })
}

impl MemberPage {
    fn is_restorable(&self) -> bool {
        self.member.restorable_until().is_some_and(|until| until > Moment::now())
    }
}
