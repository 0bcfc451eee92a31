//! Buying a reservation: what decides about it, and the purchase, once.

use diesel::prelude::*;

use super::row::Row;
use super::telling::{Subject, spread};
use super::{permissions, products};
use crate::access::Viewer;
use crate::activity::{Action, Author, Change, Entry};
use crate::customers;
use crate::customers::model::Customer;
use crate::db::Connection;
use crate::db::schema::reservations;
use crate::error::{Error, Result};
use crate::notifications::Kind;
use crate::orders::store::reserving::{NewOrder, add_order};
use crate::partners;
use crate::partners::model::OrganisationState;
use crate::partnerships::directory::find_partner;
use crate::reservations::model::counter::{Barrier, Chosen, Counter, Plan, Wanted};
use crate::reservations::model::{OfRecord, State};
use crate::subscriptions::facts::running_of;
use crate::values::id::{CustomerId, OrderId, OrganisationId, ReservationId};
use crate::values::moment::Moment;

/// How a purchase ended.
pub enum Bought {
    Done,
    /// The same was sent before.
    Already,
    /// A price, the reseller or the day is not as the page showed it, or the limit is used by now; nothing was bought.
    Stale,
    Barred(Barrier),
}

/// What somebody can buy for a customer within reach: staff of its provider, or its own people.
///
/// # Errors
/// [`Error::NotFound`] beyond reach; database errors.
pub fn counter(conn: &mut Connection, by: &Viewer, id: &CustomerId, now: Moment) -> Result<Counter> {
    let customer = customers::store::find(conn, &by.reach(), id)?;
    let provider = partners::store::find(conn, &customer.provider)?;
    let permission = if by.is_customer() { permissions::of(conn, id, now)? } else { None };
    let allowance = permission.map(|permission| permission.allowance);
    let currency = allowance.map_or(provider.currency, |allowance| allowance.limit.currency);
    let products = products::offered_in(conn, currency)?;
    let plans = plans(conn, &provider.id, id)?;
    let barrier = match () {
        () if customer.ended_at.is_some() => Some(Barrier::Ended),
        () if provider.state == OrganisationState::Suspended => Some(Barrier::Suspended),
        () if by.is_customer() && allowance.is_none() => Some(Barrier::NotAllowed),
        () if !customer.account.agreement.is_accepted() => Some(Barrier::AgreementAwaited),
        () if !customer.account.lacks().is_empty() => Some(Barrier::AccountIncomplete),
        () if plans.is_empty() => Some(Barrier::NoPlan),
        () if products.is_empty() => Some(Barrier::NothingOffered),
        () => None,
    };
    let (provider_name, today) = (provider.name, now.day());
    Ok(Counter { customer, provider_name, currency, products, plans, barrier, allowance, today })
}

/// What is running that reservations can be bought under. As with orders, nothing new names a reseller that is no partner
/// any more or lacks something.
fn plans(conn: &mut Connection, provider: &OrganisationId, customer: &CustomerId) -> Result<Vec<Plan>> {
    let mut plans = Vec::new();
    for running in running_of(conn, customer)? {
        let (mut record, mut unnamed) = (None, None);
        if let Some(reseller) = running.reseller {
            let name = partners::facts::name_of(conn, &reseller)?;
            match find_partner(conn, provider, &reseller)?.is_some_and(|partner| partner.is_eligible()) {
                true => record = Some(OfRecord { reseller, name, mpn_id: running.mpn_id }),
                false => unnamed = Some(name),
            }
        }
        plans.push(Plan { id: running.id, name: running.nickname, record, unnamed });
    }
    Ok(plans)
}

