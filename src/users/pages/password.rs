//! A new temporary password for a user, shown once.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::{customer_id, user_id};
use crate::access::Reach;
use crate::access::permission::ResetCustomerPasswords;
use crate::customers::model::Customer;
use crate::error::{Error, Result};
use crate::language::filters;
use crate::paths;
use crate::users::commands;
use crate::users::model::SignIn;
use crate::users::said::Said;
use crate::users::store::password::{self, Replaced, Whose};
use crate::values::email::Email;
use crate::values::id::{CustomerId, CustomerUserId};
use crate::values::moment::Moment;
use crate::web::{Ask, Problems, Shell, once, see_other};

#[derive(Template)]
#[template(path = "users/password.html")]
struct PasswordPage {
    shell: Shell,
    customer: Customer,
    user: SignIn,
    whose: Whose,
    has_second_factor: bool,
    /// The new password, on the one page that shows it.
    password: Option<String>,
    /// Somebody gave another password after the page was opened; also whoever presses twice.
    is_stale: bool,
    form: PasswordForm,
    problems: Problems,
}

impl PasswordPage {
    /// Whether the customer took from the viewer's organisation that it administers the account.
    fn is_undelegated(&self) -> bool {
        let reach = self.shell.viewer.as_ref().map_or(Reach::Nothing, |viewer| viewer.reach());
        !self.customer.is_administered_within(&reach)
    }

    fn is_of_user(&self) -> bool {
        matches!(self.whose, Whose::User(_))
    }

    fn action(&self) -> String {
        address(&self.customer.id, self.whose)
    }

    /// Where the viewer goes on: to where it began, or to the start for whoever sees no customers.
    fn back(&self) -> String {
        match self.whose {
            Whose::User(user) => paths::users::show(&self.customer.id, &user),
            Whose::FirstAdmin if self.shell.can.see_customers => paths::customers::account(&self.customer.id),
            Whose::FirstAdmin => paths::start().to_owned(),
        }
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct PasswordForm {
    /// When the password was set that the page offered to replace.
    replaced: String,
    /// Whether the second factor is lost, too.
    lost_factor: String,
    /// Where a link is mailed instead of a password that is shown; empty for none.
    address: String,
}

/// `GET /customers/{id}/admin-password`: the password just made, this once; otherwise the way to a new one.
pub async fn show_admin(ask: Ask<ResetCustomerPasswords>, id: web::Path<String>) -> Result<HttpResponse> {
    show(&ask, customer_id(&id)?, Whose::FirstAdmin).await
}

/// `POST /customers/{id}/admin-password`
pub async fn create_admin(
    ask: Ask<ResetCustomerPasswords>,
    id: web::Path<String>,
    web::Form(form): web::Form<PasswordForm>,
) -> Result<HttpResponse> {
    create(&ask, customer_id(&id)?, Whose::FirstAdmin, &form).await
}

/// `GET /customers/{id}/users/{user}/password`
pub async fn show_user(
    ask: Ask<ResetCustomerPasswords>,
    ids: web::Path<(String, String)>,
) -> Result<HttpResponse> {
    show(&ask, customer_id(&ids.0)?, Whose::User(user_id(&ids.1)?)).await
}

/// `POST /customers/{id}/users/{user}/password`
pub async fn create_user(
    ask: Ask<ResetCustomerPasswords>,
    ids: web::Path<(String, String)>,
    web::Form(form): web::Form<PasswordForm>,
) -> Result<HttpResponse> {
    create(&ask, customer_id(&ids.0)?, Whose::User(user_id(&ids.1)?), &form).await
}

async fn show(ask: &Ask<ResetCustomerPasswords>, id: CustomerId, whose: Whose) -> Result<HttpResponse> {
    let page = PasswordPage::of(ask, id, whose).await?;
    let (session, name) = (ask.session(), secret(&page.user.id));
    let password = once::take_right(&session, &name, &page.user.password_hash, &ask.turns).await?;
    ask.page(&PasswordPage { password, ..page })
}

async fn create(
    ask: &Ask<ResetCustomerPasswords>,
    id: CustomerId,
    whose: Whose,
    form: &PasswordForm,
) -> Result<HttpResponse> {
    // Hashing is work: only for a customer that is there.
    let page = PasswordPage::of(ask, id, whose).await?;
    let Some(set_at) = Moment::parse_exact(&form.replaced) else {
        return Err(Error::BadRequest("replaced"));
    };
    let replaced = Replaced { set_at, has_lost_factor: form.lost_factor == "yes" };
    if !form.address.trim().is_empty() {
        return mail(ask, page, (replaced, form)).await;
    }
    let of = (&id, whose, &page.user);
    let Some(password) = commands::reset_password(ask, &ask.by, of, replaced).await? else {
        let again = PasswordPage { is_stale: true, ..PasswordPage::of(ask, id, whose).await? };
        return ask.with_status(StatusCode::CONFLICT, &again);
    };
    once::put(&ask.session(), &secret(&page.user.id), password.reveal());
    Ok(see_other(address(&id, whose)))
}

/// Mails a link in place of a password.
async fn mail(
    ask: &Ask<ResetCustomerPasswords>,
    page: PasswordPage,
    (replaced, form): (Replaced, &PasswordForm),
) -> Result<HttpResponse> {
    let to = match Email::parse(&form.address) {
        Ok(to) => to,
        Err(problem) => {
            let (form, problems) = (form.clone(), ("address", problem).into());
            return ask.unprocessable(&PasswordPage { form, problems, ..page });
        }
    };
    let of = (&page.customer, page.whose, &page.user);
    if !commands::reset_by_link(ask, &ask.by, of, (replaced, &to)).await? {
        return ask.with_status(StatusCode::CONFLICT, &PasswordPage { is_stale: true, ..page });
    }
    ask.done(&Said::LinksSent { count: 1 }, page.back())
}

impl PasswordPage {
    async fn of(ask: &Ask<ResetCustomerPasswords>, id: CustomerId, whose: Whose) -> Result<Self> {
        let found = ask.read(move |conn, by| password::find(conn, &by.reach(), (&id, whose))).await?;
        let (customer, user, has_second_factor) = found;
        let (shell, password, is_stale) = (ask.shell(), None, false);
        let (form, problems) = (PasswordForm::default(), Problems::default());
        Ok(Self { shell, customer, user, whose, has_second_factor, password, is_stale, form, problems })
    }
}

fn address(id: &CustomerId, whose: Whose) -> String {
    match whose {
        Whose::FirstAdmin => paths::users::admin_password(id),
        Whose::User(user) => paths::users::password(id, &user),
    }
}

/// The name under which the password waits for its page.
fn secret(user: &CustomerUserId) -> String {
    format!("user-password:{user}")
}
