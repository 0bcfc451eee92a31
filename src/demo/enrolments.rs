//! Companies on their way in: what the operator finds to decide, one that was refused, one that is half typed.

use super::random::{Random, id};
use super::rows::EnrolmentRow;
use super::world::World;
use crate::db::Connection;
use crate::enrolment::form::DetailsForm;
use crate::enrolment::model::{Kind, LINK_DAYS, State};
use crate::error::Result;
use crate::values::id::EnrolmentId;
use crate::values::name::sort_name;
use crate::values::password::PasswordHash;

const HOUR: i64 = 3600;

/// Who enrols, as what, how far that has come and before how many hours.
struct Story {
    kind: Kind,
    state: State,
    hours: i64,
    form: DetailsForm,
}

pub fn insert(conn: &mut Connection, world: &World<'_>, password: &PasswordHash) -> Result<()> {
    let stories = [
        story(
            Kind::Reseller,
            State::Waiting,
            51,
            company("Fernhill Systems GmbH", "fernhill", "Nora Behrens", "4920017"),
        ),
        story(
            Kind::Provider,
            State::Waiting,
            20,
            company("Lakeland Distribution GmbH", "lakeland", "Sven Albers", "4920024"),
        ),
        story(
            Kind::Reseller,
            State::Refused,
            75,
            company("Quayside IT", "quayside", "Lea Martens", "4920031"),
        ),
        story(Kind::Reseller, State::Proven, 4, begun("Westgate Cloud", "Paul Simon")),
    ];
    let rows: Vec<_> =
        (0_u64..).zip(stories).map(|(number, story)| row(world, number, story, password)).collect();
    EnrolmentRow::insert(conn, &rows)
}

fn story(kind: Kind, state: State, hours: i64, form: DetailsForm) -> Story {
    Story { kind, state, hours, form }
}

fn company(name: &str, domain: &str, person: &str, mpn_id: &str) -> DetailsForm {
    let text = str::to_owned;
    let (first_name, last_name) = person.split_once(' ').unwrap_or((person, person));
    DetailsForm {
        company: text(name),
        country: text("DE"),
        line_1: text("Speicherstraße 8"),
        city: text("Bremen"),
        postal_code: text("28195"),
        first_name: text(first_name),
        last_name: text(last_name),
        email: format!("office@{domain}.example"),
        phone: text("+49 421 555 0142"),
        location: text("Bremen"),
        mpn_id: text(mpn_id),
        name: text(person),
        zone: text("Europe/Berlin"),
        ..DetailsForm::default()
    }
}

fn begun(name: &str, person: &str) -> DetailsForm {
    DetailsForm { company: name.to_owned(), name: person.to_owned(), ..DetailsForm::default() }
}

fn row(world: &World<'_>, number: u64, story: Story, password: &PasswordHash) -> EnrolmentRow {
    let Story { kind, state, hours, form } = story;
    let since = world.now.plus_seconds(-hours * HOUR);
    let is_handed_in = state != State::Proven;
    let is_refused = state == State::Refused;
    let operator = world.cast.operator.people.first().map(|person| person.name.clone());
    let first = form.name.split(' ').next().unwrap_or_default().to_lowercase();
    let domain = form.company.split(' ').next().unwrap_or_default().to_lowercase();
    EnrolmentRow {
        id: EnrolmentId::from_number(id("enrolment", number)),
        kind,
        state,
        person_name: form.name.clone(),
        email: format!("{first}@{domain}.example"),
        // Nobody has the token: a link that works comes from asking for a fresh one.
        token_hash: Random::of("enrolment", number).hex(64),
        expires_at: since.plus_days(LINK_DAYS),
        form: form.to_json(),
        sort_name: sort_name(&form.company),
        company_name: form.company,
        country: form.country,
        mpn_id: form.mpn_id,
        password_hash: is_handed_in.then(|| password.clone()),
        sealed_next: None,
        refusal_reason: if is_refused {
            "The MPN ID belongs to another company.".to_owned()
        } else {
            String::new()
        },
        started_at: since.plus_seconds(-HOUR),
        handed_in_at: is_handed_in.then(|| if is_refused { since.plus_seconds(-HOUR / 2) } else { since }),
        decided_at: is_refused.then_some(since),
        decided_by_name: operator.filter(|_| is_refused),
        organisation_id: None,
        version: if is_refused { 5 } else { 4 },
        state_since: since,
    }
}
