//! Azure spending: who spends how much by usage this month, beside the budgets.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::{ExportCustomers, SeeAzureSpending, SetAzureBudgets, UploadUsage};
use crate::azure::form::SpendingFilter;
use crate::azure::model::budget::Account;
use crate::azure::store::list as store;
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::values::moment::Moment;
use crate::web::pager::{Cursor, Pager};
use crate::web::{Ask, Shell};

#[derive(Template)]
#[template(path = "azure/list.html")]
struct SpendingPage {
    shell: Shell,
    filter: SpendingFilter,
    rows: Vec<Account>,
    pager: Pager,
    may_export: bool,
    may_set: bool,
    may_upload: bool,
}

/// `GET /azure-spending`
pub async fn list(
    ask: Ask<SeeAzureSpending>,
    web::Query(filter): web::Query<SpendingFilter>,
    web::Query(cursor): web::Query<Cursor>,
) -> Result<HttpResponse> {
    let filter = filter.tidy();
    let (selection, portion) = (filter.selection(Moment::now().day()), cursor.portion());
    let found = ask.read(move |conn, by| store::page_of(conn, by, &selection, &portion)).await?;
    ask.page(&SpendingPage {
        pager: Pager::new(&found, paths::azure::spending(), &filter),
        may_export: ask.by.may::<ExportCustomers>(),
        may_set: ask.by.may::<SetAzureBudgets>(),
        may_upload: ask.by.may::<UploadUsage>(),
        rows: found.rows,
        shell: ask.shell(),
        filter,
    })
}
