//! Keeping what the applicant types, and checking it.

use diesel::prelude::*;

use super::by_link;
use super::link::settle;
use crate::db::Connection;
use crate::db::schema::enrolments;
use crate::enrolment::form::{DetailsForm, FIELDS, NAME};
use crate::enrolment::model::{Details, Enrolment};
use crate::error::Result;
use crate::partners;
use crate::values::moment::Moment;
use crate::values::mpn_id::MpnId;
use crate::values::name::{self, sort_name};
use crate::values::password::PasswordHash;
use crate::values::problem::Problem;
use crate::values::token::TokenHash;
use crate::web::Problems;

/// What became of typed details.
pub enum Kept {
    /// With what is not right of them.
    Kept(Box<Enrolment>, Problems),
    /// Another tab has kept something else since; this is how it stands.
    Conflict(Box<Enrolment>),
    /// There is nothing to be typed: handed in, decided, expired, or a link that is no more.
    Closed,
}

/// Keeps the details as typed, right or not, and the password if one was typed.
///
/// # Errors
/// Database errors.
pub fn keep(
    conn: &mut Connection,
    (token, version): (&TokenHash, i32),
    form: &DetailsForm,
    password: Option<&PasswordHash>,
    now: Moment,
) -> Result<Kept> {
    let open = by_link(conn, token)?.filter(|found| found.is_editable() && !found.is_expired(now));
    let Some(kept) = open else { return Ok(Kept::Closed) };
    let json = form.to_json();
    if kept.version != version && kept.form != json {
        return Ok(Kept::Conflict(Box::new(kept)));
    }
    settle(conn, &kept)?;
    let company = name::optional(&form.company, name::COMPANY).unwrap_or_default();
    // The letters go to whoever the account is for.
    let person_name = name::required(&form.name, NAME).unwrap_or_else(|_| kept.person_name.clone());
    diesel::update(enrolments::table.find(&kept.id))
        .set((
            enrolments::form.eq(&json),
            enrolments::person_name.eq(&person_name),
            enrolments::sort_name.eq(sort_name(&company)),
            enrolments::company_name.eq(company),
            enrolments::country.eq(form.country().map_or("", |country| country.code())),
            enrolments::mpn_id.eq(form.mpn_id.trim().chars().take(20).collect::<String>()),
            enrolments::version.eq(enrolments::version + 1),
        ))
        .execute(conn)?;
    if let Some(password) = password {
        diesel::update(enrolments::table.find(&kept.id))
            .set(enrolments::password_hash.eq(Some(password)))
            .execute(conn)?;
    }
    let Some(kept) = by_link(conn, token)? else { return Ok(Kept::Closed) };
    let problems = check(conn, &kept)?.err().unwrap_or_default();
    Ok(Kept::Kept(Box::new(kept), problems))
}

/// What was typed, once all of it is right here and now.
///
/// # Errors
/// Database errors.
pub fn check(conn: &mut Connection, enrolment: &Enrolment) -> Result<Result<Details, Problems>> {
    let form = DetailsForm::from_json(&enrolment.form);
    let parsed = form.parse();
    let mut problems = parsed.as_ref().err().cloned().unwrap_or_default();
    if let Ok(mpn_id) = MpnId::parse(&form.mpn_id)
        && partners::store::location_of(conn, &mpn_id)?.is_some()
    {
        problems.on("mpn_id", Problem::MpnIdTaken);
    }
    if enrolment.password_hash.is_none() {
        problems.on("password", Problem::Missing);
    }
    Ok(problems.in_order_of(FIELDS).or(|| parsed.ok()))
}
