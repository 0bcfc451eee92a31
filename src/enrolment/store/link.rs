//! The mailed links: the one that an enrolment goes by, and those that nobody has used yet.
//!
//! Anybody may ask for a letter to somebody else's address. So a new link takes nothing away until it is used, and what
//! it was asked for with counts only if it is the one that proves the address.

use diesel::dsl::exists;
use diesel::prelude::*;

use super::row::Row;
use crate::db::Connection;
use crate::db::schema::{enrolment_links, enrolments};
use crate::enrolment::form::DetailsForm;
use crate::enrolment::model::{Enrolment, State};
use crate::error::Result;
use crate::values::id::EnrolmentId;
use crate::values::moment::Moment;
use crate::values::token::TokenHash;

/// A link that was mailed and not used yet.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = enrolment_links)]
pub struct FreshLink {
    pub token_hash: TokenHash,
    pub enrolment_id: EnrolmentId,
    pub person_name: String,
    pub sealed_next: Option<String>,
    pub mailed_at: Moment,
    pub expires_at: Moment,
}

/// The enrolment behind a link, as that link leads to it: it expires with the link, and as long as nothing is proven it
/// is under the name and has the way back with which the link was asked for.
///
/// # Errors
/// Database errors.
pub fn by_link(conn: &mut Connection, token: &TokenHash) -> Result<Option<Enrolment>> {
    let row: Option<Row> = enrolments::table
        .filter(enrolments::token_hash.eq(token))
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    if let Some(row) = row {
        return Ok(Some(row.into()));
    }
    let fresh: Option<LinkedRow> = enrolment_links::table
        .inner_join(enrolments::table)
        .filter(enrolment_links::token_hash.eq(token))
        .select(LinkedRow::as_select())
        .first(conn)
        .optional()?;
    Ok(fresh.map(|fresh| led_by(fresh.link, fresh.enrolment.into())))
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = enrolment_links)]
struct LinkedRow {
    #[diesel(embed)]
    link: FreshLink,
    #[diesel(embed)]
    enrolment: Row,
}

fn led_by(link: FreshLink, enrolment: Enrolment) -> Enrolment {
    let led = Enrolment { token_hash: link.token_hash, expires_at: link.expires_at, ..enrolment };
    if led.state != State::Started {
        return led;
    }
    let form = DetailsForm { name: link.person_name.clone(), ..DetailsForm::from_json(&led.form) };
    Enrolment { person_name: link.person_name, sealed_next: link.sealed_next, form: form.to_json(), ..led }
}

/// Adds a link to those that may be used.
pub(super) fn add(conn: &mut Connection, link: &FreshLink) -> Result<()> {
    diesel::insert_into(enrolment_links::table).values(link).execute(conn)?;
    Ok(())
}

/// Makes the link by which somebody acts the enrolment's own. Those mailed before it are no more.
pub(super) fn settle(conn: &mut Connection, led: &Enrolment) -> Result<()> {
    let own = enrolment_links::table.find(&led.token_hash);
    let mailed: Option<Moment> = own.select(enrolment_links::mailed_at).first(conn).optional()?;
    let Some(mailed_at) = mailed else { return Ok(()) };
    diesel::update(enrolments::table.find(&led.id))
        .set((
            enrolments::token_hash.eq(&led.token_hash),
            enrolments::expires_at.eq(led.expires_at),
            enrolments::person_name.eq(&led.person_name),
            enrolments::sealed_next.eq(&led.sealed_next),
            enrolments::form.eq(&led.form),
        ))
        .execute(conn)?;
    diesel::delete(
        enrolment_links::table
            .filter(enrolment_links::enrolment_id.eq(&led.id))
            .filter(enrolment_links::mailed_at.le(mailed_at)),
    )
    .execute(conn)?;
    Ok(())
}

/// Whether a letter to the applicant still helps: a link of the enrolment holds, or it is approved and needs none.
///
/// # Errors
/// Database errors.
pub fn leads_on(conn: &mut Connection, id: &str, now: Moment) -> Result<bool> {
    let later = enrolment_links::table
        .filter(enrolment_links::enrolment_id.eq(enrolments::id))
        .filter(enrolment_links::expires_at.gt(now));
    let found: i64 = enrolments::table
        .filter(enrolments::id.eq(id))
        .filter(enrolments::expires_at.gt(now).or(enrolments::state.eq(State::Approved)).or(exists(later)))
        .count()
        .get_result(conn)?;
    Ok(found > 0)
}

/// Until when some link leads to the enrolment.
///
/// # Errors
/// Database errors.
pub fn holds_until(conn: &mut Connection, enrolment: &Enrolment) -> Result<Moment> {
    let last: Option<Moment> = enrolment_links::table
        .filter(enrolment_links::enrolment_id.eq(&enrolment.id))
        .order(enrolment_links::expires_at.desc())
        .select(enrolment_links::expires_at)
        .first(conn)
        .optional()?;
    Ok(last.map_or(enrolment.expires_at, |last| last.max(enrolment.expires_at)))
}
