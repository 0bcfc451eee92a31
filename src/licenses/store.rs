//! Queries about licenses. Who may ask and write has been decided by whoever calls: the customer is within reach.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use super::model::{License, Steps};
use crate::db::Connection;
use crate::db::among::is_among;
use crate::db::schema::licenses;
use crate::error::Result;
use crate::values::id::{CustomerId, CustomerUserId, OfferId};
use crate::values::moment::Moment;

#[derive(Queryable, Selectable)]
#[diesel(table_name = licenses)]
struct Row {
    user_id: CustomerUserId,
    customer_id: CustomerId,
    offer_id: OfferId,
    plans_off: String,
}

impl Row {
    fn license(self) -> License {
        let plans_off = self.plans_off.split(';').filter(|plan| !plan.is_empty());
        License { offer: self.offer_id, plans_off: plans_off.map(str::to_owned).collect() }
    }
}

/// The licenses that users have out of what a customer bought.
///
/// # Errors
/// Database errors.
pub fn held_by<'a>(
    conn: &mut Connection,
    customer: &CustomerId,
    users: impl IntoIterator<Item = &'a CustomerUserId>,
) -> Result<HashMap<CustomerUserId, Vec<License>>> {
    let rows: Vec<Row> = licenses::table
        .filter(is_among(licenses::user_id, users))
        .filter(licenses::customer_id.eq(customer))
        .filter(licenses::released_at.is_null())
        .order((licenses::user_id, licenses::assigned_at, licenses::offer_id))
        .select(Row::as_select())
        .load(conn)?;
    let mut held: HashMap<CustomerUserId, Vec<License>> = HashMap::new();
    for row in rows {
        held.entry(row.user_id).or_default().push(row.license());
    }
    Ok(held)
}

/// Does the steps of one user.
///
/// # Errors
/// Database errors.
pub fn take_steps(
    conn: &mut Connection,
    (customer, user): (&CustomerId, &CustomerUserId),
    steps: &Steps,
    (by_name, now): (&str, Moment),
) -> Result<()> {
    for offer in &steps.taken {
        diesel::delete(licenses::table.find((customer, offer, user))).execute(conn)?;
    }
    for license in &steps.changed {
        diesel::update(licenses::table.find((customer, &license.offer, user)))
            .set(licenses::plans_off.eq(license.plans_off.join(";")))
            .execute(conn)?;
    }
    for license in &steps.given {
        diesel::insert_into(licenses::table)
            .values((
                licenses::customer_id.eq(customer),
                licenses::offer_id.eq(&license.offer),
                licenses::user_id.eq(user),
                licenses::plans_off.eq(license.plans_off.join(";")),
                licenses::assigned_at.eq(now),
                licenses::assigned_by_name.eq(by_name),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Releases what a user has who is deleted: others can have it, and the user again as long as it is free.
///
/// # Errors
/// Database errors.
pub fn release(conn: &mut Connection, user: &CustomerUserId, now: Moment) -> Result<()> {
    let held = licenses::table.filter(licenses::user_id.eq(user)).filter(licenses::released_at.is_null());
    diesel::update(held).set(licenses::released_at.eq(now)).execute(conn)?;
    Ok(())
}

/// What was released when a user was deleted, and out of what which account bought.
///
/// # Errors
/// Database errors.
pub fn released(conn: &mut Connection, user: &CustomerUserId) -> Result<Vec<(CustomerId, License)>> {
    let rows: Vec<Row> = licenses::table
        .filter(licenses::user_id.eq(user))
        .filter(licenses::released_at.is_not_null())
        .order((licenses::customer_id, licenses::assigned_at, licenses::offer_id))
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(|row| (row.customer_id, row.license())).collect())
}

/// Forgets everything that was released for a user.
///
/// # Errors
/// Database errors.
pub fn forget_released(conn: &mut Connection, user: &CustomerUserId) -> Result<()> {
    let of = licenses::table.filter(licenses::user_id.eq(user)).filter(licenses::released_at.is_not_null());
    diesel::delete(of).execute(conn)?;
    Ok(())
}

/// Who got a license of an offer last, as many as are asked for.
///
/// # Errors
/// Database errors.
pub fn latest_holders(
    conn: &mut Connection,
    (customer, offer): (&CustomerId, &OfferId),
    most: i64,
) -> Result<Vec<CustomerUserId>> {
    Ok(licenses::table
        .filter(licenses::customer_id.eq(customer))
        .filter(licenses::offer_id.eq(offer))
        .filter(licenses::released_at.is_null())
        .order((licenses::assigned_at.desc(), licenses::user_id))
        .select(licenses::user_id)
        .limit(most)
        .load(conn)?)
}

/// Makes licenses of another offer of those that users have, the latest first: as many as are given, and those of deleted
/// users, for their return. Who has the other one already keeps that alone.
///
/// # Errors
/// Database errors.
pub fn carry_over(
    conn: &mut Connection,
    customer: &CustomerId,
    (from, to): (&OfferId, &OfferId),
    most: i64,
) -> Result<()> {
    let held = licenses::table.filter(licenses::customer_id.eq(customer)).filter(licenses::offer_id.eq(from));
    let latest = latest_holders(conn, (customer, from), most)?;
    let released: Vec<CustomerUserId> =
        held.filter(licenses::released_at.is_not_null()).select(licenses::user_id).load(conn)?;
    let users: Vec<CustomerUserId> = latest.into_iter().chain(released).collect();
    let has: HashSet<CustomerUserId> = licenses::table
        .filter(is_among(licenses::user_id, &users))
        .filter(licenses::customer_id.eq(customer))
        .filter(licenses::offer_id.eq(to))
        .select(licenses::user_id)
        .load(conn)?
        .into_iter()
        .collect();
    let (twice, once): (Vec<_>, Vec<_>) = users.into_iter().partition(|user| has.contains(user));
    diesel::delete(held.filter(is_among(licenses::user_id, &twice))).execute(conn)?;
    diesel::update(held.filter(is_among(licenses::user_id, &once)))
        .set(licenses::offer_id.eq(to))
        .execute(conn)?;
    Ok(())
}
