//! How fast the database itself makes one row final: what every command costs at least.

use std::time::{Duration, Instant};

use anyhow::anyhow;
use diesel::Connection as _;
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use twotier::db::Connection;
use twotier::db::connection::Opener;

use super::portal::Installation;

diesel::table! {
    raw_commits (number) {
        number -> Integer,
    }
}

/// A table of numbers: a file beside the portal's, or in its schema.
pub struct Ledger {
    url: String,
}

impl Ledger {
    pub fn beside(installation: &Installation) -> anyhow::Result<Self> {
        let is_file = installation.database_url.starts_with("sqlite:");
        let own_file = || format!("sqlite://{}", installation.folder.join("raw.db").display());
        let url = if is_file { own_file() } else { installation.database_url.clone() };
        Opener::once(&url)?.batch_execute("CREATE TABLE raw_commits (number INTEGER NOT NULL)")?;
        Ok(Self { url })
    }

    /// How many rows a second are inserted, each in a transaction of its own, by so many connections, opened as the
    /// portal does. A file has one writer, and takes turns in the portal, too: there it is one connection.
    pub fn rate(&self, connections: usize, long: Duration) -> anyhow::Result<f64> {
        let connections = if self.url.starts_with("sqlite:") { 1 } else { connections };
        let opened: anyhow::Result<Vec<Connection>> =
            (0..connections).map(|_| Opener::once(&self.url)).collect();
        let mut opened = opened?;
        let end = Instant::now() + long;
        let counts: anyhow::Result<Vec<u32>> = std::thread::scope(|scope| {
            let threads: Vec<_> =
                opened.iter_mut().map(|conn| scope.spawn(move || commit_until(conn, end))).collect();
            let counts = threads.into_iter().map(|thread| match thread.join() {
                Ok(count) => Ok(count?),
                Err(_) => Err(anyhow!("committing ended in a panic")),
            });
            counts.collect()
        });
        Ok(f64::from(counts?.into_iter().sum::<u32>()) / long.as_secs_f64())
    }
}

fn commit_until(conn: &mut Connection, end: Instant) -> QueryResult<u32> {
    let mut commits = 0;
    while Instant::now() < end {
        conn.transaction(|conn| {
            diesel::insert_into(raw_commits::table).values(raw_commits::number.eq(1)).execute(conn)
        })?;
        commits += 1;
    }
    Ok(commits)
}
