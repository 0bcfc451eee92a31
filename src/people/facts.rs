//! What other areas ask about people: who can act, sign in and be written to, and the joins and columns by which somebody
//! else's query shows them.

mod accounts;
mod acting;
pub mod links;

use diesel::dsl::{Eq, On};
use diesel::expression::AsExpression;
use diesel::prelude::*;
use diesel::sql_types::Text;

pub use accounts::{
    Addressee, Credentials, Oneself, account, addressee, ask_second_factor, change_password, has_account,
    held_addresses, is_opened_by, is_there, keep_language, learn_language, mailbox, note_sign_in,
    password_of, who_has_signed_in,
};
pub use acting::{Member, RoleHolder, addressees, administers, holder, holders, member, members, roles_of};

use crate::db::Connection;
use crate::db::schema::people;
pub use crate::db::schema::people::{
    email as person_email, id as person_id, name as person_name, organisation_id as person_organisation,
};
use crate::error::Result;
use crate::values::id::{OrganisationId, PersonId};
use crate::web::Count;

/// [`person`]
pub type Person<C> = On<people::table, Eq<people::id, C>>;

/// The person whose id stands in a column, for a join.
pub fn person<C: AsExpression<Text>>(id: C) -> Person<C> {
    people::table.on(people::id.eq(id))
}

/// The people of the organisation whose id stands in a column, for a join.
pub fn people_of<C: AsExpression<Text>>(
    organisation: C,
) -> On<people::table, Eq<people::organisation_id, C>> {
    people::table.on(people::organisation_id.eq(organisation))
}

type IsActive = Eq<people::state, &'static str>;

/// Whether the person that was joined is not deactivated.
pub fn is_active() -> IsActive {
    people::state.eq("active")
}

/// The people of an organisation who are not deactivated.
#[diesel::dsl::auto_type]
pub fn active_in<'a>(organisation: &'a OrganisationId) -> _ {
    let active: IsActive = is_active();
    people::table.filter(people::organisation_id.eq(organisation)).filter(active)
}

/// Somebody who is not deactivated.
#[diesel::dsl::auto_type]
pub fn active_person<'a>(person: &'a PersonId) -> _ {
    let active: IsActive = is_active();
    people::table.filter(people::id.eq(person)).filter(active)
}

/// How many people of an organisation are not deactivated.
///
/// # Errors
/// Database errors.
pub fn count_active(conn: &mut Connection, organisation: &OrganisationId) -> Result<Count> {
    let some: Vec<PersonId> = active_in(organisation).select(people::id).limit(Count::LIMIT).load(conn)?;
    Ok(Count::of(some.len()))
}

/// The people whose addresses are of a mail domain.
#[diesel::dsl::auto_type]
pub fn at_domain<'a>(domain: &'a str) -> _ {
    people::table.filter(people::email_domain.eq(domain))
}

/// The addresses of the people of an organisation who have proved that they read that mailbox: an admin may give
/// an account any address.
#[diesel::dsl::auto_type]
pub fn proved_addresses<'a>(organisation: &'a OrganisationId) -> _ {
    let active: IsActive = is_active();
    people::table
        .filter(people::organisation_id.eq(organisation))
        .filter(active)
        .filter(people::mailbox_proved_at.is_not_null())
        .select(people::email)
}
