//! What can be reserved.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::access::Allowed;
use crate::access::permission::ManageCatalog;
use crate::activity::{self, Action, Change, Entry};
use crate::db::Connection;
use crate::db::among::is_among;
use crate::db::schema::{reservation_prices, reservation_products};
use crate::error::{Error, Result};
use crate::reservations::model::product::{Definition, Prices, Product};
use crate::values::currency::Currency;
use crate::values::id::ReservationProductId;
use crate::values::moment::Moment;
use crate::values::money::Money;
use crate::web::pager::{Page, Portion, ascending, keyset};

#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = reservation_products)]
struct Row {
    id: ReservationProductId,
    name: String,
    region: String,
    is_available: bool,
    changed_at: Moment,
    changed_by_name: String,
    version: i32,
}

#[derive(Queryable, Selectable, Insertable, Clone, Debug)]
#[diesel(table_name = reservation_prices)]
struct PriceRow {
    product_id: ReservationProductId,
    term_years: i32,
    currency: Currency,
    total_minor: i64,
}

/// How a change ended.
pub enum Kept {
    Done,
    Same,
    /// Another product has this name and region.
    Taken,
    /// Somebody changed it after the page was read.
    Stale,
}

/// A portion of the list, by name and region.
///
/// # Errors
/// Database errors.
pub fn page_of(conn: &mut Connection, portion: &Portion) -> Result<Page<Product>> {
    let query = reservation_products::table.into_boxed();
    let order = ascending(reservation_products::sort_name, reservation_products::id);
    let page: Page<Row> = keyset(conn, query, order, portion)?;
    page.read(|rows| with_prices(conn, rows))
}

/// What is offered in a currency, by name and region.
///
/// # Errors
/// Database errors.
pub fn offered_in(conn: &mut Connection, currency: Currency) -> Result<Vec<Product>> {
    let rows: Vec<Row> = reservation_products::table
        .filter(reservation_products::is_available)
        .order((reservation_products::sort_name, reservation_products::id))
        .select(Row::as_select())
        .load(conn)?;
    let mut all = with_prices(conn, rows)?;
    all.retain(|product| product.said.is_sold_in(currency));
    Ok(all)
}

/// # Errors
/// [`Error::NotFound`]; database errors.
pub fn find(conn: &mut Connection, id: &ReservationProductId) -> Result<Product> {
    let row: Row = reservation_products::table.find(id).select(Row::as_select()).first(conn)?;
    with_prices(conn, vec![row])?.pop().ok_or(Error::NotFound)
}

fn with_prices(conn: &mut Connection, rows: Vec<Row>) -> Result<Vec<Product>> {
    let ids: Vec<ReservationProductId> = rows.iter().map(|row| row.id).collect();
    let prices: Vec<PriceRow> = reservation_prices::table
        .filter(is_among(reservation_prices::product_id, &ids))
        .select(PriceRow::as_select())
        .load(conn)?;
    let mut of: HashMap<ReservationProductId, Prices> = HashMap::new();
    for row in prices {
        let price = Money::new(row.total_minor, row.currency);
        of.entry(row.product_id).or_default().insert((row.term_years, row.currency), price);
    }
    let product = |row: Row| Product {
        said: Definition {
            name: row.name,
            region: row.region,
            prices: of.remove(&row.id).unwrap_or_default(),
        },
        id: row.id,
        is_available: row.is_available,
        changed_at: row.changed_at,
        changed_by: row.changed_by_name,
        version: row.version,
    };
    Ok(rows.into_iter().map(product).collect())
}

/// Adds a product.
///
/// # Errors
/// Database errors.
pub fn add(
    conn: &mut Connection,
    by: &Allowed<ManageCatalog>,
    (id, said): (&ReservationProductId, &Definition),
    now: Moment,
) -> Result<Kept> {
    match find(conn, id) {
        Ok(before) if before.said == *said => return Ok(Kept::Same),
        Ok(_) => return Ok(Kept::Stale),
        Err(Error::NotFound) => {}
        Err(error) => return Err(error),
    }
    if is_taken(conn, id, said)? {
        return Ok(Kept::Taken);
    }
    let new = (
        reservation_products::id.eq(id),
        reservation_products::name.eq(&said.name),
        reservation_products::region.eq(&said.region),
        reservation_products::sort_name.eq(said.sort_name()),
        reservation_products::is_available.eq(true),
        reservation_products::changed_at.eq(now),
        reservation_products::changed_by_name.eq(&by.name),
        reservation_products::version.eq(1),
    );
    diesel::insert_into(reservation_products::table).values(new).execute(conn)?;
    set_prices(conn, id, said)?;
    let none = Definition { name: String::new(), region: String::new(), prices: Prices::new() };
    let entry = entry(Action::AddReservationProduct, id, said).with(changes(&none, said));
    activity::store::record(conn, by, &entry, now)?;
    Ok(Kept::Done)
}

