//! Whether something of a customer ends soon, which is kept with it, so that an index holds the view. It changes with
//! what somebody does, and by itself with the day: the hourly job sees to that.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::delegations;
use crate::customers::model::listing::SOON_DAYS;
use crate::db::Connection;
use crate::db::schema::customers;
use crate::endings::facts::{next_planned, unaware_of_plans};
use crate::error::Result;
use crate::subscriptions::facts::{next_end, unaware_of_ends};
use crate::values::id::CustomerId;
use crate::values::moment::{Moment, days_after};

/// What of a customer can end by the calendar.
struct Source {
    /// The first day from this one on, on which something of it ends.
    next: fn(&mut Connection, &CustomerId, NaiveDate) -> Result<Option<NaiveDate>>,
    /// So many customers of which something ends in these days without [`keep`] having heard of it: those that
    /// [`crate::customers::facts::is_unaware_of`] finds.
    unaware: fn(&mut Connection, (NaiveDate, NaiveDate), i64) -> Result<Vec<CustomerId>>,
}

/// All that makes a customer stand among those that end soon. Whoever adds something that ends adds it here, and calls
/// [`keep`] where somebody sets or clears its day.
const SOURCES: [Source; 3] = [
    Source { next: next_end, unaware: unaware_of_ends },
    Source { next: delegations::next_end, unaware: delegations::unaware_of_ends },
    Source { next: next_planned, unaware: unaware_of_plans },
];

/// So many customers the job looks at in one step.
const AT_ONCE: i64 = 500;

/// Keeps with a customer when the first thing of it ends, if that is soon.
///
/// # Errors
/// Database errors.
pub fn keep(conn: &mut Connection, customer: &CustomerId, today: NaiveDate) -> Result<()> {
    let mut first: Option<NaiveDate> = None;
    for source in SOURCES {
        first = (source.next)(conn, customer, today)?.into_iter().chain(first).min();
    }
    let soon = first.filter(|day| *day <= days_after(today, SOON_DAYS));
    let kept: Option<NaiveDate> = customers::table.find(customer).select(customers::ending_on).first(conn)?;
    if kept != soon {
        diesel::update(customers::table.find(customer)).set(customers::ending_on.eq(soon)).execute(conn)?;
    }
    Ok(())
}

/// Keeps it with some of those for whom a new day has changed it, and answers how many there were.
///
/// # Errors
/// Database errors.
pub fn keep_some(conn: &mut Connection, now: Moment) -> Result<usize> {
    let today = now.day();
    let mut some: Vec<CustomerId> = customers::table
        .filter(customers::ending_on.lt(today))
        .order((customers::ending_on, customers::id))
        .select(customers::id)
        .limit(AT_ONCE)
        .load(conn)?;
    for source in SOURCES {
        some.extend((source.unaware)(conn, (today, days_after(today, SOON_DAYS)), AT_ONCE)?);
    }
    for customer in &some {
        keep(conn, customer, today)?;
    }
    Ok(some.len())
}
