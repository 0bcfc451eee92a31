//! Folds what is sorted and found by names anew when the rules of folding have changed since: the part of bringing a
//! database up to this binary that SQL cannot do. It goes through the tables in small steps, each a transaction, so that
//! whoever is stopped amid them goes on where it was.

mod tables;

use std::time::Duration;

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use self::tables::{TABLES, Table};
use super::schema::foldings;
use super::{Connection, Db};
use crate::error::Result;
use crate::values::folding::VERSION;

/// Rows that one step looks at.
const AT_ONCE: usize = 1_000;

/// How long to wait for another instance before looking again.
const PATIENCE: Duration = Duration::from_millis(200);

/// Folds what has been folded by older rules, or never. Afterwards everything is found by the rules of this binary.
///
/// # Errors
/// Database errors.
pub async fn run(db: &Db) -> Result<()> {
    for table in TABLES {
        loop {
            match db.write(move |conn| step(conn, table)).await? {
                Step::Last => break,
                Step::More { is_first } => {
                    if is_first {
                        tracing::info!(table = table.name, "names are folded anew, which takes a while");
                    }
                }
                Step::ByAnother => tokio::time::sleep(PATIENCE).await,
            }
        }
    }
    Ok(())
}

/// What came of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// There are rows left.
    More { is_first: bool },
    /// The table is done.
    Last,
    /// Another instance is at it.
    ByAnother,
}

/// How far a table has been folded, and by which rules.
#[derive(Queryable, Selectable)]
#[diesel(table_name = foldings)]
struct Folding {
    version: i32,
    reached: Option<String>,
}

fn step(conn: &mut Connection, table: &Table) -> Result<Step> {
    let kept: Option<Folding> =
        foldings::table.find(table.name).select(Folding::as_select()).first(conn).optional()?;
    let reached = match kept {
        // A newer binary has been here.
        Some(Folding { version, .. }) if version > VERSION => return Ok(Step::Last),
        Some(Folding { version: VERSION, reached: None }) => return Ok(Step::Last),
        Some(Folding { version: VERSION, reached }) => reached,
        _ => None,
    };
    if !is_my_turn(conn)? {
        return Ok(Step::ByAnother);
    }
    let looked_at = (table.fold)(conn, reached.as_deref().unwrap_or_default())?;
    let next = looked_at.last().filter(|_| looked_at.len() == AT_ONCE).cloned();
    let row = (foldings::name.eq(table.name), foldings::version.eq(VERSION), foldings::reached.eq(&next));
    diesel::delete(foldings::table.find(table.name)).execute(conn)?;
    diesel::insert_into(foldings::table).values(row).execute(conn)?;
    Ok(match next {
        Some(_) => Step::More { is_first: reached.is_none() },
        None => Step::Last,
    })
}

/// Whether no other instance is at a step: on PostgreSQL two at once would only undo each other's work. SQLite lets
/// nobody else write until this transaction ends.
fn is_my_turn(conn: &mut Connection) -> Result<bool> {
    const LOCK: &str = "pg_try_advisory_xact_lock(7320120)";
    Ok(conn.is_sqlite() || diesel::select(sql::<Bool>(LOCK)).get_result(conn)?)
}
