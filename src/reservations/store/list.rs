//! Reservations within reach, those that expire first in front.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::row::NamedRow;
use crate::access::Reach;
use crate::customers::facts::{customer, is_account_of, is_administered, is_called_like, is_going_on};
use crate::db::Connection;
use crate::db::like::any_part;
use crate::db::row_values::Both;
use crate::db::schema::reservations;
use crate::error::{Error, Result};
use crate::partners::facts::organisation_if_any;
use crate::reservations::model::{NOTICE_DAYS, Reservation, State};
use crate::values::id::{CustomerId, ReservationId};
use crate::values::moment::days_after;
use crate::web::pager::{Page, Portion, ascending, keyset};

/// Which of them.
#[derive(Clone, Debug)]
pub struct Selection {
    pub customer: Option<CustomerId>,
    /// Any part of the customer's name or domain.
    pub needle: String,
    pub standing: Standing,
    pub today: NaiveDate,
}

/// How they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Any,
    Only(State),
    /// The term is over soon.
    Expiring,
}

/// A portion of the list: a provider's, those that name a reseller as the one of record or are of customers that it
/// administers, or those of a customer's accounts.
///
/// # Errors
/// Database errors.
pub fn page_of(
    conn: &mut Connection,
    reach: &Reach,
    selection: &Selection,
    portion: &Portion,
) -> Result<Page<Reservation>> {
    let all = reservations::table
        .inner_join(customer(reservations::customer_id))
        .left_join(organisation_if_any(reservations::reseller_id))
        .into_boxed::<Both>();
    let mut query = match reach {
        Reach::Provider(provider) => all.filter(reservations::provider_id.eq(provider)),
        Reach::Reseller(reseller) => all.filter(
            is_administered(reservations::customer_id, reseller)
                .or(reservations::reseller_id.eq(reseller).and(is_going_on())),
        ),
        Reach::Customer(company) => all.filter(is_account_of(company)),
        Reach::Nothing => return Ok(Page::default()),
    };
    if let Some(customer) = &selection.customer {
        query = query.filter(reservations::customer_id.eq(customer));
    }
    if !selection.needle.is_empty() {
        query = query.filter(is_called_like(&any_part(&selection.needle)));
    }
    // By the day, so that nobody sees as active what has expired and was not noticed yet.
    let soon = days_after(selection.today, u64::try_from(NOTICE_DAYS).unwrap_or_default());
    query = match selection.standing {
        Standing::Any => query,
        Standing::Only(State::Active) => query.filter(reservations::expires_on.gt(selection.today)),
        Standing::Only(State::Expired) => query.filter(reservations::expires_on.le(selection.today)),
        Standing::Expiring => query
            .filter(reservations::expires_on.gt(selection.today))
            .filter(reservations::expires_on.le(soon)),
    };
    let page: Page<NamedRow> =
        keyset(conn, query, ascending(reservations::expires_on, reservations::id), portion)?;
    Ok(page.map(|row| row.seen_within(reach)))
}

/// The reservation of this id within reach.
///
/// # Errors
/// [`Error::NotFound`] when there is none or it is somebody else's; database errors.
pub fn find(conn: &mut Connection, reach: &Reach, id: &ReservationId) -> Result<Reservation> {
    let all = reservations::table
        .inner_join(customer(reservations::customer_id))
        .left_join(organisation_if_any(reservations::reseller_id))
        .filter(reservations::id.eq(id))
        .select(NamedRow::as_select())
        .into_boxed();
    let within = match reach {
        Reach::Provider(provider) => all.filter(reservations::provider_id.eq(provider)),
        Reach::Reseller(reseller) => all.filter(
            is_administered(reservations::customer_id, reseller)
                .or(reservations::reseller_id.eq(reseller).and(is_going_on())),
        ),
        Reach::Customer(company) => all.filter(is_account_of(company)),
        Reach::Nothing => return Err(Error::NotFound),
    };
    let row: NamedRow = within.first(conn)?;
    Ok(row.seen_within(reach))
}
