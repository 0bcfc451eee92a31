//! Second factors and recovery codes.

use diesel::prelude::*;

use super::code::Proof;
use super::ends::{Here, end_elsewhere, renew};
use crate::access::permission::RequireSecondFactor;
use crate::access::{Allowed, Viewer};
use crate::activity::{self, Action, Entry};
use crate::db::Connection;
use crate::db::schema::{recovery_codes, second_factors};
use crate::error::Result;
use crate::mail::letter::Letter;
use crate::people::facts::{active_in, person_id};
use crate::session::model::authenticator::farthest_step;
use crate::session::postage;
use crate::values::id::{LetterId, PersonId};
use crate::values::moment::Moment;
use crate::values::token::TokenHash;
use crate::web::Count;

/// The second factor of a person, as it is kept.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = second_factors)]
pub struct SecondFactor {
    pub sealed_key: String,
    /// The step of the last code that was taken.
    pub last_step: i64,
    pub since: Moment,
}

/// The second factor of a person, if there is one.
///
/// # Errors
/// Database errors.
pub fn find(conn: &mut Connection, person: &PersonId) -> Result<Option<SecondFactor>> {
    Ok(second_factors::table.find(person).select(SecondFactor::as_select()).first(conn).optional()?)
}

/// How many active people of the viewer's organisation have no second factor.
///
/// # Errors
/// Database errors.
pub fn without(conn: &mut Connection, by: &Allowed<RequireSecondFactor>) -> Result<Count> {
    let some: Vec<PersonId> = active_in(&by.organisation.id)
        .left_join(second_factors::table)
        .filter(second_factors::person_id.nullable().is_null())
        .select(person_id)
        .limit(Count::LIMIT)
        .load(conn)?;
    Ok(Count::of(some.len()))
}

/// How many recovery codes a person has left.
///
/// # Errors
/// Database errors.
pub fn codes_left(conn: &mut Connection, person: &PersonId) -> Result<i64> {
    Ok(unused(person).count().get_result(conn)?)
}

/// Takes a code of the app or a recovery code, once. Answers `false` when it was taken before, or the app was replaced.
///
/// # Errors
/// Database errors.
pub fn take(conn: &mut Connection, person: &PersonId, proof: &Proof, now: Moment) -> Result<bool> {
    match proof {
        Proof::Step { step, sealed_key } => take_step(conn, person, *step, sealed_key),
        Proof::RecoveryCode(code) => take_recovery_code(conn, person, code, now),
    }
}

fn take_step(conn: &mut Connection, person: &PersonId, step: i64, sealed_key: &str) -> Result<bool> {
    let younger = second_factors::table
        .find(person)
        .filter(second_factors::sealed_key.eq(sealed_key))
        .filter(second_factors::last_step.lt(step).or(second_factors::last_step.gt(farthest_step(step))));
    Ok(diesel::update(younger).set(second_factors::last_step.eq(step)).execute(conn)? == 1)
}

fn take_recovery_code(
    conn: &mut Connection,
    person: &PersonId,
    code: &TokenHash,
    now: Moment,
) -> Result<bool> {
    let unused = recovery_codes::table
        .find(code)
        .filter(recovery_codes::person_id.eq(person))
        .filter(recovery_codes::used_at.is_null());
    Ok(diesel::update(unused).set(recovery_codes::used_at.eq(now)).execute(conn)? == 1)
}

/// What a person is to prove themselves by from now on.
#[derive(Clone)]
pub struct NewSecondFactor {
    pub sealed_key: String,
    /// The step of the code by which it was tried.
    pub step: i64,
    pub codes: Vec<TokenHash>,
}

/// Adds the viewer's second factor, or puts another in its place; the old recovery codes go with the old one, whoever
/// is signed in elsewhere is signed out, and the sign-in in hand goes on under another token. Answers `false` when it was done in the meantime, perhaps by the same
/// form sent twice.
///
/// # Errors
/// Database errors.
pub fn set(
    conn: &mut Connection,
    viewer: &Viewer,
    (replaced, new): (Option<Moment>, &NewSecondFactor),
    (here, renewed): (Here, &TokenHash),
    notice: &(LetterId, Letter),
    now: Moment,
) -> Result<bool> {
    if find(conn, &viewer.person)?.map(|factor| factor.since) != replaced {
        return Ok(false);
    }
    drop_all(conn, &viewer.person)?;
    end_elsewhere(conn, &viewer.person, here)?;
    if let (Some(sign_in), _) = here {
        renew(conn, sign_in, renewed, now)?;
    }
    diesel::insert_into(second_factors::table)
        .values((
            second_factors::person_id.eq(&viewer.person),
            second_factors::sealed_key.eq(&new.sealed_key),
            second_factors::last_step.eq(new.step),
            second_factors::since.eq(now),
        ))
        .execute(conn)?;
    put_codes(conn, &viewer.person, &new.codes)?;
    tell(conn, viewer, Action::SetSecondFactor, notice, now)?;
    Ok(true)
}

