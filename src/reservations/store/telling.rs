//! Who reads of a reservation: the provider, the reseller of record and those that administer the customer. The first two
//! are told of it by letter.

use crate::activity::{self, Author, Entry};
use crate::customers::facts::resellers_of;
use crate::db::Connection;
use crate::error::Result;
use crate::notifications::{self, Event, Kind};
use crate::reservations::model::OfRecord;
use crate::values::id::{CustomerId, OrganisationId, ReservationId};
use crate::values::moment::Moment;

/// A reservation as the logs and letters name it.
pub(super) struct Subject<'a> {
    pub id: &'a ReservationId,
    pub name: &'a str,
    pub customer: (&'a CustomerId, &'a str),
    pub provider: &'a OrganisationId,
    pub record: Option<&'a OfRecord>,
}

/// Records and tells, each side by a kind of its own. Whoever did it in an organisation is not told what it did.
pub(super) fn spread(
    conn: &mut Connection,
    by: &Author,
    subject: &Subject<'_>,
    (entry, kinds, value): (&Entry, (Kind, Kind), &str),
    now: Moment,
) -> Result<()> {
    let (of_provider, of_reseller) = kinds;
    let event = |kind| {
        Event::about(kind, "reservation", subject.id, subject.name)
            .for_customer(subject.customer.0, subject.customer.1)
            .changed("", value)
    };
    let of_record = subject.record.map(|record| (&record.reseller, of_reseller));
    for (organisation, kind) in [(subject.provider, of_provider)].into_iter().chain(of_record) {
        activity::store::record_as(conn, organisation, by, entry, now)?;
        match by.person() {
            Some(_) => notifications::tell_as(conn, organisation, by, &event(kind), now)?,
            None => notifications::tell_by_portal(conn, organisation, &event(kind), now)?,
        }
    }
    let is_other =
        |reseller: &OrganisationId| subject.record.is_none_or(|record| record.reseller != *reseller);
    let administering = resellers_of(conn, subject.customer.0)?;
    let mut seen = entry.clone();
    seen.changes.retain(|change| change.field != "mpn_id");
    for reseller in administering.iter().filter(|reseller| is_other(reseller)) {
        activity::store::record_as(conn, reseller, by, &seen, now)?;
    }
    Ok(())
}
