//! A new temporary password for a customer's first admin user, shown once.

use actix_session::Session;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::customer_id;
use crate::access::Allowed;
use crate::access::permission::ResetCustomerPasswords;
use crate::customers::model::{Customer, CustomerUser};
use crate::customers::store::account;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::values::id::CustomerId;
use crate::values::moment::Moment;
use crate::values::password::NewPassword;
use crate::web::{Shell, once, page, see_other};

#[derive(Template)]
#[template(path = "customers/admin_password.html")]
struct AdminPasswordPage {
    shell: Shell,
    customer: Customer,
    admin: CustomerUser,
    /// The new password, on the one page that shows it.
    password: Option<String>,
}

/// `GET /customers/{id}/admin-password`: the password just made, this once; otherwise the way to a new one.
pub async fn show(
    shell: Shell,
    may: Allowed<ResetCustomerPasswords>,
    session: Session,
    db: web::Data<Db>,
    id: web::Path<String>,
) -> Result<HttpResponse> {
    let (id, reach) = (customer_id(&id)?, may.reach());
    let (customer, admin) = db.read(move |conn| account::first_admin(conn, &reach, &id)).await?;
    let password = once::take(&session, &secret(&customer.id));
    page(&AdminPasswordPage { shell, customer, admin, password })
}

/// `POST /customers/{id}/admin-password`
pub async fn create(
    may: Allowed<ResetCustomerPasswords>,
    session: Session,
    db: web::Data<Db>,
    id: web::Path<String>,
) -> Result<HttpResponse> {
    let id = customer_id(&id)?;
    let (reach, wanted) = (may.reach(), id.clone());
    // Hashing is work: only for a customer that is there.
    db.read(move |conn| account::first_admin(conn, &reach, &wanted)).await?;
    let (password, hash) = web::block(|| {
        let password = NewPassword::temporary();
        password.hash().map(|hash| (password, hash))
    })
    .await
    .map_err(|error| Error::Internal(error.into()))??;
    let (of, now) = (id.clone(), Moment::now());
    db.write(move |conn| account::reset_admin_password(conn, &may, &of, &hash, now)).await?;
    once::put(&session, &secret(&id), password.reveal());
    Ok(see_other(format!("/customers/{id}/admin-password")))
}

/// The name under which the password waits for its page.
fn secret(customer: &CustomerId) -> String {
    format!("admin-password:{customer}")
}
