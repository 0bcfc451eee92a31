//! Orders for those who may see them. Each takes the viewer's reach.

use diesel::prelude::*;

use crate::access::Reach;
use crate::catalog::facts::{Terms, offer};
use crate::catalog::model::{Billing, Unit};
use crate::customers::facts::{
    Named, administered_customer, administers_more_than, customer, customers_of, delegations_to,
    is_administered,
};
use crate::db::Connection;
use crate::db::among::is_among;
use crate::db::schema::{order_lines, orders};
use crate::error::{Error, Result};
use crate::orders::model::order::Cancellation;
use crate::orders::model::{Order, OrderRow, OrderState, OrderedLine, Totals, term};
use crate::partners::facts::{organisation, organisation_name};
use crate::partners::store::earners::{Holders, holders_of};
use crate::reservations::facts::of_order as reservation_of;
use crate::subscriptions::facts::{Run, subscription};
use crate::subscriptions::model::Earner;
use crate::values::currency::Currency;
use crate::values::id::{BatchId, CustomerId, DraftId, OrderId, OrganisationId, SubscriptionId, TransferId};
use crate::values::moment::Moment;
use crate::values::money::Money;
use crate::values::quantity::Quantity;
use crate::web::Count;
use crate::web::pager::{Page, Portion, descending, keyset};

/// Which orders a list shows.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Only those of this customer.
    pub customer: Option<CustomerId>,
    /// Only those with one of these numbers.
    pub numbers: Option<Vec<String>>,
}

/// An order as its columns are.
#[derive(Queryable, Selectable)]
#[diesel(table_name = orders)]
struct Row {
    id: OrderId,
    number: String,
    draft_id: Option<DraftId>,
    placed_by_name: String,
    currency: Currency,
    monthly_minor: i64,
    annual_minor: i64,
    created_customer: bool,
    placed_at: Moment,
    state: OrderState,
    cancellable_until: Option<Moment>,
    cancelled_at: Option<Moment>,
    cancelled_by_name: Option<String>,
    company_name: Option<String>,
    batch_id: Option<BatchId>,
    transfer_id: Option<TransferId>,
    upfront_minor: i64,
    is_by_customer: bool,
}

/// With the names of the customer and the provider.
#[derive(Queryable, Selectable)]
#[diesel(table_name = orders)]
struct NamedRow {
    #[diesel(embed)]
    row: Row,
    #[diesel(embed)]
    customer: Named,
    #[diesel(select_expression = organisation_name)]
    provider_name: String,
}

/// A page of orders within reach, the latest first. What a provider and its reseller order, and at what price, is not the
/// customer's to read: for its people there are none.
///
/// # Errors
/// Database errors.
pub fn page_of(
    conn: &mut Connection,
    reach: &Reach,
    wanted: &Wanted,
    portion: &Portion,
) -> Result<Page<OrderRow>> {
    // Which ones, of the table alone: joined with others, SQLite would begin at those and sort everything.
    let mut query = orders::table.into_boxed();
    query = match reach {
        Reach::Provider(provider) => query.filter(orders::provider_id.eq(provider)),
        Reach::Reseller(reseller) if administers_more_than(conn, reseller, MANY)? => {
            query.filter(is_administered(orders::customer_id, reseller))
        }
        Reach::Reseller(reseller) => query.filter(orders::customer_id.eq_any(customers_of(reseller))),
        Reach::Customer(_) | Reach::Nothing => return Ok(Page::default()),
    };
    if let Some(customer) = &wanted.customer {
        query = query.filter(orders::customer_id.eq(customer));
    }
    if let Some(numbers) = &wanted.numbers {
        let found = numbered(conn, reach, numbers)?;
        if found.is_empty() {
            return Ok(Page::default());
        }
        query = query.filter(is_among(orders::id, found));
    }
    let page: Page<IdRow> = keyset(conn, query, descending(orders::placed_at, orders::id), portion)?;
    page.read(|found| {
        let rows: Vec<NamedRow> = orders::table
            .inner_join(customer(orders::customer_id))
            .inner_join(organisation(orders::provider_id))
            .filter(is_among(orders::id, found.into_iter().map(|row| row.id)))
            .order((orders::placed_at.desc(), orders::id.desc()))
            .select(NamedRow::as_select())
            .load(conn)?;
        Ok(rows.into_iter().map(order_row).collect())
    })
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = orders)]
struct IdRow {
    id: OrderId,
}

/// The orders with these numbers, of any customer. Asked by itself: together with an order SQLite would read all of a
/// provider's orders instead of the index of their numbers.
fn numbered(conn: &mut Connection, reach: &Reach, numbers: &[String]) -> Result<Vec<OrderId>> {
    let all = orders::table.filter(orders::number.eq_any(numbers)).select(orders::id);
    Ok(match reach {
        Reach::Provider(provider) => all.filter(orders::provider_id.eq(provider)).load(conn)?,
        Reach::Reseller(_) => all.load(conn)?,
        Reach::Customer(_) | Reach::Nothing => Vec::new(),
    })
}

/// With more customers than this, it takes less to go through everybody's orders, the latest first, until a
/// page is full, than to sort all orders of all these customers.
const MANY: i64 = 2_000;

