//! What other areas ask about organisations and locations: what they are called, and the rows, joins and columns by which
//! somebody else's query shows them.

mod home;

use diesel::dsl::{Eq, Nullable, On};
use diesel::expression::AsExpression;
use diesel::prelude::*;
use diesel::sql_types::{self, Text};

pub use home::{Home, agreement_waits, operator};

use super::model::{Location, Organisation, OrganisationState};
use crate::access::OrganisationKind;
use crate::db::Connection;
pub use crate::db::schema::locations::{country as location_country, mpn_id as location_mpn_id};
pub use crate::db::schema::organisations::{
    currency as organisation_currency, id as organisation_id, name as organisation_name,
    sort_name as organisation_sort_name, state as organisation_state,
};
use crate::db::schema::{locations, organisations};
use crate::db::snippet::Snippet;
use crate::error::Result;
use crate::values::country::Country;
use crate::values::currency::Currency;
use crate::values::id::{LocationId, OrganisationId};
use crate::values::mpn_id::MpnId;

/// The name of an organisation.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; database errors.
pub fn name_of(conn: &mut Connection, organisation: &OrganisationId) -> Result<String> {
    Ok(organisations::table.find(organisation).select(organisations::name).first(conn)?)
}

/// An organisation by its name.
#[derive(Queryable, Selectable, Clone, Debug, PartialEq, Eq)]
#[diesel(table_name = organisations)]
pub struct Named {
    pub id: OrganisationId,
    pub name: String,
}

/// Whom to write to at an organisation itself.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = organisations)]
pub struct Spokesman {
    pub kind: OrganisationKind,
    /// Of the primary contact; may be empty.
    pub contact_email: String,
}

/// The mailbox of whoever was named as the primary contact of a company when it was added; of nobody where that is empty.
/// Whoever corrects a customer's account later does not change it.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when there is no such organisation; database errors.
pub fn founding_contact(conn: &mut Connection, id: &OrganisationId) -> Result<String> {
    Ok(organisations::table.find(id).select(organisations::contact_email).first(conn)?)
}

/// An [`Organisation`] as its columns are.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = organisations)]
pub struct OrganisationRow {
    pub id: OrganisationId,
    pub kind: OrganisationKind,
    pub name: String,
    pub country: Country,
    pub currency: Currency,
    pub state: OrganisationState,
}

impl From<OrganisationRow> for Organisation {
    fn from(row: OrganisationRow) -> Self {
        Self {
            id: row.id,
            kind: row.kind,
            name: row.name,
            country: row.country,
            currency: row.currency,
            state: row.state,
        }
    }
}

/// A [`Location`] as its columns are, with whose it is.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = locations)]
pub struct LocationRow {
    pub id: LocationId,
    pub organisation_id: OrganisationId,
    pub name: String,
    pub mpn_id: MpnId,
    pub is_head_office: bool,
    pub country: Country,
    pub city: String,
}

impl From<LocationRow> for Location {
    fn from(row: LocationRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            mpn_id: row.mpn_id,
            is_head_office: row.is_head_office,
            country: row.country,
            city: row.city,
        }
    }
}

/// Whether the organisation takes part in the channel. Customers' companies are organisations, too, a hundred for each
/// partner, and no list of partners is to read them: the indexes of those leave them out by the same words, which a bound
/// value would not be.
pub fn is_partner() -> Snippet {
    Snippet::new("organisations.kind <> 'customer'")
}

/// The organisation whose id stands in a column, for a join.
pub fn organisation<C: AsExpression<Text>>(id: C) -> On<organisations::table, Eq<organisations::id, C>> {
    organisations::table.on(organisations::id.eq(id))
}

/// The organisation whose id may stand in a column, for a left join.
pub fn organisation_if_any<C: AsExpression<sql_types::Nullable<Text>>>(
    id: C,
) -> On<organisations::table, Eq<Nullable<organisations::id>, C>> {
    organisations::table.on(organisations::id.nullable().eq(id))
}

/// The location whose id stands in a column, for a join.
pub fn location<C: AsExpression<Text>>(id: C) -> On<locations::table, Eq<locations::id, C>> {
    locations::table.on(locations::id.eq(id))
}
