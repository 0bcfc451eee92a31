//! Deleting a user, and restoring one.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::ids;
use super::show::{again, not_givable};
use crate::access::permission::{AddUsers, ManageUsers};
use crate::customers::model::Customer;
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::people::model::{RESTORABLE_DAYS, Refusal, Standing};
use crate::users::commands;
use crate::users::model::User;
use crate::users::said::Said;
use crate::users::store::deletion::Settled;
use crate::users::store::licenses::named;
use crate::users::store::{find, open};
use crate::web::{Ask, Shell};

#[derive(Template)]
#[template(path = "users/deletion.html")]
struct DeletionPage {
    shell: Shell,
    customer: Customer,
    user: User,
    /// How many the user has.
    licenses: usize,
}

/// `GET /customers/{id}/users/{user}/deletion`
pub async fn confirm(ask: Ask<ManageUsers>, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    let (id, user) = ids(&path)?;
    let (customer, user, licenses) = ask
        .read(move |conn, by| {
            let customer = open(conn, &by.reach(), &id)?;
            let user = find(conn, &customer, &user)?;
            let licenses = named(conn, &customer, &user.id)?.len();
            Ok((customer, user, licenses))
        })
        .await?;
    if user.member.standing == Standing::Inactive {
        return again(&ask, (id, user.id), Refusal::NotNow).await;
    }
    ask.page(&DeletionPage { shell: ask.shell(), customer, user, licenses })
}

/// `POST /customers/{id}/users/{user}/deletion`
pub async fn delete(ask: Ask<ManageUsers>, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    let of = ids(&path)?;
    match commands::delete(&ask, &ask.by, of).await? {
        Settled::Now(user_name) | Settled::Without(user_name, _) => {
            ask.done(&Said::Deleted { user_name: &user_name }, paths::users::of_customer(&of.0))
        }
        Settled::RolesNotGivable => not_givable(&ask, of).await,
        Settled::Refused(refusal) => again(&ask, of, refusal).await,
    }
}

/// `POST /customers/{id}/users/{user}/restoration`
pub async fn restore(ask: Ask<AddUsers>, path: web::Path<(String, String)>) -> Result<HttpResponse> {
    let of = ids(&path)?;
    match commands::restore(&ask, &ask.by, of).await? {
        Settled::Now(user_name) => {
            ask.done(&Said::Restored { user_name: &user_name }, paths::users::show(&of.0, &of.1))
        }
        Settled::Without(user_name, lost) => {
            let said = Said::RestoredWithout { user_name: &user_name, lost: &lost };
            ask.done(&said, paths::users::show(&of.0, &of.1))
        }
        Settled::RolesNotGivable => not_givable(&ask, of).await,
        Settled::Refused(refusal) => again(&ask, of, refusal).await,
    }
}
