//! Who accepted the customer agreement when, as often as that was recorded.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::customers::model::{Acceptance, Agreement, Proof};
use crate::db::Connection;
use crate::db::schema::customer_acceptances as acceptances;
use crate::error::Result;
use crate::values::email::Email;
use crate::values::id::{AcceptanceId, CustomerAgreementId, CustomerId};
use crate::values::moment::Moment;

/// Keeps an acceptance beside those before it; nothing where none is said. `by` is whoever attests it.
///
/// # Errors
/// Database errors.
pub(super) fn keep(
    conn: &mut Connection,
    customer: &CustomerId,
    (agreement, by): (&Agreement, &str),
    now: Moment,
) -> Result<()> {
    let Agreement::Accepted { first_name, last_name, email, phone, on, proof } = agreement else {
        return Ok(());
    };
    let (attested_by, version, text) = match proof {
        Proof::Attested => (Some(by), None, None),
        Proof::Itself { version, text } => (None, *version, *text),
    };
    diesel::insert_into(acceptances::table)
        .values((
            acceptances::id.eq(AcceptanceId::new()),
            acceptances::customer_id.eq(customer),
            acceptances::first_name.eq(first_name),
            acceptances::last_name.eq(last_name),
            acceptances::email.eq(email),
            acceptances::phone.eq(phone),
            acceptances::accepted_on.eq(on),
            acceptances::attested_by.eq(attested_by),
            acceptances::version.eq(version),
            acceptances::agreement_id.eq(text),
            acceptances::recorded_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Forgets them with the customer.
///
/// # Errors
/// Database errors.
pub(super) fn forget(conn: &mut Connection, customer: &CustomerId) -> Result<()> {
    diesel::delete(acceptances::table.filter(acceptances::customer_id.eq(customer))).execute(conn)?;
    Ok(())
}

/// All acceptances of a customer, the one that was recorded last first. The caller has found it within reach.
///
/// # Errors
/// Database errors.
pub(super) fn all_of(conn: &mut Connection, customer: &CustomerId) -> Result<Vec<Acceptance>> {
    let rows: Vec<Row> = acceptances::table
        .filter(acceptances::customer_id.eq(customer))
        .order((acceptances::recorded_at.desc(), acceptances::id.desc()))
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Acceptance::from).collect())
}

/// Which text a customer accepted by itself last, as far as that is known.
///
/// # Errors
/// Database errors.
pub fn text_read(conn: &mut Connection, customer: &CustomerId) -> Result<Option<CustomerAgreementId>> {
    let last: Option<Option<CustomerAgreementId>> = acceptances::table
        .filter(acceptances::customer_id.eq(customer))
        .filter(acceptances::attested_by.is_null())
        .order((acceptances::recorded_at.desc(), acceptances::id.desc()))
        .select(acceptances::agreement_id)
        .first(conn)
        .optional()?;
    Ok(last.flatten())
}

/// Whether a customer accepted a text by itself at any time.
///
/// # Errors
/// Database errors.
pub fn has_read(conn: &mut Connection, customer: &CustomerId, text: &CustomerAgreementId) -> Result<bool> {
    let some: Option<AcceptanceId> = acceptances::table
        .filter(acceptances::customer_id.eq(customer))
        .filter(acceptances::agreement_id.eq(text))
        .select(acceptances::id)
        .first(conn)
        .optional()?;
    Ok(some.is_some())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = acceptances)]
struct Row {
    first_name: String,
    last_name: String,
    email: Email,
    phone: String,
    accepted_on: NaiveDate,
    attested_by: Option<String>,
    version: Option<i32>,
    agreement_id: Option<CustomerAgreementId>,
    recorded_at: Moment,
}

impl From<Row> for Acceptance {
    fn from(row: Row) -> Self {
        Self {
            first_name: row.first_name,
            last_name: row.last_name,
            email: row.email,
            phone: row.phone,
            on: row.accepted_on,
            attested_by: row.attested_by,
            version: row.version,
            text: row.agreement_id,
            recorded_at: row.recorded_at,
        }
    }
}
