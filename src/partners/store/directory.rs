//! All organisations of the installation but those of customers, whoever's they are.

use diesel::dsl::exists;
use diesel::prelude::*;

use crate::access::permission::SeeInstallation;
use crate::access::{Allowed, OrganisationKind};
use crate::db::Connection;
use crate::db::like::any_part;
use crate::db::row_values::Condition;
use crate::db::schema::{locations, organisations};
use crate::error::Result;
use crate::partners::facts::is_partner;
use crate::partners::model::OrganisationState;
use crate::values::country::Country;
use crate::values::id::OrganisationId;
use crate::web::Count;
use crate::web::pager::{Page, Portion, ascending, keyset};

/// Which organisations are listed.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Any part of the name, of an MPN ID, of an address or of one of its people, folded.
    pub needle: String,
    /// A part of an address, as servers write it.
    pub address: String,
    pub kind: Option<OrganisationKind>,
    pub state: Option<OrganisationState>,
}

/// An organisation of the list.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = organisations)]
pub struct Row {
    pub id: OrganisationId,
    pub name: String,
    pub sort_name: String,
    pub kind: OrganisationKind,
    pub country: Country,
    pub state: OrganisationState,
}

/// A condition on organisations.
pub type IsMeant = Condition<organisations::table>;

/// A portion of the organisations by name. What is looked for may also be found by a condition
/// on the column of their ids, out of tables of which this area knows nothing.
///
/// # Errors
/// Database errors.
pub fn page_of(
    conn: &mut Connection,
    _by: &Allowed<SeeInstallation>,
    wanted: &Wanted,
    or_else: impl FnOnce(organisations::id) -> IsMeant,
    portion: &Portion,
) -> Result<Page<Row>> {
    let (sort, id) = (organisations::sort_name, organisations::id);
    let mut query = organisations::table.filter(is_partner()).into_boxed();
    if !wanted.needle.is_empty() {
        let (pattern, address) = (any_part(&wanted.needle), any_part(&wanted.address));
        let of_location = locations::table
            .filter(locations::organisation_id.eq(id))
            .filter(locations::mpn_id.like(pattern.clone()).escape('\\'));
        query = query.filter(
            sort.like(pattern)
                .escape('\\')
                .or(organisations::contact_email.like(address.clone()).escape('\\'))
                .or(organisations::support_email.like(address).escape('\\'))
                .or(exists(of_location))
                .or(or_else(id)),
        );
    }
    if let Some(kind) = wanted.kind {
        query = query.filter(organisations::kind.eq(kind));
    }
    if let Some(state) = wanted.state {
        query = query.filter(organisations::state.eq(state));
    }
    keyset(conn, query, ascending(sort, id), portion)
}

/// How many organisations of a kind are in a state.
///
/// # Errors
/// Database errors.
pub fn count_of(
    conn: &mut Connection,
    _by: &Allowed<SeeInstallation>,
    kind: OrganisationKind,
    state: OrganisationState,
) -> Result<Count> {
    let some = organisations::table
        .filter(organisations::state.eq(state))
        .filter(organisations::kind.eq(kind))
        .select(organisations::id)
        .limit(Count::LIMIT)
        .load::<OrganisationId>(conn)?;
    Ok(Count::of(some.len()))
}
