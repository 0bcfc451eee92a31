//! A request as its columns are.

use diesel::prelude::*;

use crate::db::Connection;
use crate::db::schema::partnership_requests;
use crate::error::Result;
use crate::language::Language;
use crate::links::model::{DraftText, Progress, RequestState};
use crate::partners::facts::{organisation_if_any, organisation_name};
use crate::partnerships::model::Request;
use crate::people::facts::proved_addresses;
use crate::values::email::Email;
use crate::values::id::{OrganisationId, PartnershipRequestId, PersonId};
use crate::values::moment::Moment;
use crate::values::token::TokenHash;

#[derive(Queryable, Selectable)]
#[diesel(table_name = partnership_requests)]
pub struct Row {
    id: PartnershipRequestId,
    provider_id: OrganisationId,
    requested_by: PersonId,
    requested_by_name: String,
    requested_by_email: Email,
    to_email: Email,
    language: Language,
    subject: String,
    body: String,
    token_hash: TokenHash,
    state: RequestState,
    created_at: Moment,
    sent_at: Option<Moment>,
    expires_at: Moment,
    answered_at: Option<Moment>,
    answered_by_name: Option<String>,
    reseller_id: Option<OrganisationId>,
    decline_reason: Option<String>,
    version: i32,
    addressee_only: bool,
    answered_by_email: Option<Email>,
}

/// A request with the name of the reseller that answered it.
#[derive(Queryable, Selectable)]
#[diesel(table_name = partnership_requests)]
pub struct NamedRow {
    #[diesel(embed)]
    row: Row,
    #[diesel(select_expression = organisation_name.nullable())]
    reseller_name: Option<String>,
}

/// Which row is meant, for [`request`].
pub enum By<'a> {
    Id(&'a PartnershipRequestId, &'a OrganisationId),
    Token(&'a TokenHash),
    /// Sent to somebody who is active in this organisation.
    Addressed(&'a PartnershipRequestId, &'a OrganisationId),
}

/// The request that is meant, with the name of the reseller that answered it.
pub fn request(conn: &mut Connection, by: By) -> Result<Option<Request>> {
    let all = partnership_requests::table
        .left_join(organisation_if_any(partnership_requests::reseller_id))
        .select(NamedRow::as_select())
        .into_boxed();
    let meant = match by {
        By::Id(id, provider) => {
            all.filter(partnership_requests::id.eq(id)).filter(partnership_requests::provider_id.eq(provider))
        }
        By::Addressed(id, organisation) => all
            .filter(partnership_requests::id.eq(id))
            .filter(partnership_requests::to_email.eq_any(proved_addresses(organisation))),
        By::Token(hash) => all.filter(partnership_requests::token_hash.eq(hash)),
    };
    let found: Option<NamedRow> = meant.first(conn).optional()?;
    Ok(found.map(Request::from))
}

impl From<NamedRow> for Request {
    fn from(NamedRow { row, reseller_name }: NamedRow) -> Self {
        Self {
            id: row.id,
            provider: row.provider_id,
            requested_by: row.requested_by,
            requested_by_name: row.requested_by_name,
            requested_by_email: row.requested_by_email,
            to: row.to_email,
            draft: DraftText { language: row.language, subject: row.subject, text: row.body },
            addressee_only: row.addressee_only,
            progress: Progress {
                token_hash: row.token_hash,
                state: row.state,
                created_at: row.created_at,
                sent_at: row.sent_at,
                expires_at: row.expires_at,
                answered_at: row.answered_at,
            },
            answered_by_name: row.answered_by_name,
            answered_by_email: row.answered_by_email,
            reseller: row.reseller_id,
            reseller_name,
            decline_reason: row.decline_reason,
            version: row.version,
        }
    }
}
