//! A user's page: name and roles, state, and what can be done.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::{person_id, secret};
use crate::access::permission::ManagePeople;
use crate::access::{Allowed, Role, Viewer};
use crate::db::Db;
use crate::error::Result;
use crate::mail::letter::LetterStatus;
use crate::mail::outbox;
use crate::paths;
use crate::people::form::MemberForm;
use crate::people::model::{Member, Refusal, Standing, givable, may_change};
use crate::people::said::Said;
use crate::people::store::change::change;
use crate::people::store::list::{find, password_of};
use crate::people::store::second_factor;
use crate::session::letters::PASSWORD_LINK;
use crate::values::id::PersonId;
use crate::values::moment::Moment;
use crate::values::password::Turns;
use crate::web::page::with_status;
use crate::web::{Problems, Shell, once, say, see_other};

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
pub async fn show(
    shell: Shell,
    may: Allowed<ManagePeople>,
    session: Session,
    (db, turns): (web::Data<Db>, web::Data<Turns>),
    id: web::Path<String>,
) -> Result<HttpResponse> {
    let id = person_id(&id)?;
    let mut page = load(shell, &may, &db, &id).await?;
    if once::look(&session, &secret(&id)).is_some() {
        let of = id.clone();
        let kept = db.read(move |conn| password_of(conn, &of)).await?;
        page.password = once::take_right(&session, &secret(&id), &kept, &turns).await?;
    }
    with_status(StatusCode::OK, &page)
}

/// `POST /people/{id}`
pub async fn update(
    shell: Shell,
    may: Allowed<ManagePeople>,
    (db, session): (web::Data<Db>, Session),
    id: web::Path<String>,
    web::Form(pairs): web::Form<Vec<(String, String)>>,
) -> Result<HttpResponse> {
    let (id, mut form) = (person_id(&id)?, MemberForm::of(pairs));
    loop {
        let version = form.version()?;
        let wanted = match form.wanted() {
            Ok(wanted) => wanted,
            Err(problems) => {
                let page = load(shell, &may, &db, &id).await?;
                return with_status(StatusCode::UNPROCESSABLE_ENTITY, &MemberPage { form, problems, ..page });
            }
        };
        let (by, of, now) = (may.clone(), id.clone(), Moment::now());
        match db.write(move |conn| change(conn, &by, (&of, version), &wanted, now)).await? {
            Ok(is_changed) => {
                let said = if is_changed { Said::Changed } else { Said::NothingChanged };
                say(&session, &shell, &said)?;
                // Whoever gave the own right to manage people away cannot see that page any more.
                let is_oneself = id == may.person;
                return Ok(see_other(if is_oneself {
                    paths::people::profile().to_owned()
                } else {
                    paths::people::show(&id)
                }));
            }
            Err(Refusal::Stale) => {
                let page = load(shell.clone(), &may, &db, &id).await?;
                let (merged, has_clash) = form.over(&page.form);
                form = merged;
                if has_clash {
                    return refused(page, Refusal::Stale, Some(form));
                }
            }
            Err(refusal) => return refused(load(shell, &may, &db, &id).await?, refusal, Some(form)),
        }
    }
}

/// The page again, with why nothing was done; what was typed stays.
pub(super) async fn again(
    shell: Shell,
    may: &Viewer,
    db: &web::Data<Db>,
    id: &PersonId,
    refusal: Refusal,
) -> Result<HttpResponse> {
    refused(load(shell, may, db, id).await?, refusal, None)
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
    with_status(status, &MemberPage { form, refusal: Some(refusal), ..page })
}

async fn load(shell: Shell, may: &Viewer, db: &web::Data<Db>, id: &PersonId) -> Result<MemberPage> {
    let (own, wanted) = (may.organisation.id.clone(), id.clone());
    let (member, letter, has_second_factor) = db
        .read(move |conn| {
            let member = find(conn, &own, &wanted)?;
            let letter = outbox::latest_about(conn, &own, (&PASSWORD_LINK, wanted.as_str()))?;
            Ok((member, letter, second_factor::has(conn, &wanted)?))
        })
        .await?;
    let form = MemberForm::kept(&member);
    Ok(MemberPage {
        givable: givable(&may.roles),
        may_change: may_change(&may.roles, &member.roles),
        is_oneself: may.person == member.id,
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
