//! What a customer has, as a file for its own people; without prices, as on the page.

use crate::access::permission::{ExportOwnSubscriptions, SeeOwnSubscriptions};
use crate::db::Connection;
use crate::error::Result;
use crate::paths::self_service as at;
use crate::subscriptions::model::Status;
use crate::subscriptions::store::own::{OwnRow, page_of};
use crate::web::cell::Cell;
use crate::web::export::{Kind, Sheet, Wish};

/// The lists of this area that can be had as files.
pub const EXPORTS: &[Kind] = &[Kind { route: at::export_subscriptions::ROUTE, sheet: subscriptions }];

/// The columns; whoever reads the file relies on them.
const COLUMNS: [&str; 8] =
    ["Subscription ID", "Subscription", "Nickname", "Quantity", "Unit", "Status", "Renews", "Ends"];

fn subscriptions(_: &mut Connection, wish: &Wish<'_>) -> Result<Sheet> {
    let by = wish.allowed_by::<SeeOwnSubscriptions, ExportOwnSubscriptions>()?;
    let today = wish.now.day();
    let read = move |conn: &mut Connection, portion: &_| page_of(conn, &by, today, portion);
    let sheet = Sheet::new("subscriptions", &COLUMNS, read, |row| Ok(cells(row)));
    // No company has so many that they could not be sent at once.
    Ok(sheet.exceeding(|_, _| Ok(false)))
}

fn cells(row: OwnRow) -> Vec<Cell> {
    let has_term = row.standing != Status::Deleted && !row.subscription.is_usage_based();
    let subscription = row.subscription;
    vec![
        Cell::text(subscription.id),
        Cell::text(&subscription.offer_name),
        Cell::text(subscription.own_nickname()),
        Cell::number(subscription.quantity.get()),
        Cell::text(subscription.unit.as_text()),
        Cell::text(row.standing.as_text()),
        Cell::Day((has_term && subscription.auto_renews).then_some(subscription.renews_on)),
        Cell::Day((has_term && !subscription.auto_renews).then_some(subscription.renews_on)),
    ]
}
