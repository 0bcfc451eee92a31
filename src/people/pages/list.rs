//! The User management page.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::Role;
use crate::access::permission::ManagePeople;
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::people::form::MemberFilter;
use crate::people::model::{Member, Standing};
use crate::people::store::list::{count, page_of};
use crate::web::pager::{Cursor, Pager};
use crate::web::{Ask, Count, Shell};

#[derive(Template)]
#[template(path = "people/list.html")]
struct MemberListPage {
    shell: Shell,
    filter: MemberFilter,
    /// How many the filters leave.
    found: Count,
    rows: Vec<Member>,
    pager: Pager,
}

/// `GET /people`
pub async fn list(
    ask: Ask<ManagePeople>,
    web::Query(filter): web::Query<MemberFilter>,
    web::Query(cursor): web::Query<Cursor>,
) -> Result<HttpResponse> {
    let (filter, portion) = (filter.tidy(), cursor.portion());
    let wanted = filter.wanted();
    let (listed, found) = ask
        .read(move |conn, by| page_of(conn, by, &wanted, &portion)?.with_count(|| count(conn, by, &wanted)))
        .await?;
    let pager = Pager::new(&listed, paths::people::list(), &filter);
    ask.page(&MemberListPage { shell: ask.shell(), filter, found, rows: listed.rows, pager })
}