/// Gives the viewer other recovery codes. Answers `false` when there is no second factor that they could recover.
///
/// # Errors
/// Database errors.
pub fn renew_codes(
    conn: &mut Connection,
    viewer: &Viewer,
    codes: &[TokenHash],
    notice: &(LetterId, Letter),
    now: Moment,
) -> Result<bool> {
    if find(conn, &viewer.person)?.is_none() {
        return Ok(false);
    }
    drop_codes(conn, &viewer.person)?;
    put_codes(conn, &viewer.person, codes)?;
    tell(conn, viewer, Action::RenewRecoveryCodes, notice, now)?;
    Ok(true)
}

/// Removes the viewer's second factor. Answers `false` when there is none.
///
/// # Errors
/// Database errors.
pub fn remove(
    conn: &mut Connection,
    viewer: &Viewer,
    notice: &(LetterId, Letter),
    now: Moment,
) -> Result<bool> {
    if !drop_all(conn, &viewer.person)? {
        return Ok(false);
    }
    tell(conn, viewer, Action::RemoveSecondFactor, notice, now)?;
    Ok(true)
}

/// Which of these recovery codes a person can still use.
///
/// # Errors
/// Database errors.
pub fn still_unused(conn: &mut Connection, person: &PersonId, codes: &[TokenHash]) -> Result<Vec<TokenHash>> {
    Ok(unused(person)
        .filter(recovery_codes::code_hash.eq_any(codes))
        .select(recovery_codes::code_hash)
        .load(conn)?)
}

/// Removes somebody's second factor with its recovery codes; answers whether there was one.
///
/// # Errors
/// Database errors.
pub fn drop_all(conn: &mut Connection, person: &PersonId) -> Result<bool> {
    drop_codes(conn, person)?;
    Ok(diesel::delete(second_factors::table.find(person)).execute(conn)? > 0)
}

/// Seals keys anew, as far as `renew` says how; answers how many.
///
/// # Errors
/// Database errors; when a key cannot be sealed.
pub fn reseal(
    conn: &mut Connection,
    renew: &dyn Fn(&PersonId, &str) -> Result<Option<String>>,
) -> Result<usize> {
    let all: Vec<SealedRow> = second_factors::table.select(SealedRow::as_select()).load(conn)?;
    let mut count = 0;
    for row in all {
        if let Some(renewed) = renew(&row.person_id, &row.sealed_key)? {
            diesel::update(second_factors::table.find(&row.person_id))
                .set(second_factors::sealed_key.eq(renewed))
                .execute(conn)?;
            count += 1;
        }
    }
    Ok(count)
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = second_factors)]
struct SealedRow {
    person_id: PersonId,
    sealed_key: String,
}

fn drop_codes(conn: &mut Connection, person: &PersonId) -> Result<()> {
    diesel::delete(recovery_codes::table.filter(recovery_codes::person_id.eq(person))).execute(conn)?;
    Ok(())
}

fn put_codes(conn: &mut Connection, person: &PersonId, codes: &[TokenHash]) -> Result<()> {
    for code in codes {
        diesel::insert_into(recovery_codes::table)
            .values((recovery_codes::code_hash.eq(code), recovery_codes::person_id.eq(person)))
            .execute(conn)?;
    }
    Ok(())
}

fn tell(
    conn: &mut Connection,
    viewer: &Viewer,
    action: Action,
    (id, letter): &(LetterId, Letter),
    now: Moment,
) -> Result<()> {
    let entry = Entry::new(action, "person", viewer.person, &viewer.name);
    activity::store::record(conn, viewer, &entry, now)?;
    postage::put_news(conn, id, letter, now)
}

#[diesel::dsl::auto_type]
fn unused<'a>(person: &'a PersonId) -> _ {
    recovery_codes::table
        .filter(recovery_codes::person_id.eq(person))
        .filter(recovery_codes::used_at.is_null())
}
