//! What a user is called, where licenses are used, and what the user may do for the company.

use diesel::prelude::*;

use super::{find, open, record, sheets};
use crate::access::permission::{AddUsers, ManageUserRoles, ManageUsers};
use crate::access::{Allowed, Role};
use crate::activity::{Action, Change};
use crate::db::Connection;
use crate::db::schema::customer_users;
use crate::error::Result;
use crate::people::model::Refusal;
use crate::people::store::change::Wanted;
use crate::people::store::company;
use crate::session::postage;
use crate::users::letters::admin_news::News;
use crate::users::model::{Details, User};
use crate::values::id::{CustomerId, CustomerUserId};
use crate::values::moment::Moment;

/// What came of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    Now,
    /// It was like that already.
    Nothing,
    /// The viewer neither gives nor takes admin roles.
    RolesNotGivable,
    Refused(Refusal),
}

/// Changes a user.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when the user is beyond reach; [`crate::error::Error::Undelegated`];
/// [`crate::error::Error::Ended`]; database errors.
pub fn change(
    conn: &mut Connection,
    by: &Allowed<ManageUsers>,
    (customer, id): (&CustomerId, &CustomerUserId),
    (version, details, news): (i32, &Details, &News),
    now: Moment,
) -> Result<Changed> {
    let customer = open(conn, &by.reach(), customer)?;
    let user = find(conn, &customer, id)?;
    if (user.has_roles() || !details.roles.is_empty()) && !by.may::<ManageUserRoles>() {
        return Ok(Changed::RolesNotGivable);
    }
    let gains = details.roles.iter().any(|role| !user.member.roles.contains(role));
    if gains {
        Allowed::<AddUsers>::check(by)?;
    }
    let own = own_changes(&user, details);
    if own.is_empty() && user.member.name == details.display_name && user.member.roles == details.roles {
        return Ok(Changed::Nothing);
    }
    let wanted = Wanted { name: details.display_name.clone(), roles: details.roles.clone() };
    let mut changes = match company::change(conn, &customer.company, (&user.member, version), &wanted)? {
        Ok(changes) => changes,
        Err(refusal) => return Ok(Changed::Refused(refusal)),
    };
    changes.extend(own);
    diesel::update(customer_users::table.find(id))
        .set((
            customer_users::first_name.eq(&details.first_name),
            customer_users::last_name.eq(&details.last_name),
            customer_users::location.eq(details.location.code()),
        ))
        .execute(conn)?;
    if gains {
        // Whoever could be signed in as so far is not to be signed in as with more rights.
        sheets::take_from_all(conn, id)?;
    }
    match (user.member.is_global_admin(), details.roles.contains(&Role::GlobalAdmin)) {
        (false, true) => postage::put_news(conn, &news.given.0, &news.given.1, now)?,
        (true, false) => postage::put_news(conn, &news.taken.0, &news.taken.1, now)?,
        _ => {}
    }
    let whom = (&customer, (id, user.member.email.as_str()));
    record(conn, by, whom, (Action::UpdateCustomerUser, changes), now)?;
    Ok(Changed::Now)
}

/// What of a user's own columns changes.
fn own_changes(user: &User, details: &Details) -> Vec<Change> {
    let location = user.location.map(|country| country.code()).unwrap_or_default();
    let changes = [
        Change::new("first_name", &user.first_name, &details.first_name),
        Change::new("last_name", &user.last_name, &details.last_name),
        Change::new("usage_location", location, details.location.code()),
    ];
    changes.into_iter().filter(|change| change.old != change.new).collect()
}
