//! Partners, what they lack, and requests for partnerships as files.

use super::form::{BoardFilter, RequestFilter, ResellerFilter};
use super::model::board::Eligibility;
use super::model::{Provider, Request, Reseller};
use super::store::requests::{self, page_of};
use super::store::resellers::{self, chunk_of};
use super::store::{board, providers};
use crate::access::permission::{FollowRequests, SeeProviders, SeeResellers};
use crate::db::Connection;
use crate::error::Result;
use crate::partners::model::eligibility::Missing;
use crate::paths::partnerships as at;
use crate::values::moment::Moment;
use crate::web::cell::Cell;
use crate::web::export::{Kind, Sheet, Wish};
use crate::web::pager::Page;

/// The lists of this area that can be had as files.
pub const EXPORTS: &[Kind] = &[
    Kind { route: at::export::ROUTE, sheet: resellers },
    Kind { route: at::export_eligibility::ROUTE, sheet: eligibility },
    Kind { route: at::export_providers::ROUTE, sheet: providers },
    Kind { route: at::export_requests::ROUTE, sheet: requests },
];

/// The columns of each; whoever reads the files relies on them.
const OF_RESELLERS: [&str; 6] = ["Name", "MPN ID", "Location", "Since", "Customers", "Microsoft ID"];
const OF_ELIGIBILITY: [&str; 4] = ["Name", "MPN ID", "Missing", "Microsoft ID"];
const OF_PROVIDERS: [&str; 6] =
    ["Name", "Your MPN ID", "Country/region", "Since", "Customers", "Microsoft ID"];
const OF_REQUESTS: [&str; 12] = [
    "Request ID",
    "Email",
    "Subject",
    "State",
    "Requested",
    "Requested by",
    "Sent",
    "Valid until",
    "Answered",
    "Answered by",
    "Indirect reseller",
    "Reason",
];

fn resellers(_: &mut Connection, wish: &Wish<'_>) -> Result<Sheet> {
    let by = wish.allowed::<SeeResellers>()?;
    let filter: ResellerFilter = wish.place.filter()?;
    let wanted = resellers::Wanted { needle: filter.needle(), country: filter.country() };
    let name = format!("indirect-resellers-{}", wish.now.day());
    let read = move |conn: &mut Connection, portion: &_| chunk_of(conn, &by, &wanted, portion);
    Ok(Sheet::new(name, &OF_RESELLERS, read, |row| Ok(reseller(row))).narrowed(&filter))
}

fn reseller(reseller: Reseller) -> Vec<Cell> {
    vec![
        Cell::text(reseller.name),
        Cell::text(reseller.mpn_id),
        Cell::text(reseller.country.name()),
        Cell::Time(Some(reseller.since)),
        Cell::number(reseller.customers.number()),
        Cell::text(reseller.id),
    ]
}

fn eligibility(_: &mut Connection, wish: &Wish<'_>) -> Result<Sheet> {
    let by = wish.allowed::<SeeResellers>()?;
    let filter = wish.place.filter::<BoardFilter>()?.tidy();
    let (only_missing, now, also_by) = (filter.is_set(), wish.now, by.clone());
    let read =
        move |conn: &mut Connection, portion: &_| board::page_of(conn, &by, only_missing, portion, now);
    let all = move |conn: &mut Connection, portion: &_| board::page_of(conn, &also_by, false, portion, now);
    let sheet = Sheet::new("eligibility", &OF_ELIGIBILITY, read, |row| Ok(eligible(row)));
    Ok(sheet.narrowed(&filter).looking_through(all))
}

fn eligible(row: Eligibility) -> Vec<Cell> {
    let missing: Vec<&str> = row.missing.iter().copied().map(Missing::as_text).collect();
    vec![
        Cell::text(row.name),
        Cell::text(row.mpn_id),
        Cell::text(missing.join("; ")),
        Cell::text(row.reseller),
    ]
}

fn providers(_: &mut Connection, wish: &Wish<'_>) -> Result<Sheet> {
    let by = wish.allowed::<SeeProviders>()?;
    let read = move |conn: &mut Connection, _: &_| {
        Ok(Page { rows: providers::all(conn, &by)?, previous: None, next: None })
    };
    let sheet = Sheet::new("indirect-providers", &OF_PROVIDERS, read, |row| Ok(provider(row)));
    // A reseller has a handful, which are read at once.
    Ok(sheet.exceeding(|_, _| Ok(false)))
}

fn provider(provider: Provider) -> Vec<Cell> {
    vec![
        Cell::text(provider.name),
        Cell::text(provider.mpn_id),
        Cell::text(provider.country.name()),
        Cell::Time(Some(provider.since)),
        Cell::number(provider.customers.number()),
        Cell::text(provider.id),
    ]
}

fn requests(_: &mut Connection, wish: &Wish<'_>) -> Result<Sheet> {
    let by = wish.allowed::<FollowRequests>()?;
    let filter: RequestFilter = wish.place.filter()?;
    let wanted = requests::Wanted { needle: filter.needle(), standing: filter.standing() };
    let now = wish.now;
    let read = move |conn: &mut Connection, portion: &_| page_of(conn, &by, &wanted, portion, now);
    let cells = move |row| Ok(request(row, now));
    Ok(Sheet::new("partnership-requests", &OF_REQUESTS, read, cells).narrowed(&filter))
}

/// Never with the link, which nobody keeps.
fn request(request: Request, now: Moment) -> Vec<Cell> {
    vec![
        Cell::text(request.id),
        Cell::text(&request.to),
        Cell::text(&request.draft.subject),
        Cell::text(request.standing(now).as_text()),
        Cell::Time(Some(request.progress.created_at)),
        Cell::text(&request.requested_by_name),
        Cell::Time(request.progress.sent_at),
        Cell::Time(Some(request.progress.expires_at)),
        Cell::Time(request.progress.answered_at),
        Cell::text(request.answered_by_name.unwrap_or_default()),
        Cell::text(request.reseller_name.unwrap_or_default()),
        Cell::text(request.decline_reason.unwrap_or_default()),
    ]
}
