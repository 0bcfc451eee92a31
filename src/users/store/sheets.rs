//! Temporary passwords that were made and wait to be handed over: sealed, for whoever made them, for an hour.

use diesel::dsl::max;
use diesel::prelude::*;

use super::{Row as UserRow, looked_after};
use crate::access::permission::AddUsers;
use crate::access::{Allowed, Viewer};
use crate::customers::model::Customer;
use crate::db::Connection;
use crate::db::schema::{credential_sheets, customer_users, sheet_credentials};
use crate::error::Result;
use crate::people::facts::{Credentials, person};
use crate::values::email::Email;
use crate::values::id::{CredentialSheetId, CustomerId, CustomerUserId, PersonId};
use crate::values::moment::Moment;

/// For so many minutes passwords wait.
pub const MINUTES: i64 = 60;
/// At most so many stand on one sheet, so that a page shows them all.
const MOST: i64 = 50;
/// So many sheets go at once.
const STEP: i64 = 100;

/// A password on its way to a sheet.
#[derive(Clone, Debug)]
pub struct Sealed {
    /// The sheet that it is to join, if that is still in hand.
    pub joins: Option<CredentialSheetId>,
    /// The sheet that begins with it otherwise.
    pub begins: CredentialSheetId,
    pub password: String,
}

/// Where a password is sealed for: it opens for no other user.
pub fn place(user: &CustomerUserId) -> String {
    format!("password of the user {user}")
}

/// A user and a password in hand.
#[derive(Clone, Debug)]
pub struct InHand {
    pub user: CustomerUserId,
    pub person: PersonId,
    pub name: String,
    pub user_name: Email,
    /// None when the user has another password by now.
    pub sealed: Option<String>,
}

/// The passwords that somebody made for the users of a customer and has not handed over yet.
#[derive(Clone, Debug)]
pub struct Sheet {
    pub id: CredentialSheetId,
    pub customer: Customer,
    pub until: Moment,
    pub rows: Vec<InHand>,
}

/// Keeps the password of a user who was just added; answers on which sheet.
pub(super) fn keep(
    conn: &mut Connection,
    by: &Viewer,
    (customer, user): (&CustomerId, &CustomerUserId),
    sealed: &Sealed,
    now: Moment,
) -> Result<CredentialSheetId> {
    let sheet = match &sealed.joins {
        Some(sheet) if has_room(conn, by, (customer, sheet), now)? => prolong(conn, sheet, now)?,
        _ => begin(conn, by, (customer, &sealed.begins), now)?,
    };
    let of = sheet_credentials::table.filter(sheet_credentials::sheet_id.eq(&sheet));
    let last: Option<i32> = of.select(max(sheet_credentials::position)).first(conn)?;
    diesel::insert_into(sheet_credentials::table)
        .values((
            sheet_credentials::sheet_id.eq(&sheet),
            sheet_credentials::user_id.eq(user),
            sheet_credentials::position.eq(last.unwrap_or_default() + 1),
            sheet_credentials::sealed.eq(&sealed.password),
            sheet_credentials::set_at.eq(now),
        ))
        .execute(conn)?;
    Ok(sheet)
}

fn begin(
    conn: &mut Connection,
    by: &Viewer,
    (customer, sheet): (&CustomerId, &CredentialSheetId),
    now: Moment,
) -> Result<CredentialSheetId> {
    diesel::insert_into(credential_sheets::table)
        .values((
            credential_sheets::id.eq(sheet),
            credential_sheets::customer_id.eq(customer),
            credential_sheets::person_id.eq(&by.person),
            credential_sheets::made_at.eq(now),
            credential_sheets::expires_at.eq(now.plus_seconds(MINUTES * 60)),
        ))
        .execute(conn)?;
    Ok(*sheet)
}

/// Whoever is added last has as long as the first.
fn prolong(conn: &mut Connection, sheet: &CredentialSheetId, now: Moment) -> Result<CredentialSheetId> {
    diesel::update(credential_sheets::table.find(sheet))
        .set(credential_sheets::expires_at.eq(now.plus_seconds(MINUTES * 60)))
        .execute(conn)?;
    Ok(*sheet)
}

fn has_room(
    conn: &mut Connection,
    by: &Viewer,
    (customer, sheet): (&CustomerId, &CredentialSheetId),
    now: Moment,
) -> Result<bool> {
    if open(conn, by, (customer, sheet), now)?.is_none() {
        return Ok(false);
    }
    let rows = sheet_credentials::table.filter(sheet_credentials::sheet_id.eq(sheet)).count();
    Ok(rows.get_result::<i64>(conn)? < MOST)
}

/// Until when a sheet of the viewer's own is in hand.
fn open(
    conn: &mut Connection,
    by: &Viewer,
    (customer, sheet): (&CustomerId, &CredentialSheetId),
    now: Moment,
) -> Result<Option<Moment>> {
    Ok(credential_sheets::table
        .find(sheet)
        .filter(credential_sheets::customer_id.eq(customer))
        .filter(credential_sheets::person_id.eq(&by.person))
        .filter(credential_sheets::expires_at.gt(now))
        .select(credential_sheets::expires_at)
        .first(conn)
        .optional()?)
}

