//! Organisations of one name, however it is written.

use std::collections::{HashMap, HashSet};

use diesel::dsl::count_star;
use diesel::prelude::*;

use crate::db::Connection;
use crate::db::among::is_among;
use crate::db::schema::{locations, organisations};
use crate::error::Result;
use crate::partners::facts::is_partner;
use crate::values::country::Country;
use crate::values::id::OrganisationId;
use crate::values::mpn_id::MpnId;
use crate::values::name::name_key;

/// So many of one name are named.
const MOST: i64 = 5;

/// An organisation that is called like another one, with what tells them apart.
#[derive(Clone, Debug)]
pub struct Namesake {
    pub id: OrganisationId,
    pub name: String,
    pub country: Country,
    /// Of its first location.
    pub mpn_id: Option<MpnId>,
}

/// Some organisations that are called so, but this one.
///
/// # Errors
/// Database errors.
pub fn namesakes(
    conn: &mut Connection,
    name: &str,
    except: Option<&OrganisationId>,
) -> Result<Vec<Namesake>> {
    let mut query = organisations::table
        .filter(organisations::name_key.eq(name_key(name)))
        .filter(is_partner())
        .order(organisations::id)
        .select(Row::as_select())
        .limit(MOST)
        .into_boxed();
    if let Some(except) = except {
        query = query.filter(organisations::id.ne(except));
    }
    let found: Vec<Row> = query.load(conn)?;
    let ids: Vec<&OrganisationId> = found.iter().map(|row| &row.id).collect();
    let mut mpn_ids = mpn_ids_of(conn, &ids)?;
    let namesake = |row: Row| Namesake {
        mpn_id: mpn_ids.remove(&row.id),
        id: row.id,
        name: row.name,
        country: row.country,
    };
    Ok(found.into_iter().map(namesake).collect())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = organisations)]
struct Row {
    id: OrganisationId,
    name: String,
    country: Country,
}

/// Which of these organisations are not the only ones of their names.
///
/// # Errors
/// Database errors.
pub fn ambiguous(conn: &mut Connection, of: &[(&OrganisationId, &str)]) -> Result<HashSet<OrganisationId>> {
    let keys: Vec<String> = of.iter().map(|(_, name)| name_key(name)).collect();
    let counted: Vec<(String, i64)> = organisations::table
        .filter(organisations::name_key.eq_any(&keys))
        .filter(is_partner())
        .group_by(organisations::name_key)
        .select((organisations::name_key, count_star()))
        .load(conn)?;
    let several: HashSet<String> =
        counted.into_iter().filter(|(_, count)| *count > 1).map(|(key, _)| key).collect();
    let pairs = of.iter().zip(&keys).filter(|(_, key)| several.contains(*key));
    Ok(pairs.map(|((id, _), _)| *(*id)).collect())
}

/// The MPN ID of the first location of each of these organisations.
///
/// # Errors
/// Database errors.
pub fn mpn_ids_of(conn: &mut Connection, ids: &[&OrganisationId]) -> Result<HashMap<OrganisationId, MpnId>> {
    let rows: Vec<(OrganisationId, MpnId)> = locations::table
        .filter(is_among(locations::organisation_id, ids.iter().copied()))
        .order((locations::created_at.desc(), locations::id.desc()))
        .select((locations::organisation_id, locations::mpn_id))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}
