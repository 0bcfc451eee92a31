//! One more user of a customer's company.

use diesel::prelude::*;

use super::dealing::changes;
use super::licenses::products_to_give;
use super::sheets::{self, Sealed};
use super::{NewRow, Told, find, open, record_with};
use crate::access::permission::{AddUsers, ManageUserRoles};
use crate::access::{Allowed, Role, Viewer};
use crate::activity::{Action, Change};
use crate::customers::model::Customer;
use crate::db::Connection;
use crate::db::schema::customer_users;
use crate::error::{Error, Result};
use crate::licenses::model::rules::{Holder, steps};
use crate::licenses::model::{Deal, Product, Refusal, Steps, Wanted};
use crate::licenses::store::take_steps;
use crate::people;
use crate::people::model::Standing;
use crate::people::store::{NewPerson, list};
use crate::session::postage;
use crate::users::letters::admin_news::News;
use crate::users::model::Details;
use crate::values::email::Email;
use crate::values::id::{CredentialSheetId, CustomerId, CustomerUserId, OfferId, PersonId};
use crate::values::moment::Moment;
use crate::values::password::PasswordHash;

/// Somebody to be added to a customer's company.
#[derive(Clone, Debug)]
pub struct NewUser {
    /// Chosen by the page, so that sending it twice adds one.
    pub id: CustomerUserId,
    pub person: PersonId,
    pub user_name: Email,
    pub details: Details,
    pub password_hash: PasswordHash,
    /// Offers of which the user gets a license at once.
    pub licenses: Vec<OfferId>,
}

/// What came of adding somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Added {
    /// The password waits on this sheet.
    Now(CredentialSheetId),
    /// The same page was sent before; the password may still be in hand.
    Before(Option<CredentialSheetId>),
    /// The same page was sent before, with somebody else in it.
    BeforeWithAnother,
    /// Somebody signs in with the user name.
    Taken,
    /// A user of the company has it who was deleted.
    TakenByDeleted(CustomerUserId),
    /// The viewer gives no admin roles.
    RolesNotGivable,
    /// A rule refuses a license.
    Unlicensed(Refusal),
}

/// Adds a user, whose password waits on a sheet for the viewer.
///
/// # Errors
/// [`Error::NotFound`] when the customer is beyond reach; [`Error::Undelegated`]; [`Error::Ended`]; database errors.
pub fn add(
    conn: &mut Connection,
    by: &Allowed<AddUsers>,
    customer: &CustomerId,
    new: &NewUser,
    (sealed, news): (&Sealed, &News),
    now: Moment,
) -> Result<Added> {
    let customer = open(conn, &by.reach(), customer)?;
    match find(conn, &customer, &new.id) {
        Ok(before) if before.member.email == new.user_name => {
            return Ok(Added::Before(sheets::holding(conn, by, &new.id, now)?));
        }
        Ok(_) => return Ok(Added::BeforeWithAnother),
        Err(Error::NotFound) => {}
        Err(error) => return Err(error),
    }
    if !new.details.roles.is_empty() && !by.may::<ManageUserRoles>() {
        return Ok(Added::RolesNotGivable);
    }
    let products = products_to_give(conn, &customer.id, (&new.licenses, &[]), now)?;
    let steps = match licensed(new, &products) {
        Ok(steps) => steps,
        Err(refusal) => return Ok(Added::Unlicensed(refusal)),
    };
    if is_kept(conn, new)? || !insert(conn, by, &customer, new, now)? {
        return holder_of(conn, &customer, new);
    }
    if new.details.roles.contains(&Role::GlobalAdmin) {
        postage::put_news(conn, &news.given.0, &news.given.1, now)?;
    }
    let sheet = sheets::keep(conn, by, (&customer.id, &new.id), sealed, now)?;
    take_steps(conn, (&customer.id, &new.id), &steps, (&by.name, now))?;
    let told = Told {
        action: Action::AddCustomerUser,
        changes: created(new),
        own: changes(&[], &steps, &products),
        is_refused: false,
    };
    record_with(conn, by, (&customer, (&new.id, new.user_name.as_str())), &told, now)?;
    Ok(Added::Now(sheet))
}

/// Whether some user has the name or the id already: whoever signs in with another address by now still has the name.
pub(super) fn is_kept(conn: &mut Connection, new: &NewUser) -> Result<bool> {
    let kept = customer_users::table
        .filter(customer_users::user_name.eq(new.user_name.as_str()).or(customer_users::id.eq(&new.id)))
        .select(customer_users::id);
    Ok(kept.first::<CustomerUserId>(conn).optional()?.is_some())
}

/// Adds the person and the row; answers `false` when somebody signs in with the user name.
pub(super) fn insert(
    conn: &mut Connection,
    by: &Viewer,
    customer: &Customer,
    new: &NewUser,
    now: Moment,
) -> Result<bool> {
    let person = NewPerson {
        id: new.person,
        organisation: customer.company,
        name: new.details.display_name.clone(),
        email: new.user_name.clone(),
        password_hash: new.password_hash.clone(),
        must_change_password: true,
        time_zone: by.zone.name().to_owned(),
        language: None,
        roles: new.details.roles.clone(),
    };
    if !people::store::add(conn, &person, now)? {
        return Ok(false);
    }
    let row = NewRow {
        id: &new.id,
        customer_id: customer.company.first_account(),
        user_name: new.user_name.as_str(),
        is_first_admin: false,
        created_at: now,
        person_id: Some(&new.person),
        first_name: &new.details.first_name,
        last_name: &new.details.last_name,
        location: new.details.location.code(),
        added_by_name: &by.name,
    };
    diesel::insert_into(customer_users::table).values(row).execute(conn)?;
    Ok(true)
}

/// Whether it is a deleted user of the company who has the user name.
fn holder_of(conn: &mut Connection, customer: &Customer, new: &NewUser) -> Result<Added> {
    let Some(member) = list::at_address_in(conn, &customer.company, &new.user_name)? else {
        return Ok(Added::Taken);
    };
    if member.standing != Standing::Inactive {
        return Ok(Added::Taken);
    }
    let user: Option<CustomerUserId> = customer_users::table
        .filter(customer_users::person_id.eq(Some(&member.id)))
        .select(customer_users::id)
        .first(conn)
        .optional()?;
    Ok(user.map_or(Added::Taken, Added::TakenByDeleted))
}

/// What the user gets at once, of what there is.
fn licensed(new: &NewUser, products: &[Product]) -> Result<Steps, Refusal> {
    let give = new.licenses.iter().map(|offer| Wanted::whole(*offer)).collect();
    let deal = Deal { give, take: Vec::new() };
    steps(Holder { location: Some(new.details.location), held: &[] }, &deal, products)
}

pub(super) fn created(new: &NewUser) -> Vec<Change> {
    let details = &new.details;
    let roles = details.roles.iter().map(|role| role.as_text()).collect::<Vec<_>>().join(" ");
    let all = [
        ("name", details.display_name.clone()),
        ("first_name", details.first_name.clone()),
        ("last_name", details.last_name.clone()),
        ("user_name", new.user_name.as_str().to_owned()),
        ("usage_location", details.location.code().to_owned()),
        ("roles", roles),
    ];
    all.into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(field, value)| Change::set(field, value))
        .collect()
}
