//! The members of the viewer's organisation, by name.

use std::collections::HashMap;

use diesel::dsl::exists;
use diesel::prelude::*;

use crate::access::permission::ManagePeople;
use crate::access::{Allowed, Role, Viewer};
use crate::db::Connection;
use crate::db::among::is_among;
use crate::db::like::any_part;
use crate::db::row_values::Condition;
use crate::db::schema::{people, person_roles};
use crate::error::{Error, Result};
use crate::partners::facts::organisation_id;
use crate::partners::store::directory::IsMeant;
use crate::people::model::{Member, Standing};
use crate::values::email::Email;
use crate::values::id::{OrganisationId, PersonId};
use crate::values::moment::Moment;
use crate::web::Count;
use crate::web::pager::{Page, Portion, ascending, keyset};

/// Which members are listed.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Any part of name or address, in lower case.
    pub needle: String,
    /// A part of an address.
    pub address: String,
    pub role: Option<Role>,
    pub standing: Option<Standing>,
    /// Only who is not deactivated.
    pub is_open: bool,
}

/// A member as its columns are.
#[derive(Queryable, Selectable)]
#[diesel(table_name = people)]
struct Row {
    id: PersonId,
    name: String,
    sort_name: String,
    email: Email,
    state: String,
    must_change_password: bool,
    created_at: Moment,
    invited_at: Option<Moment>,
    deactivated_at: Option<Moment>,
    version: i32,
}

impl Row {
    fn standing(&self) -> Standing {
        match (self.state.as_str(), self.invited_at) {
            ("active", None) => Standing::Active,
            ("active", Some(_)) => Standing::Invited,
            _ => Standing::Inactive,
        }
    }
}

/// A page of members. Who has been purged is not among them.
///
/// # Errors
/// Database errors.
pub fn page_of(
    conn: &mut Connection,
    by: &Allowed<ManagePeople>,
    wanted: &Wanted,
    portion: &Portion,
) -> Result<Page<Member>> {
    page_within(conn, &by.organisation.id, wanted, None, portion)
}

/// How many members the list has.
///
/// # Errors
/// Database errors.
pub fn count(conn: &mut Connection, by: &Allowed<ManagePeople>, wanted: &Wanted) -> Result<Count> {
    count_within(conn, &by.organisation.id, wanted, None)
}

/// A condition on people, out of tables of which this area knows nothing.
pub type IsWanted = Condition<people::table>;

/// A page of the people of an organisation.
///
/// # Errors
/// Database errors.
pub fn page_within(
    conn: &mut Connection,
    organisation: &OrganisationId,
    wanted: &Wanted,
    condition: Option<IsWanted>,
    portion: &Portion,
) -> Result<Page<Member>> {
    rows_of(conn, organisation, wanted, condition, portion)?.read(|rows| members(conn, rows))
}

/// People by their ids, in no order. Nothing else is asked, so that SQLite goes by the ids and not through a whole company.
///
/// # Errors
/// Database errors.
pub fn members_among(conn: &mut Connection, ids: &[PersonId]) -> Result<Vec<Member>> {
    let rows: Vec<Row> =
        people::table.filter(is_among(people::id, ids)).select(Row::as_select()).load(conn)?;
    members(conn, rows)
}

/// How many that list has.
///
/// # Errors
/// Database errors.
pub fn count_within(
    conn: &mut Connection,
    organisation: &OrganisationId,
    wanted: &Wanted,
    condition: Option<IsWanted>,
) -> Result<Count> {
    Ok(rows_of(conn, organisation, wanted, condition, &Portion::counted())?.counted())
}

