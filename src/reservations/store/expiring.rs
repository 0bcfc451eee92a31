//! Reservations whose term is over.

use diesel::prelude::*;

use super::row::NamedRow;
use super::telling::{Subject, spread};
use crate::activity::{Action, Author, Change, Entry};
use crate::customers::facts::customer;
use crate::db::Connection;
use crate::db::schema::reservations;
use crate::error::Result;
use crate::notifications::Kind;
use crate::partners::facts::{name_of, organisation_if_any};
use crate::reservations::model::{Reservation, State};
use crate::values::moment::Moment;

/// So many expire in one transaction.
const AT_ONCE: i64 = 100;

/// Marks some that have expired, the earliest first, each once. Answers how many.
///
/// # Errors
/// Database errors.
pub fn expire_some(conn: &mut Connection, now: Moment) -> Result<usize> {
    let over: Vec<NamedRow> = reservations::table
        .inner_join(customer(reservations::customer_id))
        .left_join(organisation_if_any(reservations::reseller_id))
        .filter(reservations::state.eq(State::Active))
        .filter(reservations::expires_on.le(now.day()))
        .order((reservations::expires_on, reservations::id))
        .select(NamedRow::as_select())
        .limit(AT_ONCE)
        .load(conn)?;
    let count = over.len();
    for reservation in over.into_iter().map(Reservation::from) {
        let active = reservations::table
            .filter(reservations::id.eq(&reservation.id))
            .filter(reservations::state.eq(State::Active));
        if diesel::update(active).set(reservations::state.eq(State::Expired)).execute(conn)? == 1 {
            tell(conn, &reservation, now)?;
        }
    }
    Ok(count)
}

fn tell(conn: &mut Connection, reservation: &Reservation, now: Moment) -> Result<()> {
    let customer = (&reservation.customer.id, reservation.customer.company_name.as_str());
    let change = Change::new("reservation_state", State::Active.as_text(), State::Expired.as_text());
    let entry =
        Entry::new(Action::ExpireReservation, "reservation", reservation.id, &reservation.product_name)
            .for_customer(customer.0, customer.1)
            .with([change]);
    let subject = Subject {
        id: &reservation.id,
        name: &reservation.product_name,
        customer,
        provider: &reservation.provider,
        record: reservation.record.as_ref(),
    };
    let provider = name_of(conn, &reservation.provider)?;
    let by = Author::portal((&reservation.provider, &provider));
    let kinds = (Kind::ReservationExpired, Kind::ManagedReservationExpired);
    spread(conn, &by, &subject, (&entry, kinds, ""), now)
}
