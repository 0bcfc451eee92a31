//! A request as its columns are.

use diesel::prelude::*;

use crate::db::Connection;
use crate::db::schema::{organisations, partnership_requests, people};
use crate::error::Result;
use crate::links::model::{DraftText, RequestState};
use crate::partnerships::model::Request;
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

/// Which row is meant, for [`request`].
pub enum By<'a> {
    Id(&'a PartnershipRequestId, &'a OrganisationId),
    Token(&'a TokenHash),
    /// Sent to somebody who is active in this organisation.
    Addressed(&'a PartnershipRequestId, &'a OrganisationId),
}

/// The request that is meant, with the name of the reseller that answered it.
pub fn request(conn: &mut Connection, by: By) -> Result<Option<Request>> {
    let query = partnership_requests::table
        .left_join(
            organisations::table.on(partnership_requests::reseller_id.eq(organisations::id.nullable())),
        )
        .select((Row::as_select(), organisations::name.nullable()))
        .into_boxed();
    let found: Option<(Row, Option<String>)> = match by {
        By::Id(id, provider) => query
            .filter(partnership_requests::id.eq(id))
            .filter(partnership_requests::provider_id.eq(provider))
            .first(conn)
            .optional()?,
        By::Addressed(id, organisation) => query
            .filter(partnership_requests::id.eq(id))
            .filter(partnership_requests::to_email.eq_any(addresses_of(organisation)))
            .first(conn)
            .optional()?,
        By::Token(hash) => query.filter(partnership_requests::token_hash.eq(hash)).first(conn).optional()?,
    };
    Ok(found.map(|(row, reseller_name)| row.with(reseller_name)))
}

/// The addresses of the people of an organisation who have proved that they read that mailbox: an admin may give
/// an account any address.
#[diesel::dsl::auto_type]
pub fn addresses_of<'a>(organisation: &'a OrganisationId) -> _ {
    people::table
        .filter(people::organisation_id.eq(organisation))
        .filter(people::state.eq("active"))
        .filter(people::mailbox_proved_at.is_not_null())
        .select(people::email)
}

impl Row {
    pub fn with(self, reseller_name: Option<String>) -> Request {
        Request {
            id: self.id,
            provider: self.provider_id,
            requested_by: self.requested_by,
            requested_by_name: self.requested_by_name,
            requested_by_email: self.requested_by_email,
            to: self.to_email,
            draft: DraftText { subject: self.subject, text: self.body },
            addressee_only: self.addressee_only,
            token_hash: self.token_hash,
            state: self.state,
            created_at: self.created_at,
            sent_at: self.sent_at,
            expires_at: self.expires_at,
            answered_at: self.answered_at,
            answered_by_name: self.answered_by_name,
            answered_by_email: self.answered_by_email,
            reseller: self.reseller_id,
            reseller_name,
            decline_reason: self.decline_reason,
            version: self.version,
        }
    }
}