/// A sheet of the viewer's own that is still in hand; none when it is not any more.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when the customer is beyond reach; [`crate::error::Error::Undelegated`]; database
/// errors.
pub fn find(
    conn: &mut Connection,
    by: &Allowed<AddUsers>,
    (customer, sheet): (&CustomerId, &CredentialSheetId),
    now: Moment,
) -> Result<Result<Sheet, Customer>> {
    let customer = looked_after(conn, &by.reach(), customer)?;
    let Some(until) = open(conn, by, (&customer.id, sheet), now)? else { return Ok(Err(customer)) };
    let rows: Vec<Row> = sheet_credentials::table
        .inner_join(customer_users::table.inner_join(person(customer_users::person_id.assume_not_null())))
        .filter(sheet_credentials::sheet_id.eq(sheet))
        .order(sheet_credentials::position)
        .select(Row::as_select())
        .load(conn)?;
    let rows: Vec<InHand> = rows.into_iter().map(InHand::from).collect();
    if rows.is_empty() {
        return Ok(Err(customer));
    }
    Ok(Ok(Sheet { id: *sheet, customer, until, rows }))
}

/// The same, which is gone afterwards: what nobody else can join in between.
///
/// # Errors
/// As for [`find`].
pub fn take_all(
    conn: &mut Connection,
    by: &Allowed<AddUsers>,
    (customer, sheet): (&CustomerId, &CredentialSheetId),
    now: Moment,
) -> Result<Result<Sheet, Customer>> {
    let found = find(conn, by, (customer, sheet), now)?;
    if found.is_ok() {
        drop(conn, sheet)?;
    }
    Ok(found)
}

fn drop(conn: &mut Connection, sheet: &CredentialSheetId) -> Result<()> {
    let rows = sheet_credentials::table.filter(sheet_credentials::sheet_id.eq(sheet));
    diesel::delete(rows).execute(conn)?;
    diesel::delete(credential_sheets::table.find(sheet)).execute(conn)?;
    Ok(())
}

/// The sheet of the viewer's own that has the password of a user.
pub(super) fn holding(
    conn: &mut Connection,
    by: &Viewer,
    user: &CustomerUserId,
    now: Moment,
) -> Result<Option<CredentialSheetId>> {
    Ok(credential_sheets::table
        .inner_join(sheet_credentials::table)
        .filter(sheet_credentials::user_id.eq(user))
        .filter(credential_sheets::person_id.eq(&by.person))
        .filter(credential_sheets::expires_at.gt(now))
        .select(credential_sheets::id)
        .first(conn)
        .optional()?)
}

/// The sheet of the viewer's own that was begun last for a customer, with how many passwords.
///
/// # Errors
/// Database errors.
pub fn in_hand(
    conn: &mut Connection,
    by: &Viewer,
    customer: &CustomerId,
    now: Moment,
) -> Result<Option<(CredentialSheetId, i64)>> {
    let sheet: Option<CredentialSheetId> = credential_sheets::table
        .filter(credential_sheets::customer_id.eq(customer))
        .filter(credential_sheets::person_id.eq(&by.person))
        .filter(credential_sheets::expires_at.gt(now))
        .order(credential_sheets::made_at.desc())
        .select(credential_sheets::id)
        .first(conn)
        .optional()?;
    let Some(sheet) = sheet else { return Ok(None) };
    let rows = sheet_credentials::table.filter(sheet_credentials::sheet_id.eq(&sheet)).count();
    let count: i64 = rows.get_result(conn)?;
    Ok((count > 0).then_some((sheet, count)))
}

/// Takes the password of a user out of everybody's hand.
pub(super) fn take_from_all(conn: &mut Connection, user: &CustomerUserId) -> Result<()> {
    diesel::delete(sheet_credentials::table.filter(sheet_credentials::user_id.eq(user))).execute(conn)?;
    Ok(())
}

/// Takes the password of a user off a sheet.
pub(super) fn take(conn: &mut Connection, sheet: &CredentialSheetId, user: &CustomerUserId) -> Result<bool> {
    Ok(diesel::delete(sheet_credentials::table.find((sheet, user))).execute(conn)? > 0)
}

/// Lets go of sheets whose hour is over; answers how many.
///
/// # Errors
/// Database errors.
pub fn forget_old(conn: &mut Connection, now: Moment) -> Result<usize> {
    let old: Vec<CredentialSheetId> = credential_sheets::table
        .filter(credential_sheets::expires_at.le(now))
        .select(credential_sheets::id)
        .limit(STEP)
        .load(conn)?;
    let rows = sheet_credentials::table.filter(sheet_credentials::sheet_id.eq_any(&old));
    diesel::delete(rows).execute(conn)?;
    Ok(diesel::delete(credential_sheets::table.filter(credential_sheets::id.eq_any(&old))).execute(conn)?)
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = sheet_credentials)]
struct Row {
    sealed: String,
    set_at: Moment,
    #[diesel(embed)]
    user: UserRow,
    #[diesel(embed)]
    credentials: Credentials,
    #[diesel(select_expression = crate::people::facts::person_name)]
    name: String,
}

impl From<Row> for InHand {
    fn from(row: Row) -> Self {
        let is_right = row.credentials.password_set_at == Some(row.set_at);
        Self {
            user: row.user.id,
            person: row.credentials.person,
            name: row.name,
            user_name: row.credentials.email,
            sealed: Some(row.sealed).filter(|_| is_right),
        }
    }
}
