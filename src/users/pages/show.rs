//! A user's page.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::ids;
use crate::access::Permission;
use crate::access::permission::{AddUsers, ManageUserRoles, ManageUsers, ResetCustomerPasswords};
use crate::customers::model::Customer;
use crate::error::Result;
use crate::language::filters;
use crate::mail::letter::LetterStatus;
use crate::mail::outbox;
use crate::paths;
use crate::people::model::{Refusal, Standing};
use crate::users::commands;
use crate::users::form::UserForm;
use crate::users::letters::sign_in_links;
use crate::users::model::{ROLES, User};
use crate::users::said::Said;
use crate::users::store::change::Changed;
use crate::users::store::licenses::named;
use crate::users::store::password::may_reset;
use crate::users::store::{find, looked_after};
use crate::users::wrong::Wrong;
use crate::values::country::Country;
use crate::values::id::{CustomerId, CustomerUserId};
use crate::values::moment::Moment;
use crate::web::page::with_status;
use crate::web::{Ask, Problems, Shell, version};

#[derive(Template)]
#[template(path = "users/show.html")]
struct UserPage {
    shell: Shell,
    customer: Customer,
    user: User,
    form: UserForm,
    countries: Vec<Country>,
    may_manage_roles: bool,
    may_reset: bool,
    may_restore: bool,
    /// The licenses: of which product, and which service plans are turned off.
    licenses: Vec<(String, Vec<String>)>,
    /// The last letter with a link.
    letter: Option<LetterStatus>,
    problems: Problems,
    refusal: Option<Refusal>,
}

/// `GET /customers/{id}/users/{user}`
pub async fn show(ask: Ask<ManageUsers>, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    ask.page(&load(&ask, ask.shell(), ids(&path)?).await?)
}

/// `POST /customers/{id}/users/{user}`
pub async fn update(
    ask: Ask<ManageUsers>,
    path: web::Path<(String, String)>,
    web::Form(pairs): web::Form<Vec<(String, String)>>,
) -> Result<HttpResponse> {
    let ((id, user), shell, mut form) = (ids(&path)?, ask.shell(), UserForm::of(pairs));
    loop {
        let version = version::read(&form.version)?;
        let details = match form.details() {
            Ok(details) => details,
            Err(problems) => {
                let page = load(&ask, shell, (id, user)).await?;
                return ask.unprocessable(&UserPage { form, problems, ..page });
            }
        };
        let changed = commands::change(&ask, &ask.by, (id, user), (version, details)).await?;
        let page = load(&ask, shell.clone(), (id, user)).await?;
        let user_name = page.user.member.email.as_str();
        let back = paths::users::of_customer(&id);
        match changed {
            Changed::Now => return ask.done(&Said::Changed { user_name }, back),
            Changed::Nothing => return ask.done(&Said::NothingChanged, back),
            Changed::RolesNotGivable => {
                let problems = ("roles", Wrong::RolesNotGivable).into();
                return ask.unprocessable(&UserPage { form, problems, ..page });
            }
            Changed::Refused(Refusal::Stale) => {
                let (merged, has_clash) = form.over(&page.form);
                form = merged;
                if has_clash {
                    return refused(page, Refusal::Stale, Some(form));
                }
            }
            Changed::Refused(refusal) => return refused(page, refusal, Some(form)),
        }
    }
}

/// The page again, with why nothing was done.
pub(super) async fn again<P: Permission>(
    ask: &Ask<P>,
    of: (CustomerId, CustomerUserId),
    refusal: Refusal,
) -> Result<HttpResponse> {
    refused(load(ask, ask.shell(), of).await?, refusal, None)
}

/// The page again: somebody with admin roles takes more.
pub(super) async fn not_givable<P: Permission>(
    ask: &Ask<P>,
    of: (CustomerId, CustomerUserId),
) -> Result<HttpResponse> {
    let problems = ("roles", Wrong::RolesNotGivable).into();
    let page = load(ask, ask.shell(), of).await?;
    ask.unprocessable(&UserPage { problems, ..page })
}

fn refused(page: UserPage, refusal: Refusal, form: Option<UserForm>) -> Result<HttpResponse> {
    let status = match refusal {
        Refusal::Stale => StatusCode::CONFLICT,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let form = form.unwrap_or_else(|| page.form.clone());
    with_status(page.shell.language, status, &UserPage { form, refusal: Some(refusal), ..page })
}

async fn load<P: Permission>(
    ask: &Ask<P>,
    shell: Shell,
    (id, of): (CustomerId, CustomerUserId),
) -> Result<UserPage> {
    let (customer, user, letter, may_reset, licenses) = ask
        .read(move |conn, by| {
            let customer = looked_after(conn, &by.reach(), &id)?;
            let user = find(conn, &customer, &of)?;
            let about = (&sign_in_links::KIND, user.member.id.as_str());
            let letter = outbox::latest_about(conn, &by.organisation.id, about)?;
            let may_reset = may_reset(conn, by, (&customer, &of))?;
            let licenses = named(conn, &customer, &of)?;
            Ok((customer, user, letter, may_reset, licenses))
        })
        .await?;
    let lasts = customer.ended_at.is_none();
    Ok(UserPage {
        form: UserForm::kept(&user),
        countries: ask.language().countries(Country::all()),
        may_manage_roles: ask.by.may::<ManageUserRoles>(),
        may_reset: lasts && ask.by.may::<ResetCustomerPasswords>() && may_reset,
        may_restore: lasts && ask.by.may::<AddUsers>(),
        licenses,
        letter,
        problems: Problems::default(),
        refusal: None,
        shell,
        customer,
        user,
    })
}

impl UserPage {
    fn is_deleted(&self) -> bool {
        self.user.member.standing == Standing::Inactive
    }

    /// Whether the user can be changed here.
    fn is_editable(&self) -> bool {
        self.customer.ended_at.is_none() && !self.is_deleted() && self.is_free()
    }

    /// Whether the viewer's roles let the user be changed, deleted and restored.
    fn is_free(&self) -> bool {
        self.may_manage_roles || !self.user.has_roles()
    }

    fn is_restorable(&self) -> bool {
        self.user.member.restorable_until().is_some_and(|until| until > Moment::now())
    }
}
