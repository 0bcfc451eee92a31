//! The users of a customer's company, by name.

use std::collections::HashMap;

use diesel::dsl::exists;
use diesel::prelude::*;

use super::licenses::with_names;
use super::{Row, looked_after, picks};
use crate::access::permission::ManageUsers;
use crate::access::{Allowed, Viewer};
use crate::customers::model::Customer;
use crate::db::Connection;
use crate::db::among::is_among;
use crate::db::schema::customer_users;
use crate::error::Result;
use crate::licenses::facts::holders;
use crate::people::facts::person_id;
use crate::people::model::{Member, Standing};
use crate::people::store::list::{IsWanted, Wanted, count_within, members_among, page_within};
use crate::users::form::UserFilter;
use crate::users::model::User;
use crate::values::country::Country;
use crate::values::id::{CustomerId, CustomerUserId, OfferId, PersonId};
use crate::web::Count;
use crate::web::pager::{Page, Portion, Start};

/// A portion of the users of a customer who are not deleted, their number, and how many are deleted.
pub struct Listed {
    pub customer: Customer,
    pub page: Page<User>,
    pub found: Count,
    pub deleted: Count,
}

/// Which users are listed.
#[derive(Clone, Debug)]
pub struct Narrowed {
    pub people: Wanted,
    pub location: Option<Country>,
    /// Who has a license of this offer, out of what the customer bought.
    pub license: Option<OfferId>,
}

impl Narrowed {
    pub fn of(filter: &UserFilter) -> Self {
        let people = Wanted { is_open: true, ..filter.people.wanted() };
        Self { people, location: filter.location(), license: filter.license() }
    }

    /// Those who were deleted and are not purged.
    pub fn deleted() -> Self {
        let people = Wanted { standing: Some(Standing::Inactive), ..Wanted::default() };
        Self { people, location: None, license: None }
    }
}

/// A page of them.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when the customer is beyond reach; [`crate::error::Error::Undelegated`]; database
/// errors.
pub fn page_of(
    conn: &mut Connection,
    by: &Allowed<ManageUsers>,
    id: &CustomerId,
    narrowed: &Narrowed,
    portion: &Portion,
) -> Result<Listed> {
    let customer = looked_after(conn, &by.reach(), id)?;
    let (company, wanted) = (&customer.company, &narrowed.people);
    let page = page_within(conn, company, wanted, condition(id, narrowed), portion)?;
    let (page, found) = page.with_count(|| count_within(conn, company, wanted, condition(id, narrowed)))?;
    let page = page.read(|members| users(conn, members))?;
    let deleted = count_of(conn, &customer, &Narrowed::deleted())?;
    Ok(Listed { page, found, deleted, customer })
}

/// The same without what the page says of it, for files: with the products of which each has a license.
///
/// # Errors
/// As for [`page_of`].
pub fn portion_of(
    conn: &mut Connection,
    by: &Allowed<ManageUsers>,
    id: &CustomerId,
    narrowed: &Narrowed,
    portion: &Portion,
) -> Result<Page<(User, Vec<String>)>> {
    let customer = looked_after(conn, &by.reach(), id)?;
    let page = page_within(conn, &customer.company, &narrowed.people, condition(id, narrowed), portion)?;
    page.read(|members| {
        let users = users(conn, members)?;
        with_names(conn, &customer, users)
    })
}

/// Those of some users who are not deleted, by name.
///
/// # Errors
/// Database errors.
pub(super) fn of_ids(
    conn: &mut Connection,
    customer: &Customer,
    ids: &[CustomerUserId],
) -> Result<Vec<User>> {
    let of_company = customer_users::table
        .filter(is_among(customer_users::id, ids))
        .filter(customer_users::customer_id.eq(customer.company.first_account()))
        .filter(customer_users::deleted_at.is_null())
        .filter(customer_users::person_id.is_not_null());
    let people: Vec<PersonId> = of_company.select(customer_users::person_id.assume_not_null()).load(conn)?;
    let mut members = members_among(conn, &people)?;
    members.retain(|member| member.standing != Standing::Inactive);
    members.sort_by(|one, other| (&one.sort_name, one.id).cmp(&(&other.sort_name, other.id)));
    users(conn, members)
}

/// The ids of those whom a list finds, at most one more than so many.
///
/// # Errors
/// Database errors.
pub(super) fn ids_found(
    conn: &mut Connection,
    customer: &Customer,
    narrowed: &Narrowed,
    most: usize,
) -> Result<Vec<CustomerUserId>> {
    let portion = Portion::new(&Start::First, most.saturating_add(1));
    let wanted = condition(&customer.id, narrowed);
    let page = page_within(conn, &customer.company, &narrowed.people, wanted, &portion)?;
    Ok(page.read(|members| users(conn, members))?.rows.into_iter().map(|user| user.id).collect())
}

/// Whom the viewer has ticked and who is not deleted by now, by name.
///
/// # Errors
/// Database errors.
pub(super) fn picked_users(conn: &mut Connection, by: &Viewer, customer: &Customer) -> Result<Vec<User>> {
    let picked = picks::picked(conn, by, &customer.id)?;
    of_ids(conn, customer, &picked)
}

/// How many of the users of a customer.
///
/// # Errors
/// Database errors.
pub fn count_of(conn: &mut Connection, customer: &Customer, narrowed: &Narrowed) -> Result<Count> {
    count_within(conn, &customer.company, &narrowed.people, condition(&customer.id, narrowed))
}

fn condition(customer: &CustomerId, narrowed: &Narrowed) -> Option<IsWanted> {
    let users = || customer_users::table.filter(customer_users::person_id.eq(person_id.nullable()));
    let there = |location: Country| customer_users::location.eq(location.code());
    let licensed = |offer: OfferId| customer_users::id.eq_any(holders(*customer, offer));
    Some(match (narrowed.location, narrowed.license) {
        (None, None) => return None,
        (Some(location), None) => Box::new(exists(users().filter(there(location)))),
        (None, Some(offer)) => Box::new(exists(users().filter(licensed(offer)))),
        (Some(location), Some(offer)) => {
            Box::new(exists(users().filter(there(location)).filter(licensed(offer))))
        }
    })
}

/// What is kept of people as users. Who is none of the company's users, such as nobody is, stays out.
fn users(conn: &mut Connection, members: Vec<Member>) -> Result<Vec<User>> {
    let ids: Vec<&PersonId> = members.iter().map(|member| &member.id).collect();
    let rows: Vec<Row> = customer_users::table
        .filter(is_among(customer_users::person_id.assume_not_null(), ids))
        .select(Row::as_select())
        .load(conn)?;
    let rows = rows.into_iter().filter_map(|row| Some((row.person_id?, row)));
    let mut rows: HashMap<PersonId, Row> = rows.collect();
    let user = |member: Member| rows.remove(&member.id).map(|row| row.user(member));
    Ok(members.into_iter().filter_map(user).collect())
}
