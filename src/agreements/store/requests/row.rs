//! A request as its columns are.

use diesel::prelude::*;

use crate::agreements::model::{Party, Request};
use crate::db::schema::{agreement_requests, customer_agreements};
use crate::language::Language;
use crate::links::model::{DraftText, Progress, RequestState};
use crate::values::country::Country;
use crate::values::email::Email;
use crate::values::id::{
    AgreementRequestId, CustomerAgreementId, CustomerId, DraftId, OrganisationId, PersonId,
};
use crate::values::moment::Moment;
use crate::values::token::TokenHash;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = agreement_requests)]
pub struct Row {
    pub id: AgreementRequestId,
    pub provider_id: OrganisationId,
    pub draft_id: Option<DraftId>,
    pub customer_id: Option<CustomerId>,
    pub agreement_id: Option<CustomerAgreementId>,
    pub requested_by: PersonId,
    pub requested_by_name: String,
    pub requested_by_email: Email,
    pub company_name: String,
    pub country: Country,
    pub to_first_name: String,
    pub to_last_name: String,
    pub to_email: Email,
    pub subject: String,
    pub body: String,
    pub token_hash: TokenHash,
    pub state: RequestState,
    pub created_at: Moment,
    pub sent_at: Option<Moment>,
    pub expires_at: Moment,
    pub answered_at: Option<Moment>,
    pub answered_first_name: String,
    pub answered_last_name: String,
    pub decline_reason: String,
    pub revoked_by_name: String,
    pub version: i32,
    pub language: Language,
}

/// A request with the version of the text that it names. Needs the join with the texts.
#[derive(Queryable, Selectable)]
#[diesel(table_name = agreement_requests)]
pub struct VersionedRow {
    #[diesel(embed)]
    row: Row,
    #[diesel(select_expression = customer_agreements::version.nullable())]
    agreement_version: Option<i32>,
}

impl From<VersionedRow> for Request {
    fn from(found: VersionedRow) -> Self {
        found.row.with(found.agreement_version)
    }
}

impl Row {
    /// The request, with the version of the text that it names.
    pub fn with(self, agreement_version: Option<i32>) -> Request {
        Request {
            id: self.id,
            provider: self.provider_id,
            draft: self.draft_id,
            customer: self.customer_id,
            agreement: self.agreement_id,
            agreement_version,
            requested_by: self.requested_by,
            requested_by_name: self.requested_by_name,
            requested_by_email: self.requested_by_email,
            party: Party {
                company_name: self.company_name,
                country: self.country,
                first_name: self.to_first_name,
                last_name: self.to_last_name,
                email: self.to_email,
            },
            text: DraftText { language: self.language, subject: self.subject, text: self.body },
            progress: Progress {
                token_hash: self.token_hash,
                state: self.state,
                created_at: self.created_at,
                sent_at: self.sent_at,
                expires_at: self.expires_at,
                answered_at: self.answered_at,
            },
            answered_by: (self.answered_first_name, self.answered_last_name),
            decline_reason: self.decline_reason,
            revoked_by_name: self.revoked_by_name,
            version: self.version,
        }
    }
}
