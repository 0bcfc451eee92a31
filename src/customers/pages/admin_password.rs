//! A new temporary password for a customer's first admin user, shown once.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::customer_id;
use crate::access::Reach;
use crate::access::permission::ResetCustomerPasswords;
use crate::customers::commands;
use crate::customers::model::{Customer, CustomerUser};
use crate::customers::store::account::{self, Replaced};
use crate::error::{Error, Result};
use crate::language::filters;
use crate::paths;
use crate::values::id::CustomerId;
use crate::values::moment::Moment;
use crate::web::{Ask, Shell, once, see_other};

#[derive(Template)]
#[template(path = "customers/admin_password.html")]
struct AdminPasswordPage {
    shell: Shell,
    customer: Customer,
    admin: CustomerUser,
    /// The new password, on the one page that shows it.
    password: Option<String>,
    /// Somebody gave another password after the page was opened; also whoever presses twice.
    is_stale: bool,
}

impl AdminPasswordPage {
    /// Whether the customer took from the viewer's organisation that it administers the account.
    fn is_undelegated(&self) -> bool {
        let reach = self.shell.viewer.as_ref().map_or(Reach::Nothing, |viewer| viewer.reach());
        !self.customer.is_administered_within(&reach)
    }

    /// Where the viewer goes on: to the account, or to the start for whoever sees no customers.
    fn back(&self) -> String {
        match self.shell.can.see_customers {
            true => paths::customers::account(&self.customer.id),
            false => paths::start().to_owned(),
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct AdminPasswordForm {
    /// When the password was set that the page offered to replace.
    replaced: String,
    /// Whether the second factor is lost, too.
    lost_factor: String,
}

/// `GET /customers/{id}/admin-password`: the password just made, this once; otherwise the way to a new one.
pub async fn show(ask: Ask<ResetCustomerPasswords>, id: web::Path<String>) -> Result<HttpResponse> {
    let (customer, admin) = first_admin(&ask, &customer_id(&id)?).await?;
    let (session, name) = (ask.session(), secret(&customer.id));
    let password = once::take_right(&session, &name, &admin.password_hash, &ask.turns).await?;
    ask.page(&AdminPasswordPage { shell: ask.shell(), customer, admin, password, is_stale: false })
}

/// `POST /customers/{id}/admin-password`
pub async fn create(
    ask: Ask<ResetCustomerPasswords>,
    id: web::Path<String>,
    web::Form(form): web::Form<AdminPasswordForm>,
) -> Result<HttpResponse> {
    let id = customer_id(&id)?;
    // Hashing is work: only for a customer that is there.
    let (_, admin) = first_admin(&ask, &id).await?;
    let Some(set_at) = Moment::parse_exact(&form.replaced) else {
        return Err(Error::BadRequest("replaced"));
    };
    let replaced = Replaced { set_at, has_lost_factor: form.lost_factor == "yes" };
    let Some(password) = commands::reset_admin_password(&ask, &ask.by, (&id, &admin, replaced)).await? else {
        let ((customer, admin), shell) = (first_admin(&ask, &id).await?, ask.shell());
        let again = AdminPasswordPage { shell, customer, admin, password: None, is_stale: true };
        return ask.with_status(StatusCode::CONFLICT, &again);
    };
    once::put(&ask.session(), &secret(&id), password.reveal());
    Ok(see_other(paths::customers::admin_password(&id)))
}

async fn first_admin(ask: &Ask<ResetCustomerPasswords>, id: &CustomerId) -> Result<(Customer, CustomerUser)> {
    let id = *id;
    ask.read(move |conn, by| account::first_admin(conn, &by.reach(), &id)).await
}

/// The name under which the password waits for its page.
fn secret(customer: &CustomerId) -> String {
    format!("admin-password:{customer}")
}
