//! Who has the user names of a portion of rows.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use crate::customers::model::Customer;
use crate::db::Connection;
use crate::db::among::is_among;
use crate::db::schema::customer_users;
use crate::error::Result;
use crate::licenses::store::held_by;
use crate::people::facts::held_addresses;
use crate::users::model::upload::Holder;
use crate::users::store::list::of_ids;
use crate::values::id::{CustomerId, CustomerUserId};
use crate::values::moment::Moment;

/// Who has each of these user names; who is not named has none of them.
///
/// # Errors
/// Database errors.
pub(super) fn holders(
    conn: &mut Connection,
    customer: &Customer,
    names: &[&str],
) -> Result<HashMap<String, Holder>> {
    let rows: Vec<Row> = customer_users::table
        .filter(is_among(customer_users::user_name, names))
        .select(Row::as_select())
        .load(conn)?;
    let addresses: HashSet<String> = held_addresses(conn, names)?;
    let own = |row: &&Row| row.customer_id == customer.company.first_account() && row.deleted_at.is_none();
    let ids: Vec<CustomerUserId> = rows.iter().filter(own).map(|row| row.id).collect();
    let mut held = held_by(conn, &customer.id, &ids)?;
    let users = of_ids(conn, customer, &ids)?.into_iter().map(|user| (user.id, user));
    let mut users: HashMap<_, _> = users.collect();
    let mut holders: HashMap<String, Holder> =
        addresses.into_iter().map(|address| (address, Holder::Other)).collect();
    for row in rows {
        let is_own = row.customer_id == customer.company.first_account();
        let holder = match users.remove(&row.id) {
            Some(user) => Holder::Own(Box::new(user), held.remove(&row.id).unwrap_or_default()),
            None if is_own && row.deleted_at.is_some() => Holder::Deleted,
            None => Holder::Other,
        };
        holders.insert(row.user_name, holder);
    }
    Ok(holders)
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = customer_users)]
struct Row {
    id: CustomerUserId,
    customer_id: CustomerId,
    user_name: String,
    deleted_at: Option<Moment>,
}
