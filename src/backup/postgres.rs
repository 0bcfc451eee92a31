//! PostgreSQL's own way: `pg_dump` and `pg_restore`, in their custom format.

use std::ffi::OsStr;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::tools::Tools;
use crate::db::connection::Opener;
use crate::db::{Connection, migrations};

/// How a file in the custom format begins.
const MAGIC: &[u8] = b"PGDMP";

const GOODBYE: Duration = Duration::from_secs(3);

const OWN_TABLES: &str = "SELECT count(*) FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE relkind = 'r' AND nspname <> 'information_schema' AND nspname NOT LIKE 'pg\\_%'";

const OTHERS: &str = "SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'";

/// Copies the database, as one moment has it; answers how it is called.
///
/// # Errors
/// When it does not answer, holds no portal's data or a tool is missing.
pub fn backup(url: &str, to: &Path) -> anyhow::Result<String> {
    let tools = Tools::for_url(url);
    migrations::refuse_newer(&migrations::steps_of(&mut Opener::once(url)?)?)?;
    let to_file =
        [OsStr::new("--format=custom"), OsStr::new("--no-password"), OsStr::new("--file"), to.as_os_str()];
    tools.run("pg_dump", to_file.into_iter().chain(database(&tools)))?;
    read_whole(&tools, to)?;
    Ok(tools.address().to_owned())
}

/// Puts a backup into a database: an empty one, or in the place of what it holds.
///
/// # Errors
/// When the file is no sound backup that this binary can use, somebody works with the database, or it holds something
/// that is not to be replaced.
pub fn restore(from: &Path, url: &str, replace: bool) -> anyhow::Result<Vec<String>> {
    let name = from.display();
    let mut beginning = [0; 5];
    let read = std::fs::File::open(from).and_then(|mut file| std::io::Read::read(&mut file, &mut beginning));
    read.with_context(|| format!("cannot read {name}"))?;
    if beginning != MAGIC {
        bail!("{name} is no backup of a PostgreSQL database, which DATABASE_URL names");
    }
    let tools = Tools::for_url(url);
    read_whole(&tools, from)?;
    let steps = steps_in(&tools, from)?;
    migrations::refuse_newer(&steps).with_context(|| name.to_string())?;
    let mut connection = Opener::once(url)?;
    let address = tools.address();
    let is_filled = count(&mut connection, OWN_TABLES)? > 0;
    if is_filled && !replace {
        bail!(
            "{address} is not empty: with --replace, its tables are dropped and those of {name} are put in their place, \
             all or nothing"
        );
    }
    if !is_alone(&mut connection)? {
        bail!("{address} is in use: stop the portal, and whatever else is connected, and then restore");
    }
    if is_filled {
        refuse_what_would_stay(&mut connection, &steps, address)?;
    }
    drop(connection);
    let mut arguments = vec!["--single-transaction", "--no-owner", "--no-privileges", "--no-password"];
    if is_filled {
        arguments.extend(["--clean", "--if-exists"]);
    }
    let arguments = arguments.into_iter().map(OsStr::new).chain(database(&tools)).chain([from.as_os_str()]);
    tools.run("pg_restore", arguments).context("nothing has been changed")?;
    Ok(vec![format!("{address} is as it was when {name} was made. Start the portal.")])
}

/// Whether nobody else is connected. Whoever was a moment ago may still be saying goodbye.
fn is_alone(connection: &mut Connection) -> anyhow::Result<bool> {
    let begun = Instant::now();
    while count(connection, OTHERS)? > 0 {
        if begun.elapsed() > GOODBYE {
            return Ok(false);
        }
        std::thread::sleep(GOODBYE / 50);
    }
    Ok(true)
}

fn database(tools: &Tools) -> [&OsStr; 2] {
    [OsStr::new("--dbname"), OsStr::new(tools.address())]
}

/// A backup that was cut off has a good beginning.
fn read_whole(tools: &Tools, file: &Path) -> anyhow::Result<()> {
    let arguments = [OsStr::new("--file=/dev/null"), file.as_os_str()];
    tools.run("pg_restore", arguments).with_context(|| format!("{} is damaged", file.display()))?;
    Ok(())
}

/// The steps that the portal's tables in a backup have gone through.
fn steps_in(tools: &Tools, file: &Path) -> anyhow::Result<Vec<String>> {
    let only = ["--data-only", "--table=__diesel_schema_migrations", "--file=-"].map(OsStr::new);
    let script = tools.run("pg_restore", only.into_iter().chain([file.as_os_str()]))?;
    let script = String::from_utf8_lossy(&script).into_owned();
    let rows = script.lines().skip_while(|line| !line.starts_with("COPY ")).skip(1);
    let rows = rows.take_while(|line| *line != "\\.");
    let mut steps: Vec<String> = rows.filter_map(|row| row.split('\t').next()).map(str::to_owned).collect();
    if steps.is_empty() {
        bail!("{} holds no portal's data", file.display());
    }
    steps.sort();
    Ok(steps)
}

/// Tables of later steps are not in the backup, and would stay behind.
fn refuse_what_would_stay(
    connection: &mut Connection,
    steps: &[String],
    address: &str,
) -> anyhow::Result<()> {
    let there = migrations::steps_of(connection).unwrap_or_default();
    match there.iter().find(|step| !steps.contains(step)) {
        Some(later) => bail!(
            "{address} has gone further than the backup, through step {later}, and its newer tables would stay: \
             restore into an empty database instead (dropdb and createdb)"
        ),
        None => Ok(()),
    }
}

fn count(connection: &mut Connection, query: &str) -> anyhow::Result<i64> {
    Ok(sql::<BigInt>(query).get_result(connection)?)
}
