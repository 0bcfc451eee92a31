//! Transfers from the viewer's organisation and to it.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::{ExportCustomers, SeeTransfers};
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::transfers::form::{ListFilter, STANDINGS};
use crate::transfers::model::Transfer;
use crate::transfers::store::list::{self as store, Wanted};
use crate::values::id::OrganisationId;
use crate::web::pager::{Cursor, Pager};
use crate::web::{Ask, Count, Shell};

#[derive(Template)]
#[template(path = "transfers/list.html")]
struct TransferListPage {
    shell: Shell,
    filter: ListFilter,
    rows: Vec<Transfer>,
    pager: Pager,
    /// How many of what others offer wait for an answer.
    waiting: Count,
    own: OrganisationId,
    may_export: bool,
}

/// `GET /transfers`
pub async fn list(
    ask: Ask<SeeTransfers>,
    web::Query(filter): web::Query<ListFilter>,
    web::Query(cursor): web::Query<Cursor>,
) -> Result<HttpResponse> {
    let (filter, portion) = (filter.tidy(), cursor.portion());
    let wanted =
        Wanted { is_incoming: filter.is_incoming(), needle: filter.needle(), states: filter.states() };
    let (page, waiting) = ask
        .read(move |conn, by| {
            let page = store::page_of(conn, by, &wanted, &portion)?;
            Ok((page, store::count_incoming_open(conn, by)?))
        })
        .await?;
    ask.page(&TransferListPage {
        pager: Pager::new(&page, paths::transfers::list(), &filter),
        may_export: ask.by.may::<ExportCustomers>(),
        own: ask.by.organisation.id,
        rows: page.rows,
        shell: ask.shell(),
        waiting,
        filter,
    })
}
