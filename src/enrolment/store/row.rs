//! An enrolment as the database keeps it.

use diesel::prelude::*;

use crate::db::schema::enrolments;
use crate::enrolment::model::{Enrolment, Kind, State};
use crate::language::Language;
use crate::values::email::Email;
use crate::values::id::{EnrolmentId, OrganisationId};
use crate::values::moment::Moment;
use crate::values::password::PasswordHash;
use crate::values::token::TokenHash;

#[derive(Queryable, Selectable)]
#[diesel(table_name = enrolments)]
pub struct Row {
    id: EnrolmentId,
    kind: Kind,
    state: State,
    state_since: Moment,
    person_name: String,
    email: Email,
    token_hash: TokenHash,
    expires_at: Moment,
    form: String,
    company_name: String,
    country: String,
    password_hash: Option<PasswordHash>,
    sealed_next: Option<String>,
    refusal_reason: String,
    started_at: Moment,
    handed_in_at: Option<Moment>,
    decided_at: Option<Moment>,
    decided_by_name: Option<String>,
    organisation_id: Option<OrganisationId>,
    version: i32,
    language: Language,
}

impl From<Row> for Enrolment {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            kind: row.kind,
            state: row.state,
            state_since: row.state_since,
            person_name: row.person_name,
            email: row.email,
            token_hash: row.token_hash,
            expires_at: row.expires_at,
            form: row.form,
            company_name: row.company_name,
            country: row.country,
            password_hash: row.password_hash,
            sealed_next: row.sealed_next,
            refusal_reason: row.refusal_reason,
            started_at: row.started_at,
            handed_in_at: row.handed_in_at,
            decided_at: row.decided_at,
            decided_by_name: row.decided_by_name,
            organisation: row.organisation_id,
            version: row.version,
            language: row.language,
        }
    }
}
