//! Deeds of this area that hash passwords, or need letters beside what they write.

use super::store::account::{self, Replaced};
use crate::access::Allowed;
use crate::access::permission::ResetCustomerPasswords;
use crate::customers::model::CustomerUser;
use crate::error::Result;
use crate::session::letters::account_news::{Told, notice};
use crate::session::store::addressee;
use crate::values::id::CustomerId;
use crate::values::moment::Moment;
use crate::values::password::NewPassword;
use crate::web::Portal;

/// Gives a customer's first admin user a temporary password in place of the one that was set at that moment, and
/// answers it. None when another one has been set since, or the customer lets
/// the viewer's organisation administer its account no more.
///
/// # Errors
/// [`crate::error::Error::Busy`], after which nothing was done; [`crate::error::Error::NotFound`] when there is no such
/// user within reach; database errors.
pub async fn reset_admin_password(
    at: &Portal,
    by: &Allowed<ResetCustomerPasswords>,
    (customer, admin, replaced): (&CustomerId, &CustomerUser, Replaced),
) -> Result<Option<NewPassword>> {
    let (password, hash) = at.turns.take().await?.work(NewPassword::temporary_hashed).await?;
    let (may, of, now) = (by.clone(), *customer, Moment::now());
    let person = admin.person;
    let to = at.db.read(move |conn| addressee(conn, &person)).await?;
    let notice = notice(&to, Told::PasswordReset { by: &by.name }, now, &at.site)?;
    let is_reset = at
        .db
        .write(move |conn| account::reset_admin_password(conn, &may, (&of, replaced), (&hash, &notice), now))
        .await?;
    at.bell.ring_if(is_reset);
    Ok(is_reset.then_some(password))
}
