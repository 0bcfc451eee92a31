//! Ended customers: with whom the relationship has ended, and until when it can be reinstated.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::{ReinstateCustomers, SeeEndedCustomers};
use crate::endings::form::EndedFilter;
use crate::endings::store::list::{self as store, EndedRow};
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::values::moment::Moment;
use crate::web::pager::{Cursor, Pager};
use crate::web::{Ask, Count, Shell};

#[derive(Template)]
#[template(path = "endings/list.html")]
struct EndedListPage {
    shell: Shell,
    rows: Vec<EndedRow>,
    pager: Pager,
    filter: EndedFilter,
    count: Count,
    has_more_to_search: bool,
    /// For so many days each can be reinstated.
    days: i64,
    now: Moment,
    may_reinstate: bool,
}

/// `GET /customers/ended`
pub async fn list(
    ask: Ask<SeeEndedCustomers>,
    web::Query(filter): web::Query<EndedFilter>,
    web::Query(cursor): web::Query<Cursor>,
) -> Result<HttpResponse> {
    let filter = filter.tidy();
    let (search, portion) = (filter.search.clone(), cursor.portion());
    let (found, count) = ask
        .read(move |conn, by| {
            let found = store::page_of(conn, by, &search, &portion)?;
            Ok((found, store::count(conn, by)?))
        })
        .await?;
    ask.page(&EndedListPage {
        shell: ask.shell(),
        pager: Pager::new(&found.page, paths::endings::list(), &filter),
        has_more_to_search: found.has_more_to_search,
        rows: found.page.rows,
        filter,
        count,
        days: ask.site.reinstate_days,
        now: Moment::now(),
        may_reinstate: ask.by.may::<ReinstateCustomers>(),
    })
}

impl EndedListPage {
    fn until(&self, row: &EndedRow) -> Moment {
        row.ended_at.plus_days(self.days)
    }

    fn is_late(&self, row: &EndedRow) -> bool {
        self.until(row) < self.now
    }
}
