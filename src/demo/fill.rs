//! Writes the demonstration into the database.

use std::io::Write as _;

use anyhow::Context as _;
use diesel::Connection as _;
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use secrecy::ExposeSecret as _;

use super::data::Lists;
use super::flow::Flow;
use super::rows::OrderNumberRow;
use super::world::World;
use crate::config::Demo;
use crate::db::schema::{activity_records, customers, offers, organisations, people};
use crate::db::{Connection, Db};
use crate::error::{Error, Result};
use crate::values::moment::Moment;
use crate::values::password::{NewPassword, PasswordHash};

/// So many customers are written at once.
const BATCH: u32 = 5_000;
/// What follows the prefix in a customer's primary domain.
const SUFFIX: &str = "onmicrosoft.com";

/// Fills the database; answers the password of all accounts.
///
/// # Errors
/// When the database holds anything, the password is too short, or the database fails.
pub async fn fill(db: &Db, demo: &Demo) -> anyhow::Result<String> {
    let password = match &demo.password {
        Some(wished) => NewPassword::parse(wished.expose_secret()).context("--password")?,
        None => NewPassword::temporary(),
    };
    let hash = password.hash()?;
    let (count, now) = (demo.customers, Moment::now());
    // Not one transaction but many, and not a command but a load: hence no `write`.
    let filled = db.read(move |conn| fill_on(conn, count, &hash, now));
    filled.await.map_err(Error::into_cause)?;
    Ok(password.reveal().to_owned())
}

fn fill_on(conn: &mut Connection, count: u32, password: &PasswordHash, now: Moment) -> Result<()> {
    if !is_empty(conn)? {
        return Err(Error::Internal(anyhow::anyhow!(
            "the database is not empty; a demonstration only goes into an empty one (another DATA_DIR or DATABASE_URL)"
        )));
    }
    let lists = Lists::read()?;
    let world = World::of(&lists, count, SUFFIX, now)?;
    hurry(conn, true)?;
    let filled = write_all(conn, &world, password);
    hurry(conn, false)?;
    filled
}

fn write_all(conn: &mut Connection, world: &World<'_>, password: &PasswordHash) -> Result<()> {
    conn.transaction(|conn| world.insert(conn, password))?;
    let mut flow = Flow::of(world);
    let mut done = 0;
    while let Some(batch) = flow.next_batch(BATCH) {
        conn.transaction(|conn| batch.insert(conn))?;
        done += batch.customers.len();
        tell(done, world.count);
    }
    conn.transaction(|conn| OrderNumberRow::insert(conn, &flow.numbers()))
}

fn is_empty(conn: &mut Connection) -> Result<bool> {
    let rows = organisations::table.count().get_result::<i64>(conn)?
        + people::table.count().get_result::<i64>(conn)?
        + offers::table.count().get_result::<i64>(conn)?
        + customers::table.count().get_result::<i64>(conn)?
        + activity_records::table.count().get_result::<i64>(conn)?;
    Ok(rows == 0)
}

/// Nothing is lost that could not be made again, so the disk is not waited for meanwhile.
fn hurry(conn: &mut Connection, on: bool) -> Result<()> {
    let settings = match (&conn, on) {
        (Connection::Sqlite(_), true) => "PRAGMA synchronous = OFF; PRAGMA cache_size = -400000;",
        (Connection::Sqlite(_), false) => {
            "PRAGMA synchronous = FULL; PRAGMA cache_size = -16000; PRAGMA optimize;"
        }
        (Connection::Postgres(_), true) => "SET synchronous_commit = off",
        (Connection::Postgres(_), false) => "SET synchronous_commit = on; ANALYZE",
    };
    Ok(conn.batch_execute(settings)?)
}

fn tell(done: usize, of: u32) {
    if of >= 20_000 {
        let _ = writeln!(std::io::stderr(), "{done} of {of} customers");
    }
}
