//! Activity of the last weeks.

use super::random::{Random, hash};
use super::rows::ActivityRow;
use crate::activity::Entry;
use crate::values::id::{ActivityId, OrganisationId, PersonId};
use crate::values::moment::Moment;
use crate::values::name::sort_name;

/// The log goes back so many days.
pub const DAYS: i64 = 90;

/// Who did something: id, name, organisation.
#[derive(Clone, Copy)]
pub struct Actor<'a> {
    pub person: &'a PersonId,
    pub name: &'a str,
    pub organisation: &'a str,
}

/// Records something in an organisation's log if it is recent enough.
pub fn put(
    log: &mut Vec<ActivityRow>,
    of: (&OrganisationId, Moment),
    by: Actor<'_>,
    entry: &Entry,
    at: Moment,
) {
    insert(log, of, (by.person.as_str(), by.name, by.organisation), (entry, at));
}

/// The same of what the portal did by itself.
pub fn put_by_portal(log: &mut Vec<ActivityRow>, of: (&OrganisationId, Moment), entry: &Entry, at: Moment) {
    insert(log, of, ("", "", ""), (entry, at));
}

fn insert(
    log: &mut Vec<ActivityRow>,
    (organisation, now): (&OrganisationId, Moment),
    (person, name_of_person, name_of_organisation): (&str, &str, &str),
    (entry, at): (&Entry, Moment),
) {
    if at < now.plus_days(-DAYS) || at > now {
        return;
    }
    let (kind, subject, name) = &entry.subject;
    let customer = entry.customer.as_ref();
    log.push(ActivityRow {
        id: record_id(organisation, entry, at),
        organisation_id: *organisation,
        person_id: person.to_owned(),
        person_name: name_of_person.to_owned(),
        person_organisation: name_of_organisation.to_owned(),
        action: entry.action,
        customer_id: customer.map(|(id, _)| *id),
        customer_name: customer.map(|(_, name)| name.clone()),
        customer_sort_name: customer.map(|(_, name)| sort_name(name)),
        subject_kind: kind,
        subject_id: subject.clone(),
        subject_name: name.clone(),
        changes: serde_json::to_string(&entry.changes).unwrap_or_else(|_| "[]".to_owned()),
        result: entry.outcome,
        occurred_at: at,
    });
}

/// Begins with the time, as the ids of records that are made later do.
fn record_id(organisation: &OrganisationId, entry: &Entry, at: Moment) -> ActivityId {
    let subject = hash(&entry.subject.1) ^ hash(organisation.as_str()).rotate_left(21);
    let mut random = Random::of(entry.action.as_text(), subject);
    let milliseconds = u128::try_from(at.unix() * 1000).unwrap_or(0);
    ActivityId::from_number((milliseconds << 80) | u128::from(random.next()))
}
