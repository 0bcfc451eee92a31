//! What organisations have been told of each other's deeds, and who wants to be told less.

use super::cast::{Cast, Organisation};
use super::log::Actor;
use super::random::{Random, hash};
use super::rows::{MutedRow, NotificationRow};
use crate::notifications::store::purge::KEPT_DAYS;
use crate::notifications::{Event, Kind};
use crate::values::id::{NotificationId, OrganisationId};
use crate::values::moment::Moment;

/// Who wants fewer letters.
const MUTED: [(&str, Kind); 5] = [
    ("maren.claussen@harbor.example", Kind::SubscriptionReactivated),
    ("maren.claussen@harbor.example", Kind::SubscriptionSuspended),
    ("tobias.lorenz@harbor.example", Kind::QuantityChanged),
    ("helpdesk@brightwater.example", Kind::CustomerDelegated),
    ("owner@newleaf.example", Kind::IncentivesNamed),
];

/// Tells an organisation something, unless it is so long ago that it is forgotten.
pub fn put(
    told: &mut Vec<NotificationRow>,
    (organisation, now): (&OrganisationId, Moment),
    by: Actor<'_>,
    event: &Event,
    at: Moment,
) {
    if at < now.plus_days(-KEPT_DAYS) || at > now {
        return;
    }
    let (kind, subject, name) = &event.subject;
    told.push(NotificationRow {
        id: row_id(organisation, event, at),
        organisation_id: *organisation,
        // By the order in which they are written: see `line_up`.
        position: None,
        kind: event.kind,
        customer_id: event.customer.as_ref().map(|(id, _)| *id),
        customer_name: event.customer.as_ref().map_or_else(String::new, |(_, name)| name.clone()),
        subject_kind: kind,
        subject_id: subject.clone(),
        subject_name: name.clone(),
        old_value: event.old.clone(),
        new_value: event.new.clone(),
        by_name: by.name.to_owned(),
        by_organisation: by.organisation.to_owned(),
        occurred_at: at,
    });
}

/// Everything has been told: nobody gets letters about it when the demonstration starts.
pub fn line_up(told: &mut [NotificationRow], last: &mut i64) {
    for row in told {
        *last += 1;
        row.position = Some(*last);
    }
}

/// What some people do not want to be told.
pub fn muted(cast: &Cast) -> Vec<MutedRow> {
    let all = [&cast.harbor].into_iter().chain(&cast.resellers);
    let people: Vec<_> = all.flat_map(|one: &Organisation| &one.people).collect();
    let row = |(email, kind): (&str, Kind)| {
        let person = people.iter().find(|person| person.email == email)?;
        Some(MutedRow { person_id: person.id, kind })
    };
    MUTED.into_iter().filter_map(row).collect()
}

/// Begins with the time, as the ids of rows that are made later do.
fn row_id(organisation: &OrganisationId, event: &Event, at: Moment) -> NotificationId {
    let subject = hash(&event.subject.1) ^ hash(organisation.as_str()).rotate_left(21);
    let mut random = Random::of(event.kind.as_text(), subject);
    let milliseconds = u128::try_from(at.unix() * 1000).unwrap_or(0);
    NotificationId::from_number((milliseconds << 80) | u128::from(random.next()))
}
