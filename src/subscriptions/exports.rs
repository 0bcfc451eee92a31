//! Subscriptions as files: a customer's, and those that name a reseller.

use super::form::{ListFilter, NamedFilter, RenewalFilter, UndoableFilter};
use super::model::Subscription;
use super::model::renewal::Renewal;
use super::store::list::{self, SubscriptionRow};
use super::store::named::{self, NamedRow};
use super::store::renewals::page_of;
use super::store::undoable::{self, Undoable};
use crate::access::permission::{
    ExportCustomers, SeeCustomers, SeeNamedSubscriptions, SeeQuantityChanges, SeeRenewals,
};
use crate::customers;
use crate::db::Connection;
use crate::error::Result;
use crate::paths::subscriptions as at;
use crate::values::id::CustomerId;
use crate::web::cell::Cell;
use crate::web::export::{Kind, Sheet, Wish};

/// The lists of this area that can be had as files.
pub const EXPORTS: &[Kind] = &[
    Kind { route: at::export_of_customer::ROUTE, sheet: of_customer },
    Kind { route: at::export::ROUTE, sheet: naming_oneself },
    Kind { route: at::export_renewals::ROUTE, sheet: renewals },
    Kind { route: at::export_undoable::ROUTE, sheet: quantity_changes },
];

/// The columns of each; whoever reads the files relies on them.
const OF_CUSTOMER: [&str; 7] =
    ["Subscription ID", "Subscription", "Quantity", "Status", "Reseller", "Nickname", "Entitlement ID"];
const NAMING: [&str; 10] = [
    "Subscription ID",
    "Subscription",
    "Nickname",
    "Customer",
    "Primary domain name",
    "Country/region",
    "Quantity",
    "Status",
    "Reseller",
    "Entitlement ID",
];

const RENEWING: [&str; 14] = [
    "Subscription ID",
    "Subscription",
    "Nickname",
    "Customer ID",
    "Customer",
    "Renews",
    "Ends",
    "Quantity",
    "Billing",
    "Price of one",
    "Price of one then",
    "More each time",
    "Currency",
    "Quantity then",
];

const UNDOABLE: [&str; 11] = [
    "Subscription ID",
    "Subscription",
    "Nickname",
    "Customer ID",
    "Customer",
    "Quantity before",
    "Quantity",
    "Changed",
    "By",
    "Organization",
    "Undo until",
];

fn of_customer(conn: &mut Connection, wish: &Wish<'_>) -> Result<Sheet> {
    let by = wish.allowed_by::<SeeCustomers, ExportCustomers>()?;
    let customer = wish.place.id(CustomerId::parse)?;
    // Before the first byte is sent: afterwards nobody can be told that there is no such customer.
    let customer = customers::store::find(conn, &by.reach(), &customer)?;
    let filter: ListFilter = wish.place.filter()?;
    let selection = list::Selection { customer: customer.id, status: filter.status(), today: wish.now.day() };
    let read =
        move |conn: &mut Connection, portion: &_| list::page_of(conn, &by.reach(), &selection, portion);
    let sheet = Sheet::new("subscriptions", &OF_CUSTOMER, read, |row| Ok(own(row))).narrowed(&filter);
    Ok(sheet.of("customer", customer.account.company_name))
}

fn own(row: SubscriptionRow) -> Vec<Cell> {
    let subscription = row.subscription;
    vec![
        Cell::text(subscription.id),
        Cell::text(&subscription.offer_name),
        Cell::number(subscription.quantity.get()),
        Cell::text(row.standing.as_text()),
        Cell::text(row.earner.mpn_id()),
        Cell::text(subscription.own_nickname()),
        entitlement(&subscription),
    ]
}

/// What it is called in Azure; empty for licenses.
fn entitlement(subscription: &Subscription) -> Cell {
    Cell::text(subscription.entitlement.map(|id| id.to_string()).unwrap_or_default())
}

