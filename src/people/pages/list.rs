//! The User management page.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::ManagePeople;
use crate::access::{Allowed, Role};
use crate::db::Db;
use crate::error::Result;
use crate::people::form::MemberFilter;
use crate::people::model::{Member, Standing};
use crate::people::store::list::{Wanted, page_of};
use crate::web::pager::{Cursor, Pager};
use crate::web::{Shell, page};

const PATH: &str = "/people";

#[derive(Template)]
#[template(path = "people/list.html")]
struct MemberListPage {
    shell: Shell,
    filter: MemberFilter,
    rows: Vec<Member>,
    pager: Pager,
}

/// `GET /people`
pub async fn list(
    shell: Shell,
    may: Allowed<ManagePeople>,
    db: web::Data<Db>,
    web::Query(filter): web::Query<MemberFilter>,
    web::Query(cursor): web::Query<Cursor>,
) -> Result<HttpResponse> {
    let (filter, start) = (filter.tidy(), cursor.start());
    let wanted = Wanted { needle: filter.needle(), role: filter.role(), standing: filter.standing() };
    let found = db.read(move |conn| page_of(conn, &may, &wanted, &start)).await?;
    let pager = Pager::new(&found, PATH, &filter);
    page(&MemberListPage { shell, filter, rows: found.rows, pager })
}
