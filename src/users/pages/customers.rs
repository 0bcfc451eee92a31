//! Whose users one looks after: for whoever manages users and sees nothing else of customers.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::ManageUsers;
use crate::customers::model::CustomerRow;
use crate::customers::store::list;
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::users::form::CustomerSearch;
use crate::web::pager::{Cursor, Pager};
use crate::web::{Ask, Shell};

#[derive(Template)]
#[template(path = "users/customers.html")]
struct CustomersOfUsersPage {
    shell: Shell,
    filter: CustomerSearch,
    rows: Vec<CustomerRow>,
    pager: Pager,
}

/// `GET /customers/users`
pub async fn list(
    ask: Ask<ManageUsers>,
    web::Query(form): web::Query<CustomerSearch>,
    web::Query(cursor): web::Query<Cursor>,
) -> Result<HttpResponse> {
    let filter = form.tidy();
    let (wanted, portion) = (filter.wanted(), cursor.portion());
    let found = ask.read(move |conn, by| list::page_of(conn, &by.reach(), &wanted, &portion)).await?;
    let pager = Pager::new(&found, paths::users::customers(), &filter);
    ask.page(&CustomersOfUsersPage { shell: ask.shell(), filter, rows: found.rows, pager })
}
