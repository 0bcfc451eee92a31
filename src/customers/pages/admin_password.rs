//! A new temporary password for a customer's first admin user, shown once.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::customer_id;
use crate::access::Allowed;
use crate::access::permission::ResetCustomerPasswords;
use crate::customers::model::{Customer, CustomerUser};
use crate::customers::store::account;
use crate::db::{Connection, Db};
use crate::error::{Error, Result};
use crate::paths;
use crate::values::id::CustomerId;
use crate::values::moment::Moment;
use crate::values::password::{NewPassword, Turns};
use crate::web::page::with_status;
use crate::web::{Shell, once, page, see_other};

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
}

/// `GET /customers/{id}/admin-password`: the password just made, this once; otherwise the way to a new one.
pub async fn show(
    shell: Shell,
    may: Allowed<ResetCustomerPasswords>,
    session: Session,
    (db, turns): (web::Data<Db>, web::Data<Turns>),
    id: web::Path<String>,
) -> Result<HttpResponse> {
    let (id, reach) = (customer_id(&id)?, may.reach());
    let (customer, admin) = db.read(move |conn| account::first_admin(conn, &reach, &id)).await?;
    let password = once::take_right(&session, &secret(&customer.id), &admin.password_hash, &turns).await?;
    page(&AdminPasswordPage { shell, customer, admin, password, is_stale: false })
}

/// `POST /customers/{id}/admin-password`
pub async fn create(
    (shell, session): (Shell, Session),
    may: Allowed<ResetCustomerPasswords>,
    (db, turns): (web::Data<Db>, web::Data<Turns>),
    id: web::Path<String>,
    web::Form(form): web::Form<AdminPasswordForm>,
) -> Result<HttpResponse> {
    let id = customer_id(&id)?;
    let (reach, wanted) = (may.reach(), id.clone());
    // Hashing is work: only for a customer that is there.
    let (customer, admin) = db.read(move |conn| account::first_admin(conn, &reach, &wanted)).await?;
    let Some(replaced) = Moment::parse_exact(&form.replaced) else {
        return Err(Error::BadRequest("replaced"));
    };
    let (password, hash) = turns.take().await?.work(NewPassword::temporary_hashed).await?;
    let (of, now) = (id.clone(), Moment::now());
    let reset =
        move |conn: &mut Connection| account::reset_admin_password(conn, &may, (&of, replaced), &hash, now);
    if !db.write(reset).await? {
        let page = AdminPasswordPage { shell, customer, admin, password: None, is_stale: true };
        return with_status(StatusCode::CONFLICT, &page);
    }
    once::put(&session, &secret(&id), password.reveal());
    Ok(see_other(paths::customers::admin_password(&id)))
}

/// The name under which the password waits for its page.
fn secret(customer: &CustomerId) -> String {
    format!("admin-password:{customer}")
}
