//! A request as its columns are.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::access::Viewer;
use crate::db::Connection;
use crate::db::schema::customer_requests;
use crate::error::Result;
use crate::invitations::model::{Drafted, Request};
use crate::language::Language;
use crate::links::model::{DraftText, Progress, RequestState};
use crate::partners::facts::{name_of, organisation_if_any, organisation_name};
use crate::values::email::Email;
use crate::values::id::{CustomerId, CustomerRequestId, OrganisationId, PersonId};
use crate::values::moment::Moment;
use crate::values::token::TokenHash;

/// A request with the name of the reseller that made it, if one did.
#[derive(Queryable, Selectable)]
#[diesel(table_name = customer_requests)]
pub struct Row {
    id: CustomerRequestId,
    provider_id: OrganisationId,
    reseller_id: Option<OrganisationId>,
    #[diesel(select_expression = organisation_name.nullable())]
    reseller_name: Option<String>,
    requested_by: PersonId,
    requested_by_name: String,
    requested_by_email: Email,
    to_email: Email,
    to_name: String,
    includes_administration: bool,
    language: Language,
    subject: String,
    body: String,
    token_hash: TokenHash,
    state: RequestState,
    created_at: Moment,
    sent_at: Option<Moment>,
    reminded_at: Option<Moment>,
    expires_at: Moment,
    answered_at: Option<Moment>,
    answered_by_name: String,
    company_name: String,
    customer_id: Option<CustomerId>,
    decline_reason: String,
    version: i32,
}

/// Which row is meant, for [`request`].
pub enum By<'a> {
    /// That the viewer's organisation made, or that brings it a customer.
    Id(&'a CustomerRequestId, &'a Viewer),
    Token(&'a TokenHash),
}

/// The request that is meant.
pub fn request(conn: &mut Connection, by: By) -> Result<Option<Request>> {
    let all = customer_requests::table
        .left_join(organisation_if_any(customer_requests::reseller_id))
        .select(Row::as_select())
        .into_boxed();
    let meant = match by {
        By::Id(id, viewer) if viewer.is_provider() => all
            .filter(customer_requests::id.eq(id))
            .filter(customer_requests::provider_id.eq(&viewer.organisation.id)),
        By::Id(id, viewer) => all
            .filter(customer_requests::id.eq(id))
            .filter(customer_requests::reseller_id.eq(&viewer.organisation.id)),
        By::Token(hash) => all.filter(customer_requests::token_hash.eq(hash)),
    };
    let found: Option<Row> = meant.first(conn).optional()?;
    Ok(named(conn, found)?.pop())
}

/// Rows with the names of their providers: a page of them has a handful.
pub fn named(conn: &mut Connection, rows: impl IntoIterator<Item = Row>) -> Result<Vec<Request>> {
    let mut names: HashMap<OrganisationId, String> = HashMap::new();
    let mut requests = Vec::new();
    for row in rows {
        let provider_name = match names.get(&row.provider_id) {
            Some(name) => name.clone(),
            None => name_of(conn, &row.provider_id)?,
        };
        names.insert(row.provider_id, provider_name.clone());
        requests.push(row.with(provider_name));
    }
    Ok(requests)
}

impl Row {
    fn with(self, provider_name: String) -> Request {
        let text = DraftText { language: self.language, subject: self.subject, text: self.body };
        Request {
            id: self.id,
            provider: self.provider_id,
            provider_name,
            reseller: self.reseller_id,
            reseller_name: self.reseller_name,
            requested_by: self.requested_by,
            requested_by_name: self.requested_by_name,
            requested_by_email: self.requested_by_email,
            drafted: Drafted {
                to: self.to_email,
                to_name: self.to_name,
                includes_administration: self.includes_administration,
                text,
            },
            progress: Progress {
                token_hash: self.token_hash,
                state: self.state,
                created_at: self.created_at,
                sent_at: self.sent_at,
                expires_at: self.expires_at,
                answered_at: self.answered_at,
            },
            reminded_at: self.reminded_at,
            answered_by_name: self.answered_by_name,
            company_name: self.company_name,
            customer: self.customer_id,
            decline_reason: self.decline_reason,
            version: self.version,
        }
    }
}
