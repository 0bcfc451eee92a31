//! Delegations as rows: who administers a customer and who did, and what ends soon.

use chrono::NaiveDate;
use diesel::dsl::min;
use diesel::prelude::*;

use super::association::NewDelegation;
use super::soon;
use crate::customers::facts::{customer, is_unaware_of, lasting, of_pair};
use crate::customers::model::{Delegation, stage};
use crate::db::schema::{customers, delegations};
use crate::db::{Connection, unless_taken};
use crate::error::Result;
use crate::partners::facts::{organisation, organisation_name};
use crate::values::id::{CustomerId, DelegationId, OrganisationId};
use crate::values::moment::Moment;
use crate::values::name::sort_name;
use crate::web::pager::{Page, Portion, ascending, keyset};

/// All that a customer ever had: those that last first, then the one that ended last.
///
/// # Errors
/// Database errors.
pub fn of_customer(conn: &mut Connection, id: &CustomerId) -> Result<Vec<Delegation>> {
    let rows: Vec<Row> = delegations::table
        .inner_join(organisation(delegations::reseller_id))
        .filter(delegations::customer_id.eq(id))
        .order((delegations::ended_at.is_not_null(), delegations::since.desc(), delegations::id))
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Delegation::from).collect())
}

/// The names of the resellers that administer a customer, the first one first.
///
/// # Errors
/// Database errors.
pub fn names_of_resellers(conn: &mut Connection, id: &CustomerId) -> Result<Vec<String>> {
    Ok(lasting()
        .inner_join(organisation(delegations::reseller_id))
        .filter(delegations::customer_id.eq(id))
        .order((delegations::since, delegations::id))
        .select(organisation_name)
        .load(conn)?)
}

/// The next customers of a provider that a reseller administers, by id.
///
/// # Errors
/// Database errors.
pub fn customers_of_pair(
    conn: &mut Connection,
    (provider, reseller): (&OrganisationId, &OrganisationId),
    after: &str,
    most: i64,
) -> Result<Vec<CustomerId>> {
    Ok(of_pair(provider, reseller)
        .filter(delegations::customer_id.gt(after.to_owned()))
        .order(delegations::customer_id)
        .limit(most)
        .load(conn)?)
}

/// A delegation with the customer that it is about.
#[derive(Clone, Debug)]
pub struct Ending {
    pub delegation: Delegation,
    pub customer: CustomerId,
    pub company_name: String,
    pub provider: OrganisationId,
}

/// Some delegations whose last day is over.
///
/// # Errors
/// Database errors.
pub fn over(conn: &mut Connection, today: NaiveDate, most: i64) -> Result<Vec<Ending>> {
    let rows: Vec<EndingRow> = lasting()
        .inner_join(organisation(delegations::reseller_id))
        .inner_join(customer(delegations::customer_id))
        .filter(delegations::ends_on.is_not_null())
        .filter(delegations::ends_on.lt(today))
        .order((delegations::ends_on, delegations::id))
        .select(EndingRow::as_select())
        .limit(most)
        .load(conn)?;
    Ok(rows.into_iter().map(Ending::from).collect())
}

/// The delegations of a provider that end by a day and can be prolonged, the next one first.
///
/// # Errors
/// Database errors.
pub fn ending_until(
    conn: &mut Connection,
    provider: &OrganisationId,
    until: NaiveDate,
    portion: &Portion,
) -> Result<Page<Ending>> {
    let query = delegations::table
        .inner_join(organisation(delegations::reseller_id))
        .inner_join(customer(delegations::customer_id))
        .filter(delegations::ended_at.is_null())
        .filter(delegations::provider_id.eq(provider))
        .filter(delegations::ends_on.is_not_null())
        .filter(delegations::ends_on.le(until))
        .filter(customers::ended_at.is_null())
        .filter(customers::is_delegated.eq(true))
        .into_boxed();
    let order = ascending(delegations::ends_on.assume_not_null(), delegations::id);
    let page: Page<EndingRow> = keyset(conn, query, order, portion)?;
    Ok(page.map(Ending::from))
}

/// The first last day of a customer's delegations from this day on.
///
/// # Errors
/// Database errors.
pub fn next_end(conn: &mut Connection, customer: &CustomerId, from: NaiveDate) -> Result<Option<NaiveDate>> {
    Ok(lasting()
        .filter(delegations::customer_id.eq(customer))
        .filter(delegations::ends_on.ge(from))
        .select(min(delegations::ends_on))
        .first(conn)?)
}