/// Changes what is said of a product. What was reserved stays as it was bought.
///
/// # Errors
/// [`Error::NotFound`]; database errors.
pub fn change(
    conn: &mut Connection,
    by: &Allowed<ManageCatalog>,
    (id, version): (&ReservationProductId, i32),
    said: &Definition,
    now: Moment,
) -> Result<Kept> {
    let before = find(conn, id)?;
    if before.said == *said {
        return Ok(Kept::Same);
    }
    if before.version != version {
        return Ok(Kept::Stale);
    }
    if is_taken(conn, id, said)? {
        return Ok(Kept::Taken);
    }
    diesel::update(reservation_products::table.find(id))
        .set((
            reservation_products::name.eq(&said.name),
            reservation_products::region.eq(&said.region),
            reservation_products::sort_name.eq(said.sort_name()),
            reservation_products::changed_at.eq(now),
            reservation_products::changed_by_name.eq(&by.name),
            reservation_products::version.eq(version + 1),
        ))
        .execute(conn)?;
    set_prices(conn, id, said)?;
    let entry = entry(Action::UpdateReservationProduct, id, said).with(changes(&before.said, said));
    activity::store::record(conn, by, &entry, now)?;
    Ok(Kept::Done)
}

/// Withdraws a product, or brings it back; answers its name.
///
/// # Errors
/// [`Error::NotFound`]; database errors.
pub fn set_available(
    conn: &mut Connection,
    by: &Allowed<ManageCatalog>,
    (id, is_available): (&ReservationProductId, bool),
    now: Moment,
) -> Result<String> {
    let product = find(conn, id)?;
    if product.is_available != is_available {
        diesel::update(reservation_products::table.find(id))
            .set((
                reservation_products::is_available.eq(is_available),
                reservation_products::changed_at.eq(now),
                reservation_products::changed_by_name.eq(&by.name),
                reservation_products::version.eq(reservation_products::version + 1),
            ))
            .execute(conn)?;
        let action = match is_available {
            true => Action::BringBackReservationProduct,
            false => Action::WithdrawReservationProduct,
        };
        activity::store::record(conn, by, &entry(action, id, &product.said), now)?;
    }
    Ok(product.said.name)
}

/// Whether another product has this name and region.
fn is_taken(conn: &mut Connection, id: &ReservationProductId, said: &Definition) -> Result<bool> {
    let others = reservation_products::table
        .filter(reservation_products::sort_name.eq(said.sort_name()))
        .filter(reservation_products::id.ne(id));
    Ok(diesel::select(diesel::dsl::exists(others)).get_result(conn)?)
}

fn set_prices(conn: &mut Connection, id: &ReservationProductId, said: &Definition) -> Result<()> {
    diesel::delete(reservation_prices::table.filter(reservation_prices::product_id.eq(id))).execute(conn)?;
    for ((term_years, currency), price) in &said.prices {
        let row = PriceRow {
            product_id: *id,
            term_years: *term_years,
            currency: *currency,
            total_minor: price.minor,
        };
        diesel::insert_into(reservation_prices::table).values(row).execute(conn)?;
    }
    Ok(())
}

fn entry(action: Action, id: &ReservationProductId, said: &Definition) -> Entry {
    Entry::new(action, "reservation_product", id, &said.name)
}

fn changes(before: &Definition, said: &Definition) -> Vec<Change> {
    let texts = [("name", &before.name, &said.name), ("region", &before.region, &said.region)];
    let texts = texts.into_iter().map(|(field, old, new)| Change::new(field, old, new));
    let listed = |said: &Definition| -> String {
        let prices = said.prices.iter().map(|((years, _), price)| format!("{years}: {price}"));
        prices.collect::<Vec<_>>().join("; ")
    };
    let prices = Change::new("reservation_prices", listed(before), listed(said));
    texts.chain([prices]).filter(|change| change.old != change.new).collect()
}
