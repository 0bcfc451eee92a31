//! The User management page.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::Role;
use crate::access::permission::ManagePeople;
use crate::error::Result;
use crate::language::filters;
use crate::paths::{self, address};
use crate::people::form::MemberFilter;
use crate::people::model::{Member, Standing};
use crate::people::store::list::{Wanted, count, page_of};
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
    links: Links,
}

/// Addresses of this list with one filter less.
struct Links {
    without_search: String,
    without_role: String,
    without_state: String,
}

/// `GET /people`
pub async fn list(
    ask: Ask<ManagePeople>,
    web::Query(filter): web::Query<MemberFilter>,
    web::Query(cursor): web::Query<Cursor>,
) -> Result<HttpResponse> {
    let (filter, start) = (filter.tidy(), cursor.start());
    let wanted = Wanted {
        needle: filter.needle(),
        address: filter.needle_of_address(),
        role: filter.role(),
        standing: filter.standing(),
    };
    let (listed, found) = ask
        .read(move |conn, by| {
            let listed = page_of(conn, by, &wanted, &start)?;
            let found = listed.count().map_or_else(|| count(conn, by, &wanted), Ok)?;
            Ok((listed, found))
        })
        .await?;
    let pager = Pager::new(&listed, paths::people::list(), &filter);
    let links = links(&filter);
    ask.page(&MemberListPage { shell: ask.shell(), filter, found, rows: listed.rows, pager, links })
}

fn links(filter: &MemberFilter) -> Links {
    let without = |filter: MemberFilter| address(paths::people::list(), &filter, &[]);
    Links {
        without_search: without(MemberFilter { search: String::new(), ..filter.clone() }),
        without_role: without(MemberFilter { role: String::new(), ..filter.clone() }),
        without_state: without(MemberFilter { state: String::new(), ..filter.clone() }),
    }
}