/// Some customers a delegation of which ends in these days, and that are not kept as such yet.
///
/// # Errors
/// Database errors.
pub fn unaware_of_ends(
    conn: &mut Connection,
    (from, to): (NaiveDate, NaiveDate),
    most: i64,
) -> Result<Vec<CustomerId>> {
    Ok(lasting()
        .filter(delegations::ends_on.is_not_null())
        .filter(delegations::ends_on.between(from, to))
        .filter(is_unaware_of("delegations.customer_id", "delegations.ends_on"))
        .select(delegations::customer_id)
        .limit(most)
        .load(conn)?)
}

/// Delegations of a provider that last and can be prolonged, by their ids.
///
/// # Errors
/// Database errors.
pub fn lasting_among(
    conn: &mut Connection,
    provider: &OrganisationId,
    ids: &[DelegationId],
) -> Result<Vec<Ending>> {
    let rows: Vec<EndingRow> = lasting()
        .inner_join(organisation(delegations::reseller_id))
        .inner_join(customer(delegations::customer_id))
        .filter(delegations::id.eq_any(ids))
        .filter(delegations::provider_id.eq(provider))
        .filter(customers::ended_at.is_null())
        .filter(customers::is_delegated.eq(true))
        .order(delegations::id)
        .select(EndingRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Ending::from).collect())
}

/// Gives a delegation that lasts another last day, or none, in place of the one that was shown. Answers `false` when it
/// had another one by then, or had ended.
///
/// # Errors
/// Database errors.
pub fn set_end(
    conn: &mut Connection,
    id: &DelegationId,
    (shown, ends_on): (Option<NaiveDate>, Option<NaiveDate>),
    reminded: Option<i32>,
) -> Result<bool> {
    let as_shown = lasting().filter(delegations::id.eq(id));
    let values = (delegations::ends_on.eq(ends_on), delegations::reminded_days.eq(reminded));
    let met = match shown {
        Some(shown) => {
            diesel::update(as_shown.filter(delegations::ends_on.eq(shown))).set(values).execute(conn)?
        }
        None => diesel::update(as_shown.filter(delegations::ends_on.is_null())).set(values).execute(conn)?,
    };
    Ok(met == 1)
}

