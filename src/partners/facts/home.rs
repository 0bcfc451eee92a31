//! What every request asks: the organisation of whoever is signed in, what it has to accept, and who runs the installation.

use diesel::prelude::*;

use super::{OrganisationRow, Spokesman, is_partner};
use crate::access::OrganisationKind;
use crate::db::Connection;
use crate::db::schema::{agreement_acceptances, organisations, partner_agreements};
use crate::error::Result;
use crate::partners::model::OrganisationState;
use crate::values::id::{AgreementId, OrganisationId};
use crate::values::moment::Moment;

/// The organisation of whoever asks.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = organisations)]
pub struct Home {
    #[diesel(embed)]
    pub organisation: OrganisationRow,
    pub requires_second_factor: bool,
    pub suspended_at: Option<Moment>,
    pub suspension_reason: String,
    #[diesel(embed)]
    pub spokesman: Spokesman,
}

impl Home {
    pub fn is_suspended(&self) -> bool {
        self.organisation.state == OrganisationState::Suspended
    }
}

/// Who runs the installation: a name and an address, which may be empty.
///
/// # Errors
/// Database errors.
pub fn operator(conn: &mut Connection) -> Result<Option<(String, String)>> {
    let found: Option<OperatorRow> = organisations::table
        .filter(organisations::kind.eq(OrganisationKind::Operator))
        .filter(is_partner())
        .order(organisations::created_at)
        .select(OperatorRow::as_select())
        .first(conn)
        .optional()?;
    Ok(found.map(|row| {
        let email = if row.support_email.is_empty() { row.contact_email } else { row.support_email };
        (row.name, email)
    }))
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = organisations)]
struct OperatorRow {
    name: String,
    support_email: String,
    contact_email: String,
}

/// Whether the agreement that holds for an organisation has not been accepted.
///
/// # Errors
/// Database errors.
pub fn agreement_waits(
    conn: &mut Connection,
    organisation: &OrganisationId,
    kind: OrganisationKind,
) -> Result<bool> {
    let current: Option<AgreementId> = partner_agreements::table
        .filter(partner_agreements::audience.eq(kind))
        .order(partner_agreements::version.desc())
        .select(partner_agreements::id)
        .first(conn)
        .optional()?;
    let Some(current) = current else { return Ok(false) };
    let accepted = agreement_acceptances::table.find((organisation, &current));
    let accepted: Option<AgreementId> =
        accepted.select(agreement_acceptances::agreement_id).first(conn).optional()?;
    Ok(accepted.is_none())
}
