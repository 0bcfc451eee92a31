//! Requests to companies to become customers as a file.

use super::model::Request;
use super::store::list::{Wanted, page_of};
use crate::access::permission::{ExportCustomers, FollowInvitations};
use crate::db::Connection;
use crate::error::Result;
use crate::links::form::RequestFilter;
use crate::paths::invitations as at;
use crate::values::id::CustomerId;
use crate::values::moment::Moment;
use crate::web::cell::Cell;
use crate::web::export::{Kind, Sheet, Wish};

/// The lists of this area that can be had as files.
pub const EXPORTS: &[Kind] = &[Kind { route: at::export::ROUTE, sheet: requests }];

/// The columns; whoever reads the file relies on them.
const COLUMNS: [&str; 14] = [
    "Request ID",
    "Email",
    "Subject",
    "State",
    "Requested",
    "Requested by",
    "Indirect provider",
    "Indirect reseller",
    "Sent",
    "Valid until",
    "Answered",
    "Company name",
    "Customer ID",
    "Reason",
];

fn requests(_: &mut Connection, wish: &Wish<'_>) -> Result<Sheet> {
    let by = wish.allowed_by::<FollowInvitations, ExportCustomers>()?;
    let filter: RequestFilter = wish.place.filter()?;
    let wanted = Wanted { needle: filter.needle(), standing: filter.standing() };
    let (now, own) = (wish.now, by.organisation.id);
    let (whole, also_by) = (Wanted { needle: String::new(), standing: None }, by.clone());
    let read = move |conn: &mut Connection, portion: &_| page_of(conn, &by, &wanted, portion, now);
    let all = move |conn: &mut Connection, portion: &_| page_of(conn, &also_by, &whole, portion, now);
    let cells = move |row: Request| {
        // A reseller that does not administer the customer has nothing of it.
        let is_seen = !row.is_asked_by(&own) || row.is_seen_by_requester();
        Ok(cells(row, is_seen, now))
    };
    Ok(Sheet::new("customer-requests", &COLUMNS, read, cells).narrowed(&filter).looking_through(all))
}

/// Never with the link, which nobody keeps.
fn cells(request: Request, is_seen: bool, now: Moment) -> Vec<Cell> {
    let customer = request.customer.filter(|_| is_seen);
    vec![
        Cell::text(request.id),
        Cell::text(&request.drafted.to),
        Cell::text(&request.drafted.text.subject),
        Cell::text(request.standing(now).as_text()),
        Cell::Time(Some(request.progress.created_at)),
        Cell::text(&request.requested_by_name),
        Cell::text(&request.provider_name),
        Cell::text(request.reseller_name.as_deref().unwrap_or_default()),
        Cell::Time(request.progress.sent_at),
        Cell::Time(Some(request.progress.expires_at)),
        Cell::Time(request.progress.answered_at),
        Cell::text(&request.company_name),
        Cell::text(customer.as_ref().map(CustomerId::as_str).unwrap_or_default()),
        Cell::text(&request.decline_reason),
    ]
}