/// Writes a delegation that somebody of this name gives; one that never lasts where no administration is given. What the
/// customer had taken from the reseller before is given anew with it. Answers `false` when the reseller administers the
/// customer already.
///
/// # Errors
/// Database errors.
pub(super) fn insert(
    conn: &mut Connection,
    provider: &OrganisationId,
    (new, given_by): (&NewDelegation<'_>, &str),
    administers: bool,
    now: Moment,
) -> Result<bool> {
    // Whoever gives it for three weeks needs no letter at once that it ends within thirty days.
    let reminded = new.ends_on.and_then(|last| stage(last, now.day()));
    let is_new = unless_taken(
        conn,
        diesel::insert_into(delegations::table).values((
            delegations::id.eq(new.id),
            delegations::customer_id.eq(new.customer),
            delegations::reseller_id.eq(new.reseller),
            delegations::provider_id.eq(provider),
            delegations::customer_sort_name.eq(sort_name(new.company_name)),
            delegations::customer_domain.eq(new.domain),
            delegations::since.eq(now),
            delegations::given_by_name.eq(given_by),
            delegations::ends_on.eq(new.ends_on),
            delegations::reminded_days.eq(reminded),
            delegations::ended_at.eq((!administers).then_some(now)),
            delegations::ended_by_name.eq(if administers { "" } else { given_by }),
        )),
    )?;
    if is_new && administers {
        forget_revocation(conn, (new.customer, new.reseller))?;
        if new.ends_on.is_some() {
            soon::keep(conn, new.customer, now.day())?;
        }
    }
    Ok(is_new)
}

/// Forgets that a customer had taken from a reseller what it might do.
///
/// # Errors
/// Database errors.
pub(super) fn forget_revocation(
    conn: &mut Connection,
    (customer, reseller): (&CustomerId, &OrganisationId),
) -> Result<()> {
    let of_pair = delegations::table
        .filter(delegations::customer_id.eq(customer))
        .filter(delegations::reseller_id.eq(reseller));
    diesel::update(of_pair).set(delegations::is_revoked.eq(false)).execute(conn)?;
    Ok(())
}

/// Whether a customer took from a reseller what it might do, and has not given it again.
///
/// # Errors
/// Database errors.
pub fn is_revoked(
    conn: &mut Connection,
    (customer, reseller): (&CustomerId, &OrganisationId),
) -> Result<bool> {
    let some: Option<DelegationId> = delegations::table
        .filter(delegations::customer_id.eq(customer))
        .filter(delegations::reseller_id.eq(reseller))
        .filter(delegations::is_revoked.eq(true))
        .select(delegations::id)
        .first(conn)
        .optional()?;
    Ok(some.is_some())
}

/// Ends a delegation, by somebody of this name. Answers `false` when it had ended.
///
/// # Errors
/// Database errors.
pub fn mark_ended(conn: &mut Connection, id: &DelegationId, by: &str, now: Moment) -> Result<bool> {
    let as_read = lasting().filter(delegations::id.eq(id));
    let ended = (delegations::ended_at.eq(now), delegations::ended_by_name.eq(by));
    Ok(diesel::update(as_read).set(ended).execute(conn)? == 1)
}

/// Delegations from one provider to one reseller that end on the same day, of which both sides are to be reminded now.
///
/// # Errors
/// Database errors.
pub fn to_remind_of(
    conn: &mut Connection,
    days: i32,
    (today, until): (NaiveDate, NaiveDate),
    most: i64,
) -> Result<Vec<Ending>> {
    let due = lasting()
        .inner_join(organisation(delegations::reseller_id))
        .inner_join(customer(delegations::customer_id))
        // Where the customer took delegated administration from the provider, nobody can prolong it.
        .filter(customers::is_delegated.eq(true))
        .filter(delegations::ends_on.is_not_null())
        .filter(delegations::ends_on.ge(today).and(delegations::ends_on.le(until)))
        .filter(delegations::reminded_days.is_null().or(delegations::reminded_days.gt(days)))
        .order((delegations::ends_on, delegations::id))
        .select(EndingRow::as_select());
    let Some(first) = due.first::<EndingRow>(conn).optional()? else { return Ok(Vec::new()) };
    let rows: Vec<EndingRow> = due
        .filter(delegations::provider_id.eq(&first.provider_id))
        .filter(delegations::reseller_id.eq(&first.row.reseller_id))
        .filter(delegations::ends_on.eq(first.row.ends_on))
        .limit(most)
        .load(conn)?;
    Ok(rows.into_iter().map(Ending::from).collect())
}

/// Both sides are reminded of these, so many days before.
///
/// # Errors
/// Database errors.
pub fn keep_reminded(conn: &mut Connection, endings: &[Ending], days: i32) -> Result<()> {
    let ids = endings.iter().map(|ending| ending.delegation.id);
    diesel::update(lasting().filter(delegations::id.eq_any(ids)))
        .set(delegations::reminded_days.eq(days))
        .execute(conn)?;
    Ok(())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = delegations)]
struct Row {
    id: DelegationId,
    reseller_id: OrganisationId,
    #[diesel(select_expression = organisation_name)]
    reseller_name: String,
    since: Moment,
    ended_at: Option<Moment>,
    given_by_name: String,
    ended_by_name: String,
    ends_on: Option<NaiveDate>,
    is_revoked: bool,
}

impl From<Row> for Delegation {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            reseller: row.reseller_id,
            reseller_name: row.reseller_name,
            since: row.since,
            given_by: row.given_by_name,
            ends_on: row.ends_on,
            ended_at: row.ended_at,
            ended_by: row.ended_by_name,
            is_revoked: row.is_revoked,
        }
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = delegations)]
struct EndingRow {
    provider_id: OrganisationId,
    customer_id: CustomerId,
    #[diesel(select_expression = customers::company_name)]
    company_name: String,
    #[diesel(embed)]
    row: Row,
}

impl From<EndingRow> for Ending {
    fn from(row: EndingRow) -> Self {
        Self {
            delegation: row.row.into(),
            customer: row.customer_id,
            company_name: row.company_name,
            provider: row.provider_id,
        }
    }
}
