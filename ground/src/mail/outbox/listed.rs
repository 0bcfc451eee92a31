//! Letters of all organisations by how they fare: what the operator's list joins and shows of them.

use diesel::dsl::{Eq, Filter};
use diesel::prelude::*;

use crate::db::Connection;
use crate::db::schema::letters;
pub use crate::db::schema::letters::{
    created_at as letter_created_at, id as letter_id, organisation_id as letter_organisation,
};
use crate::error::Result;
use crate::mail::letter::LetterState;
use crate::mail::trouble::Trouble;
use crate::values::email::Email;
use crate::values::id::LetterId;
use crate::values::moment::Moment;

/// A letter as its columns are.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = letters)]
pub struct Listed {
    pub id: LetterId,
    pub to_email: Email,
    pub subject: String,
    pub trouble: Option<Trouble>,
    pub last_error: Option<String>,
    pub attempts: i32,
    pub created_at: Moment,
    pub due_at: Moment,
    pub leased_until: Option<Moment>,
}

/// All letters in a state.
pub fn all_in(state: LetterState) -> Filter<letters::table, Eq<letters::state, LetterState>> {
    letters::table.filter(letters::state.eq(state))
}

/// How many letters are in a state, counted up to a number.
///
/// # Errors
/// Database errors.
pub fn count(conn: &mut Connection, state: LetterState, most: i64) -> Result<usize> {
    let some = all_in(state).select(letters::id).limit(most);
    Ok(some.load::<LetterId>(conn)?.len())
}
