//! Whether the provider administers the account.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::{account_id, said};
use crate::access::permission::DecideDelegatedAdmin;
use crate::customers;
use crate::customers::model::Customer;
use crate::error::Result;
use crate::language::filters;
use crate::partners::facts::name_of;
use crate::paths;
use crate::self_service::store::decisions::decide_provider;
use crate::values::moment::Moment;
use crate::web::{Ask, Shell};

#[derive(Template)]
#[template(path = "self_service/provider.html")]
struct ProviderPage {
    shell: Shell,
    account: Customer,
    name: String,
    /// Whether it is to be let in again.
    is_return: bool,
}

/// `GET /own/partners/{id}/removal`
pub async fn new_removal(ask: Ask<DecideDelegatedAdmin>, id: web::Path<String>) -> Result<HttpResponse> {
    question(&ask, &id, false).await
}

/// `GET /own/partners/{id}/return`
pub async fn new_return(ask: Ask<DecideDelegatedAdmin>, id: web::Path<String>) -> Result<HttpResponse> {
    question(&ask, &id, true).await
}

/// `POST /own/partners/{id}/removal`
pub async fn remove(ask: Ask<DecideDelegatedAdmin>, id: web::Path<String>) -> Result<HttpResponse> {
    decide(&ask, &id, false).await
}

/// `POST /own/partners/{id}/return`
pub async fn give_back(ask: Ask<DecideDelegatedAdmin>, id: web::Path<String>) -> Result<HttpResponse> {
    decide(&ask, &id, true).await
}

async fn question(ask: &Ask<DecideDelegatedAdmin>, id: &str, is_return: bool) -> Result<HttpResponse> {
    let id = account_id(id)?;
    let (account, name) = ask
        .read(move |conn, by| {
            let account = customers::store::find(conn, &by.reach(), &id)?;
            let name = name_of(conn, &account.provider)?;
            Ok((account, name))
        })
        .await?;
    ask.page(&ProviderPage { shell: ask.shell(), account, name, is_return })
}

async fn decide(ask: &Ask<DecideDelegatedAdmin>, id: &str, is_return: bool) -> Result<HttpResponse> {
    let (id, now) = (account_id(id)?, Moment::now());
    let decided = ask.write(move |conn, by| decide_provider(conn, by, &id, is_return, now)).await?;
    ask.done(&said(&decided, is_return), paths::self_service::relationships())
}
