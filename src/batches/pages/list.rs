//! Which files were sent for the users of a customer.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::customer_id;
use crate::access::permission::{AddUsers, ManageUsers};
use crate::batches::model::Batch;
use crate::batches::of_users::OfUsers;
use crate::batches::store::list;
use crate::customers::model::Customer;
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::users::store::list::{Narrowed, count_of};
use crate::web::pager::{Cursor, Pager};
use crate::web::{Ask, Count, Shell};

#[derive(Template)]
#[template(path = "batches/list.html")]
struct BatchesPage {
    shell: Shell,
    customer: Customer,
    deleted: Count,
    rows: Vec<Batch>,
    pager: Pager,
    may_add: bool,
}

/// `GET /customers/{id}/users/uploads`
pub async fn list(
    ask: Ask<ManageUsers>,
    id: web::Path<String>,
    cursor: web::Query<Cursor>,
) -> Result<HttpResponse> {
    let (id, portion) = (customer_id(&id)?, cursor.portion());
    let (customer, page, deleted) = ask
        .read(move |conn, by| {
            let (OfUsers { customer }, page) = list::page_of(conn, by, Some(id), &portion)?;
            let deleted = count_of(conn, &customer, &Narrowed::deleted())?;
            Ok((customer, page, deleted))
        })
        .await?;
    let pager = Pager::new(&page, &paths::batches::of_customer(&id), &());
    let may_add = ask.by.may::<AddUsers>();
    ask.page(&BatchesPage { shell: ask.shell(), customer, deleted, rows: page.rows, pager, may_add })
}