/// How many orders are within reach.
///
/// # Errors
/// Database errors.
pub fn count(conn: &mut Connection, reach: &Reach) -> Result<Count> {
    match reach {
        Reach::Provider(provider) => {
            let own = orders::table.filter(orders::provider_id.eq(provider)).select(orders::id);
            let some: Vec<OrderId> = own.limit(Count::LIMIT).load(conn)?;
            Ok(Count::of(some.len()))
        }
        Reach::Reseller(reseller) => count_of_customers(conn, reseller),
        Reach::Customer(_) | Reach::Nothing => Ok(Count::Exactly(0)),
    }
}

/// Customer by customer: a list of all their ids would have to be made first. Where there are many, only the one that
/// says so is brought here.
fn count_of_customers(conn: &mut Connection, reseller: &OrganisationId) -> Result<Count> {
    let all = delegations_to(reseller)
        .inner_join(orders::table.on(orders::customer_id.eq(administered_customer)))
        .select(orders::id);
    let next: Option<OrderId> = all.offset(Count::LIMIT - 1).first(conn).optional()?;
    if next.is_some() {
        return Ok(Count::MoreThan(Count::MOST));
    }
    let some: Vec<OrderId> = all.load(conn)?;
    Ok(Count::of(some.len()))
}

fn order_row(NamedRow { row, customer, provider_name }: NamedRow) -> OrderRow {
    let money = |minor| Money::new(minor, row.currency);
    let company_name = row.company_name.unwrap_or_else(|| customer.company_name.clone());
    let renamed_to = Some(customer.company_name).filter(|now| *now != company_name);
    OrderRow {
        totals: Totals {
            monthly: money(row.monthly_minor),
            annual: money(row.annual_minor),
            upfront: money(row.upfront_minor),
        },
        is_by_customer: row.is_by_customer,
        id: row.id,
        number: row.number,
        customer: customer.id,
        company_name,
        renamed_to,
        provider_name,
        placed_by_name: row.placed_by_name,
        placed_at: row.placed_at,
        state: row.state,
        is_taken_over: row.batch_id.is_some(),
        transfer: row.transfer_id,
    }
}

/// The order of this id within reach.
///
/// # Errors
/// [`Error::NotFound`] when there is none or it is somebody else's; database errors.
pub fn find(conn: &mut Connection, reach: &Reach, id: &OrderId) -> Result<Order> {
    let mut query = orders::table
        .inner_join(customer(orders::customer_id))
        .inner_join(organisation(orders::provider_id))
        .filter(orders::id.eq(id))
        .select(NamedRow::as_select())
        .into_boxed();
    query = match reach {
        Reach::Provider(provider) => query.filter(orders::provider_id.eq(provider)),
        Reach::Reseller(reseller) => query.filter(orders::customer_id.eq_any(customers_of(reseller))),
        Reach::Customer(_) | Reach::Nothing => return Err(Error::NotFound),
    };
    let found: NamedRow = query.first(conn)?;
    let own = &found.row;
    let cancelled = own.cancelled_at.zip(own.cancelled_by_name.clone());
    let (created_customer, draft, cancellable_until) =
        (own.created_customer, own.draft_id, own.cancellable_until);
    let domain = found.customer.domain.clone();
    let row = order_row(found);
    Ok(Order {
        lines: lines_of(conn, reach, &row)?,
        reservation: reservation_of(conn, id)?,
        domain,
        created_customer,
        draft,
        cancellable_until,
        cancellation: cancelled.map(|(at, by_name)| Cancellation { at, by_name }),
        row,
    })
}

fn lines_of(conn: &mut Connection, reach: &Reach, order: &OrderRow) -> Result<Vec<OrderedLine>> {
    let rows: Vec<LineRow> = order_lines::table
        .inner_join(subscription(order_lines::subscription_id))
        .inner_join(offer(order_lines::offer_id))
        .filter(order_lines::order_id.eq(&order.id))
        .order(order_lines::position)
        .select(LineRow::as_select())
        .load(conn)?;
    let holders = holders_of(conn, rows.iter().map(|row| row.mpn_id.as_str()))?;
    let currency = order.totals.monthly.currency;
    Ok(rows.into_iter().map(|row| line(row, reach, &holders, currency)).collect())
}

/// A line of an order, with what its subscription and its offer say of the term.
#[derive(Queryable, Selectable)]
#[diesel(table_name = order_lines)]
struct LineRow {
    subscription_id: SubscriptionId,
    offer_name: String,
    unit: Unit,
    quantity: Quantity,
    billing: Billing,
    unit_price_minor: i64,
    promotion_name: String,
    mpn_id: String,
    #[diesel(embed)]
    run: Run,
    #[diesel(embed)]
    terms: Terms,
}

fn line(row: LineRow, reach: &Reach, holders: &Holders, currency: Currency) -> OrderedLine {
    OrderedLine {
        subscription: row.subscription_id,
        offer_name: row.offer_name,
        unit: row.unit,
        quantity: row.quantity,
        billing: row.billing,
        unit_price: Money::new(row.unit_price_minor, currency),
        promotion: row.promotion_name,
        earner: Earner::seen_within(reach, &row.mpn_id, holders.get(&row.mpn_id)),
        starts_on: row.run.starts_on,
        renews_on: Some(row.run.renews_on).filter(|_| term::ends(row.terms.term_months)),
        is_trial: row.terms.is_trial,
    }
}
