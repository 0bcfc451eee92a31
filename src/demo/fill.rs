//! Writes the demonstration into the database.

use std::io::Write as _;

use anyhow::Context as _;
use diesel::Connection as _;
use diesel::connection::SimpleConnection as _;
use secrecy::ExposeSecret as _;

use super::data::Lists;
use super::flow::Flow;
use super::rows::{OrderNumberRow, are_none};
use super::world::World;
use crate::config::Demo;
use crate::customers::store::soon::keep_some;
use crate::db::{Connection, Db};
use crate::error::{Error, Result};
use crate::values::moment::Moment;
use crate::values::password::{NewPassword, OwnWords, PasswordHash, Turns};

/// So many customers are written at once.
const BATCH: u32 = 5_000;

/// Fills the database with what has happened up to now; `suffix` ends the customers' primary domains.
/// Answers the password of all accounts.
///
/// # Errors
/// When the database holds anything, the password is too short, or the database fails.
pub async fn fill(db: &Db, demo: &Demo, suffix: &str, now: Moment) -> anyhow::Result<String> {
    let password = match &demo.password {
        Some(wished) => {
            NewPassword::parse(wished.expose_secret(), &OwnWords::default()).context("--password")?
        }
        None => NewPassword::temporary(),
    };
    let hash = password.hash(&Turns::default().take_now()?)?;
    let (count, suffix) = (demo.customers, suffix.to_owned());
    // Not one transaction but many, and not a command but a load: hence no `write`.
    let filled = db.maintain(move |conn| {
        demand_empty(conn)?;
        let lists = Lists::read()?;
        let world = World::of(&lists, count, &suffix, now)?;
        hurry(conn, true)?;
        let filled = write_all(conn, &world, &hash);
        hurry(conn, false)?;
        filled
    });
    filled.await.map_err(Error::into_cause)?;
    Ok(password.reveal().to_owned())
}

fn write_all(conn: &mut Connection, world: &World<'_>, password: &PasswordHash) -> Result<()> {
    conn.transaction(|conn| {
        world.insert(conn, password)?;
        super::enrolments::insert(conn, world, password)
    })?;
    let mut flow = Flow::of(world, password);
    let (mut done, mut told) = (0, 0);
    while let Some(mut batch) = flow.next_batch(BATCH) {
        super::told::line_up(&mut batch.told, &mut told);
        conn.transaction(|conn| batch.insert(conn))?;
        done += batch.customers.len();
        tell(done, world.count);
    }
    conn.transaction(|conn| {
        super::drafts::insert(conn, world)?;
        super::consents::insert(conn, world)?;
        super::withdrawals::insert(conn, world)?;
        super::qualifications::insert(conn, world)?;
        super::invitations::insert(conn, world)?;
        super::endings::insert(conn, world)?;
        super::handovers::insert(conn, world)?;
        super::exports::insert(conn, world)?;
        super::uploads::insert(conn, world, password)?;
        super::existing::insert(conn, world)?;
        super::azure::insert(conn, world)?;
        super::transfers::insert(conn, world)?;
        super::reservations::insert(conn, world, &mut flow)?;
        super::upgrades::insert(conn, world, &mut flow)?;
        OrderNumberRow::insert(conn, &flow.numbers())
    })?;
    // What the hourly job would find, for those who look before it has run.
    while conn.transaction(|conn| keep_some(conn, world.now))? > 0 {}
    Ok(())
}

fn demand_empty(conn: &mut Connection) -> Result<()> {
    if are_none(conn)? {
        return Ok(());
    }
    Err(Error::Internal(anyhow::anyhow!(
        "the database is not empty; a demonstration only goes into an empty one (choose another DATA_DIR or DATABASE_URL)"
    )))
}

/// Nothing is lost that could not be made again, so the disk is not waited for meanwhile.
fn hurry(conn: &mut Connection, on: bool) -> Result<()> {
    let settings: &[&str] = match (conn.is_sqlite(), on) {
        (true, true) => &["PRAGMA synchronous = OFF; PRAGMA cache_size = -64000;"],
        (true, false) => &["PRAGMA synchronous = FULL; PRAGMA cache_size = -4000; PRAGMA optimize;"],
        (false, true) => &["SET synchronous_commit = off"],
        // By itself, ANALYZE lets go of each table after it: in one piece with another statement it would keep all of
        // them, those of other schemas too, and wait for whoever waits for it.
        (false, false) => &["SET synchronous_commit = on", "ANALYZE"],
    };
    for setting in settings {
        conn.batch_execute(setting)?;
    }
    Ok(())
}

fn tell(done: usize, of: u32) {
    if of >= 20_000 {
        let _ = writeln!(std::io::stderr(), "{done} of {of} customers");
    }
}
