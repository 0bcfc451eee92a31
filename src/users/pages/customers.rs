//! Whose users one looks after: for whoever manages users and sees nothing else of customers.

use actix_web::{HttpResponse, web};
use askama::Template;
use serde::{Deserialize, Serialize};

use crate::access::permission::ManageUsers;
use crate::customers::model::CustomerRow;
use crate::customers::model::listing::View;
use crate::customers::model::search::{Filter, Search};
use crate::customers::store::list;
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::values::typed;
use crate::web::pager::{Cursor, Pager};
use crate::web::{Ask, Shell};

#[derive(Template)]
#[template(path = "users/customers.html")]
struct CustomersOfUsersPage {
    shell: Shell,
    filter: SearchForm,
    rows: Vec<CustomerRow>,
    pager: Pager,
}

/// What is looked for.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct SearchForm {
    search: String,
}

/// `GET /customers/users`
pub async fn list(
    ask: Ask<ManageUsers>,
    web::Query(form): web::Query<SearchForm>,
    web::Query(cursor): web::Query<Cursor>,
) -> Result<HttpResponse> {
    let filter = SearchForm { search: typed::search(&form.search) };
    let wanted = Filter { search: Search::parse(&filter.search), ..Filter::of(View::Mine) };
    let portion = cursor.portion();
    let found = ask.read(move |conn, by| list::page_of(conn, &by.reach(), &wanted, &portion)).await?;
    let pager = Pager::new(&found, paths::users::customers(), &filter);
    ask.page(&CustomersOfUsersPage { shell: ask.shell(), filter, rows: found.rows, pager })
}