fn naming_oneself(_: &mut Connection, wish: &Wish<'_>) -> Result<Sheet> {
    let by = wish.allowed_by::<SeeNamedSubscriptions, ExportCustomers>()?;
    let filter = wish.place.filter::<NamedFilter>()?.tidy();
    let selection = named::Selection {
        search: filter.search.clone(),
        of_others: filter.is_of_others(),
        today: wish.now.day(),
    };
    let whole = named::Selection { search: String::new(), of_others: false, ..selection.clone() };
    let also_by = by.clone();
    let read =
        move |conn: &mut Connection, portion: &_| Ok(named::page_of(conn, &by, &selection, portion)?.page);
    let all =
        move |conn: &mut Connection, portion: &_| Ok(named::page_of(conn, &also_by, &whole, portion)?.page);
    let sheet = Sheet::new("subscriptions", &NAMING, read, |row| Ok(naming(row)));
    Ok(sheet.narrowed(&filter).looking_through(all))
}

fn naming(row: NamedRow) -> Vec<Cell> {
    let (subscription, customer) = (row.subscription, row.customer);
    vec![
        Cell::text(subscription.id),
        Cell::text(&subscription.offer_name),
        Cell::text(subscription.own_nickname()),
        Cell::text(customer.company_name),
        Cell::text(customer.domain),
        Cell::text(customer.country.name()),
        Cell::number(subscription.quantity.get()),
        Cell::text(row.standing.as_text()),
        Cell::text(subscription.mpn_id()),
        entitlement(&subscription),
    ]
}

fn renewals(_: &mut Connection, wish: &Wish<'_>) -> Result<Sheet> {
    let by = wish.allowed_by::<SeeRenewals, ExportCustomers>()?;
    let filter = wish.place.filter::<RenewalFilter>()?.tidy();
    let selection = filter.selection(wish.now.day());
    let read = move |conn: &mut Connection, portion: &_| page_of(conn, &by, selection, portion);
    Ok(Sheet::new("renewals", &RENEWING, read, |row| Ok(renewing(row))).narrowed(&filter))
}

/// With its add-ons in what is paid more.
fn renewing(row: Renewal) -> Vec<Cell> {
    let (renews, then, more) = (row.renews(), row.price_then(), row.difference());
    let subscription = row.subscription;
    vec![
        Cell::text(subscription.id),
        Cell::text(&subscription.offer_name),
        Cell::text(subscription.own_nickname()),
        Cell::text(row.customer.id),
        Cell::text(row.customer.company_name),
        Cell::Day(renews.then_some(subscription.renews_on)),
        Cell::Day((!renews).then_some(subscription.renews_on)),
        Cell::number(subscription.quantity.get()),
        Cell::text(subscription.billing.as_text()),
        Cell::Amount(Some(subscription.unit_price)),
        Cell::Amount(renews.then_some(then)),
        Cell::Amount(renews.then_some(more)),
        Cell::text(subscription.unit_price.currency.code()),
        Cell::number(if renews { subscription.quantity_then().get() } else { 0 }),
    ]
}

fn quantity_changes(_: &mut Connection, wish: &Wish<'_>) -> Result<Sheet> {
    let by = wish.allowed_by::<SeeQuantityChanges, ExportCustomers>()?;
    let filter = wish.place.filter::<UndoableFilter>()?.tidy();
    let selection = filter.selection(wish.now);
    let read = move |conn: &mut Connection, portion: &_| undoable::page_of(conn, &by, selection, portion);
    Ok(Sheet::new("quantity-changes", &UNDOABLE, read, |row| Ok(can_be_undone(row))).narrowed(&filter))
}

fn can_be_undone(row: Undoable) -> Vec<Cell> {
    let Undoable { change, subscription, customer } = row;
    vec![
        Cell::text(subscription.id),
        Cell::text(&subscription.offer_name),
        Cell::text(subscription.own_nickname()),
        Cell::text(customer.id),
        Cell::text(customer.company_name),
        Cell::number(change.old.get()),
        Cell::number(change.new.get()),
        Cell::Time(Some(change.made_at)),
        Cell::text(change.made_by),
        Cell::text(change.organisation),
        Cell::Time(Some(change.undo_until)),
    ]
}
