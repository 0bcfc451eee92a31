//! Where somebody is signed in.

use diesel::prelude::*;

use crate::access::Viewer;
use crate::activity::{self, Action, Entry};
use crate::db::Connection;
use crate::db::schema::sign_ins;
use crate::error::Result;
use crate::session::facts::{IDLE_SECONDS, LONGEST_DAYS};
use crate::values::moment::Moment;
use crate::values::token::TokenHash;

/// At most so many sign-ins are listed.
const MOST: i64 = 100;

/// A place where the viewer is signed in.
#[derive(Clone, Debug)]
pub struct OwnSignIn {
    /// Names the sign-in on pages without giving its token's hash away.
    pub name: String,
    pub device: String,
    pub address: String,
    pub since: Moment,
    pub last_seen_at: Moment,
    pub is_current: bool,
}

/// Where the viewer is signed in, the latest first.
///
/// # Errors
/// Database errors.
pub fn sign_ins_of(
    conn: &mut Connection,
    viewer: &Viewer,
    current: &TokenHash,
    now: Moment,
) -> Result<Vec<OwnSignIn>> {
    let rows: Vec<Row> = sign_ins::table
        .filter(sign_ins::person_id.eq(&viewer.person))
        .filter(sign_ins::awaits_code.eq(false))
        .filter(sign_ins::last_seen_at.gt(now.plus_seconds(-IDLE_SECONDS)))
        .filter(sign_ins::created_at.gt(now.plus_days(-LONGEST_DAYS)))
        .order((sign_ins::last_seen_at.desc(), sign_ins::token_hash))
        .select(Row::as_select())
        .limit(MOST)
        .load(conn)?;
    let own = |row: Row| OwnSignIn {
        name: row.token_hash.name(),
        device: row.device,
        address: row.address,
        since: row.created_at,
        last_seen_at: row.last_seen_at,
        is_current: row.token_hash == *current,
    };
    Ok(rows.into_iter().map(own).collect())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = sign_ins)]
struct Row {
    token_hash: TokenHash,
    device: String,
    address: String,
    created_at: Moment,
    last_seen_at: Moment,
}

/// Which of the viewer's sign-ins to end.
#[derive(Clone, Debug)]
pub enum Which {
    /// The one of this name.
    Named(String),
    AllOthers,
}

/// Ends sign-ins of the viewer; answers how many.
///
/// # Errors
/// Database errors.
pub fn end_sign_ins(
    conn: &mut Connection,
    viewer: &Viewer,
    which: &Which,
    current: &TokenHash,
    now: Moment,
) -> Result<usize> {
    let all: Vec<TokenHash> = sign_ins::table
        .filter(sign_ins::person_id.eq(&viewer.person))
        .select(sign_ins::token_hash)
        .load(conn)?;
    let is_meant = |token: &TokenHash| match which {
        Which::Named(name) => token.name() == *name,
        Which::AllOthers => token != current,
    };
    let meant: Vec<TokenHash> = all.into_iter().filter(is_meant).collect();
    let ended = diesel::delete(sign_ins::table.filter(sign_ins::token_hash.eq_any(&meant))).execute(conn)?;
    if ended > 0 {
        let entry = Entry::new(Action::EndSignIns, "person", viewer.person, &viewer.name);
        activity::store::record(conn, viewer, &entry, now)?;
    }
    Ok(ended)
}
