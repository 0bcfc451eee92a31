//! Whether a reseller administers the account.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::{account_id, said};
use crate::access::permission::DecideDelegatedAdmin;
use crate::customers::model::{Customer, Delegation};
use crate::customers::store::delegated_admin::{find_delegation, return_to_reseller, take_from_reseller};
use crate::error::{Error, Result};
use crate::language::filters;
use crate::paths;
use crate::subscriptions::facts::count_rewarded;
use crate::values::id::{CustomerId, DelegationId};
use crate::values::moment::Moment;
use crate::web::{Ask, Shell};

#[derive(Template)]
#[template(path = "self_service/reseller.html")]
struct ResellerPage {
    shell: Shell,
    account: Customer,
    delegation: Delegation,
    /// How many subscriptions it manages, whoever administers the account.
    managed: i64,
    /// Whether it is to be let in again.
    is_return: bool,
}

type Ids = web::Path<(String, String)>;

/// `GET /own/partners/{id}/resellers/{delegation}/removal`
pub async fn new_removal(ask: Ask<DecideDelegatedAdmin>, ids: Ids) -> Result<HttpResponse> {
    question(&ask, &ids, false).await
}

/// `GET /own/partners/{id}/resellers/{delegation}/return`
pub async fn new_return(ask: Ask<DecideDelegatedAdmin>, ids: Ids) -> Result<HttpResponse> {
    question(&ask, &ids, true).await
}

/// `POST /own/partners/{id}/resellers/{delegation}/removal`
pub async fn remove(ask: Ask<DecideDelegatedAdmin>, ids: Ids) -> Result<HttpResponse> {
    let ((id, delegation), now) = (parsed(&ids)?, Moment::now());
    let decided = ask.write(move |conn, by| take_from_reseller(conn, by, (&id, &delegation), now)).await?;
    ask.done(&said(&decided, false), paths::self_service::relationships())
}

/// `POST /own/partners/{id}/resellers/{delegation}/return`
pub async fn give_back(ask: Ask<DecideDelegatedAdmin>, ids: Ids) -> Result<HttpResponse> {
    let ((id, taken), new, now) = (parsed(&ids)?, DelegationId::new(), Moment::now());
    let decided = ask.write(move |conn, by| return_to_reseller(conn, by, (&id, &taken), &new, now)).await?;
    ask.done(&said(&decided, true), paths::self_service::relationships())
}

async fn question(
    ask: &Ask<DecideDelegatedAdmin>,
    ids: &(String, String),
    is_return: bool,
) -> Result<HttpResponse> {
    let (id, delegation) = parsed(ids)?;
    let ((account, delegation), managed) = ask
        .read(move |conn, by| {
            let found = find_delegation(conn, by, &id, &delegation)?;
            let managed = count_rewarded(conn, &id, &found.1.reseller)?;
            Ok((found, managed))
        })
        .await?;
    ask.page(&ResellerPage { shell: ask.shell(), account, delegation, managed, is_return })
}

fn parsed((account, delegation): &(String, String)) -> Result<(CustomerId, DelegationId)> {
    Ok((account_id(account)?, DelegationId::parse(delegation).ok_or(Error::NotFound)?))
}