/// Buys what was reviewed; `mark` is that of what the page has shown. All in one transaction, so that two purchases at once
/// do not pass a limit together.
///
/// # Errors
/// [`Error::NotFound`] beyond reach; database errors.
pub fn buy(
    conn: &mut Connection,
    by: &Viewer,
    (customer, id): (&CustomerId, &ReservationId),
    (wanted, mark): (Wanted, &str),
    now: Moment,
) -> Result<Bought> {
    let before: Option<CustomerId> =
        reservations::table.find(id).select(reservations::customer_id).first(conn).optional()?;
    match before {
        Some(of) if of == *customer => return Ok(Bought::Already),
        Some(_) => return Err(Error::NotFound),
        None => {}
    }
    let counter = counter(conn, by, customer, now)?;
    if let Some(barrier) = counter.barrier {
        return Ok(Bought::Barred(barrier));
    }
    let chosen = counter.chosen(wanted).filter(|chosen| chosen.mark() == mark);
    let chosen = chosen.filter(|chosen| counter.beyond(chosen.total).is_none());
    let Some(chosen) = chosen else { return Ok(Bought::Stale) };
    write(conn, by, (&counter.customer, id), &chosen, now)?;
    Ok(Bought::Done)
}

/// Whether this was bought, for a customer within reach.
///
/// # Errors
/// [`Error::NotFound`] beyond reach; database errors.
pub fn is_bought(
    conn: &mut Connection,
    by: &Viewer,
    (customer, id): (&CustomerId, &ReservationId),
) -> Result<bool> {
    customers::store::find(conn, &by.reach(), customer)?;
    let of: Option<CustomerId> =
        reservations::table.find(id).select(reservations::customer_id).first(conn).optional()?;
    Ok(of.as_ref() == Some(customer))
}

fn write(
    conn: &mut Connection,
    by: &Viewer,
    (customer, id): (&Customer, &ReservationId),
    chosen: &Chosen<'_>,
    now: Moment,
) -> Result<()> {
    let (upfront, monthly) = chosen.due();
    let order = OrderId::new();
    let new = NewOrder {
        id: order,
        provider: customer.provider,
        customer: customer.id,
        upfront,
        monthly,
        is_by_customer: by.is_customer(),
    };
    let number = add_order(conn, by, &new, now)?;
    let (said, wanted, record) = (&chosen.product.said, chosen.wanted, chosen.plan.record.as_ref());
    let row = Row {
        id: *id,
        order_id: order,
        customer_id: customer.id,
        provider_id: customer.provider,
        subscription_id: chosen.plan.id,
        scope: wanted.scope,
        product_id: chosen.product.id,
        product_name: said.name.clone(),
        region: said.region.clone(),
        term_years: wanted.years,
        quantity: wanted.quantity,
        payment: wanted.payment,
        currency: chosen.total.currency,
        total_minor: chosen.total.minor,
        mpn_id: record.map(|record| record.mpn_id.clone()).unwrap_or_default(),
        reseller_id: record.map(|record| record.reseller),
        bought_by_id: by.person,
        bought_by_name: by.name.clone(),
        is_by_customer: by.is_customer(),
        bought_at: now,
        starts_on: chosen.starts_on,
        expires_on: chosen.expires_on,
        state: State::Active,
    };
    diesel::insert_into(reservations::table).values(row).execute(conn)?;
    let company_name = customer.account.company_name.as_str();
    let entry = Entry::new(Action::BuyReservation, "reservation", id, &said.name)
        .for_customer(&customer.id, company_name)
        .with([
            Change::set("order_number", number),
            Change::set("region", &said.region),
            Change::set("term_in_years", wanted.years),
            Change::set("quantity", wanted.quantity),
            Change::set("scope", wanted.scope.as_text()),
            Change::set("payment", wanted.payment.as_text()),
            Change::set("total", chosen.total),
            Change::set("mpn_id", record.map_or("", |record| record.mpn_id.as_str())),
        ]);
    let subject = Subject {
        id,
        name: &said.name,
        customer: (&customer.id, company_name),
        provider: &customer.provider,
        record,
    };
    let kinds = (Kind::ReservationBoughtByCustomer, Kind::ReservationBought);
    spread(conn, &Author::of(by), &subject, (&entry, kinds, &chosen.total.to_string()), now)
}