fn rows_of(
    conn: &mut Connection,
    organisation: &OrganisationId,
    wanted: &Wanted,
    condition: Option<IsWanted>,
    portion: &Portion,
) -> Result<Page<Row>> {
    let mut query = people::table
        .filter(people::organisation_id.eq(organisation))
        .filter(people::purged_at.is_null())
        .into_boxed();
    if let Some(condition) = condition {
        query = query.filter(condition);
    }
    if !wanted.needle.is_empty() {
        let pattern = any_part(&wanted.needle);
        let name = people::sort_name.like(pattern).escape('\\');
        let address = people::email.like(any_part(&wanted.address)).escape('\\');
        query = query.filter(name.or(address));
    }
    if let Some(role) = wanted.role {
        let has = person_roles::table.filter(person_roles::person_id.eq(people::id));
        query = query.filter(exists(has.filter(person_roles::role.eq(role))));
    }
    query = match wanted.standing {
        Some(Standing::Invited) => {
            query.filter(people::invited_at.is_not_null()).filter(people::state.eq("active"))
        }
        Some(Standing::Active) => {
            query.filter(people::invited_at.is_null()).filter(people::state.eq("active"))
        }
        Some(Standing::Inactive) => query.filter(people::state.eq("inactive")),
        None if wanted.is_open => query.filter(people::state.eq("active")),
        None => query,
    };
    keyset(conn, query, ascending(people::sort_name, people::id), portion)
}

/// The member of this organisation who signs in with an address.
///
/// # Errors
/// Database errors.
pub fn at_address(conn: &mut Connection, by: &Viewer, email: &Email) -> Result<Option<Member>> {
    at_address_in(conn, &by.organisation.id, email)
}

/// The same of any organisation.
///
/// # Errors
/// Database errors.
pub fn at_address_in(
    conn: &mut Connection,
    organisation: &OrganisationId,
    email: &Email,
) -> Result<Option<Member>> {
    let row: Option<Row> = people::table
        .filter(people::email.eq(email))
        .filter(people::organisation_id.eq(organisation))
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    Ok(row.map(|row| members(conn, vec![row])).transpose()?.and_then(|mut members| members.pop()))
}

/// A member of this organisation.
///
/// # Errors
/// [`Error::NotFound`] when there is none, it is another organisation's or has been purged; database errors.
pub fn find(conn: &mut Connection, organisation: &OrganisationId, id: &PersonId) -> Result<Member> {
    let row: Row = people::table
        .filter(people::id.eq(id))
        .filter(people::organisation_id.eq(organisation))
        .filter(people::purged_at.is_null())
        .select(Row::as_select())
        .first(conn)?;
    members(conn, vec![row])?.pop().ok_or(Error::NotFound)
}

fn members(conn: &mut Connection, rows: Vec<Row>) -> Result<Vec<Member>> {
    let ids: Vec<&PersonId> = rows.iter().map(|row| &row.id).collect();
    let given: Vec<(PersonId, Role)> = person_roles::table
        .filter(is_among(person_roles::person_id, ids))
        .select((person_roles::person_id, person_roles::role))
        .load(conn)?;
    let mut roles: HashMap<PersonId, Vec<Role>> = HashMap::new();
    for (person, role) in given {
        roles.entry(person).or_default().push(role);
    }
    let member = |row: Row| {
        let mut roles = roles.remove(&row.id).unwrap_or_default();
        roles.sort_unstable();
        Member {
            standing: row.standing(),
            id: row.id,
            name: row.name,
            sort_name: row.sort_name,
            email: row.email,
            roles,
            must_change_password: row.must_change_password,
            created_at: row.created_at,
            deactivated_at: row.deactivated_at,
            version: row.version,
        }
    };
    Ok(rows.into_iter().map(member).collect())
}

/// Whether an organisation of a list has somebody with this part in the name, or that one in the address.
pub fn has_somebody(organisation: organisation_id, name: &str, address: &str) -> IsMeant {
    let (name, address) = (any_part(name), any_part(address));
    let somebody = people::table
        .filter(people::organisation_id.eq(organisation))
        .filter(people::sort_name.like(name).escape('\\').or(people::email.like(address).escape('\\')));
    Box::new(exists(somebody))
}

/// Whether the installation has any account at all.
///
/// # Errors
/// When the database fails.
pub fn is_anybody(conn: &mut Connection) -> Result<bool> {
    Ok(diesel::select(diesel::dsl::exists(people::table.select(people::id))).get_result(conn)?)
}
