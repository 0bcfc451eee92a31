//! An end as its columns are.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::db::schema::endings;
use crate::endings::model::{Consent, Ending, Hindrance, Planner, State};
use crate::language::Language;
use crate::links::model::DraftText;
use crate::values::email::Email;
use crate::values::id::{CustomerId, EndingId, OrganisationId, PersonId};
use crate::values::moment::Moment;

#[derive(Queryable, Selectable)]
#[diesel(table_name = endings)]
pub(super) struct Row {
    id: EndingId,
    customer_id: CustomerId,
    provider_id: OrganisationId,
    state: State,
    planned_on: Option<NaiveDate>,
    due_at: Option<Moment>,
    by_person: PersonId,
    by_name: String,
    by_email: Email,
    letter_language: Language,
    letter_subject: String,
    letter_text: String,
    installation: String,
    hindrance: Option<Hindrance>,
    ended_at: Option<Moment>,
    state_since: Moment,
    closed_by_name: Option<String>,
    consent_name: Option<String>,
    consent_email: Option<Email>,
    consent_on: Option<NaiveDate>,
    version: i32,
}

impl From<Row> for Ending {
    fn from(row: Row) -> Self {
        let (language, subject, text) = (row.letter_language, row.letter_subject, row.letter_text);
        let letter = (!text.is_empty()).then_some(DraftText { language, subject, text });
        let consent = match (row.consent_name, row.consent_email, row.consent_on) {
            (Some(name), Some(email), Some(on)) => Some(Consent { name, email, on }),
            _ => None,
        };
        Self {
            id: row.id,
            customer: row.customer_id,
            provider: row.provider_id,
            state: row.state,
            planned_on: row.planned_on,
            due_at: row.due_at,
            by: Planner { person: row.by_person, name: row.by_name, email: row.by_email },
            letter,
            installation: row.installation,
            hindrance: row.hindrance,
            ended_at: row.ended_at,
            closed: row.closed_by_name.map(|name| (row.state_since, name)),
            consent,
            version: row.version,
        }
    }
}
