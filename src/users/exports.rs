//! The users of a customer's company as a file, and what is bought for them.

use super::form::UserFilter;
use super::model::User;
use super::store::licenses::products_of;
use super::store::list::{Narrowed, portion_of};
use super::store::looked_after;
use crate::access::Role;
use crate::access::permission::{ExportCustomers, ManageUsers};
use crate::db::Connection;
use crate::error::Result;
use crate::licenses::model::Product;
use crate::paths::users as at;
use crate::values::id::CustomerId;
use crate::web::cell::Cell;
use crate::web::export::{Kind, Sheet, Wish};
use crate::web::pager::{Page, Portion};

/// The lists of this area that can be had as files.
pub const EXPORTS: &[Kind] = &[
    Kind { route: at::export::ROUTE, sheet: users },
    Kind { route: at::export_deleted::ROUTE, sheet: deleted },
    Kind { route: at::export_licenses::ROUTE, sheet: products },
];

/// The columns of each; whoever reads the files relies on them.
const OF_USERS: [&str; 10] = [
    "User ID",
    "First name",
    "Last name",
    "Display name",
    "User name",
    "Location",
    "Roles",
    "State",
    "Added",
    "Licenses",
];
const OF_DELETED: [&str; 6] =
    ["User ID", "Display name", "User name", "Roles", "Deleted", "Can be restored until"];
const OF_PRODUCTS: [&str; 8] = [
    "Offer ID",
    "Product",
    "Bought",
    "Of trials",
    "Suspended",
    "Assigned",
    "Available",
    "Without a license in force",
];

fn users(conn: &mut Connection, wish: &Wish<'_>) -> Result<Sheet> {
    let by = wish.allowed_by::<ManageUsers, ExportCustomers>()?;
    let filter = wish.place.filter::<UserFilter>()?.tidy();
    let customer = wish.place.id(CustomerId::parse)?;
    let customer = looked_after(conn, &by.reach(), &customer)?;
    let (id, narrowed) = (customer.id, Narrowed::of(&filter));
    let (whole, also_by) = (Narrowed::of(&UserFilter::default()), by.clone());
    let read = move |conn: &mut Connection, portion: &_| portion_of(conn, &by, &id, &narrowed, portion);
    let all = move |conn: &mut Connection, portion: &_| portion_of(conn, &also_by, &id, &whole, portion);
    let sheet = Sheet::new("users", &OF_USERS, read, |row| Ok(cells(row)));
    let sheet = sheet.narrowed(&filter).looking_through(all);
    Ok(sheet.of("customer", customer.account.company_name))
}

fn cells((user, licenses): (User, Vec<String>)) -> Vec<Cell> {
    let roles: Vec<&str> = user.member.roles.iter().map(Role::as_text).collect();
    vec![
        Cell::text(user.id),
        Cell::text(user.first_name),
        Cell::text(user.last_name),
        Cell::text(user.member.name),
        Cell::text(user.member.email.as_str()),
        Cell::text(user.location.map(|country| country.code()).unwrap_or_default()),
        Cell::text(roles.join(", ")),
        Cell::text(user.member.standing.as_text()),
        Cell::Time(Some(user.member.created_at)),
        Cell::text(licenses.join("; ")),
    ]
}

fn deleted(conn: &mut Connection, wish: &Wish<'_>) -> Result<Sheet> {
    let by = wish.allowed_by::<ManageUsers, ExportCustomers>()?;
    let customer = looked_after(conn, &by.reach(), &wish.place.id(CustomerId::parse)?)?;
    let (id, narrowed) = (customer.id, Narrowed::deleted());
    let read = move |conn: &mut Connection, portion: &_| portion_of(conn, &by, &id, &narrowed, portion);
    let sheet = Sheet::new("deleted-users", &OF_DELETED, read, |row| Ok(deleted_cells(row)));
    Ok(sheet.of("customer", customer.account.company_name))
}

fn deleted_cells((user, _): (User, Vec<String>)) -> Vec<Cell> {
    let roles: Vec<&str> = user.member.roles.iter().map(Role::as_text).collect();
    vec![
        Cell::text(user.id),
        Cell::text(&user.member.name),
        Cell::text(user.member.email.as_str()),
        Cell::text(roles.join(", ")),
        Cell::Time(user.member.deactivated_at),
        Cell::Time(user.member.restorable_until()),
    ]
}

/// What was bought, all at once: nobody has more products than a page shows.
fn products(conn: &mut Connection, wish: &Wish<'_>) -> Result<Sheet> {
    let by = wish.allowed_by::<ManageUsers, ExportCustomers>()?;
    let (id, now) = (wish.place.id(CustomerId::parse)?, wish.now);
    let customer = looked_after(conn, &by.reach(), &id)?;
    let read = move |conn: &mut Connection, _: &Portion| {
        let (_, rows) = products_of(conn, &by.reach(), &id, now)?;
        Ok(Page { rows, ..Page::default() })
    };
    let sheet = Sheet::new("licenses", &OF_PRODUCTS, read, |product| Ok(product_cells(&product)));
    Ok(sheet.exceeding(|_, _| Ok(false)).of("customer", customer.account.company_name))
}

fn product_cells(product: &Product) -> Vec<Cell> {
    vec![
        Cell::text(product.offer.id),
        Cell::text(&product.offer.name),
        Cell::number(product.bought),
        Cell::number(product.trial),
        Cell::number(product.suspended),
        Cell::number(product.assigned),
        Cell::number(product.free()),
        Cell::number(product.excess()),
    ]
}
