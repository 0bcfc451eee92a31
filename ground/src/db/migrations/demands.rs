//! What a step demands of rows that are there already. The database would only say that one of them breaks it; whoever
//! has to put it right needs to know which.

use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel::{PgConnection, QueryResult, SqliteConnection, sql_query};

/// The steps that add checks to tables with rows. Both databases add the same.
const STEPS: &[(&str, &str)] = &[
    ("20261129000062", include_str!("../../../../migrations/postgres/2026-11-29-000062_checks/up.sql")),
    (
        "20261130000096",
        include_str!("../../../../migrations/postgres/2026-11-30-000096_stopped_exports/up.sql"),
    ),
    (
        "20261130000151",
        include_str!("../../../../migrations/postgres/2026-11-30-000151_limit_of_reseller/up.sql"),
    ),
];

/// So many rows are named for each check.
const NAMED: usize = 5;

/// A check that a step adds to a table.
#[derive(Debug, PartialEq, Eq)]
struct Demand<'a> {
    table: &'a str,
    name: &'a str,
    condition: &'a str,
}

/// Rows that are not as a step demands.
#[derive(Debug, thiserror::Error)]
#[error(
    "step {step} cannot be taken, since rows are out of bounds: {}; put them right, and start again", broken.join("; ")
)]
pub struct Broken {
    step: String,
    broken: Vec<String>,
}

/// Refuses a step that rows would break, and says which rows those are.
///
/// # Errors
/// [`Broken`]; database errors.
pub fn check(connection: &mut impl Asked, step: &str) -> diesel::migration::Result<()> {
    let steps = STEPS.iter().filter(|(name, _)| *name == step);
    let mut broken = Vec::new();
    for demand in steps.flat_map(|(_, sql)| demands(sql)) {
        let rows = rows_against(connection, &demand)?;
        if !rows.is_empty() {
            broken.push(demand.broken_by(&rows));
        }
    }
    match broken.is_empty() {
        true => Ok(()),
        false => Err(Broken { step: step.to_owned(), broken }.into()),
    }
}

/// The checks that the SQL of a step adds, a line each.
fn demands(sql: &str) -> impl Iterator<Item = Demand<'_>> {
    sql.lines().filter_map(|line| {
        let (table, rest) = line.strip_prefix("ALTER TABLE ")?.split_once(" ADD CONSTRAINT ")?;
        let (name, rest) = rest.split_once(" CHECK (")?;
        Some(Demand { table, name, condition: rest.strip_suffix(");")? })
    })
}

impl Demand<'_> {
    fn broken_by(&self, rows: &[String]) -> String {
        let named: Vec<_> = rows.iter().take(NAMED).map(|row| format!("({row})")).collect();
        let more = if rows.len() > NAMED { " and more" } else { "" };
        format!(
            "{} demands {}, but these rows break it: {}{more}",
            self.name,
            self.condition,
            named.join(", ")
        )
    }
}

/// The keys of some rows that are not as demanded.
fn rows_against(connection: &mut impl Asked, demand: &Demand<'_>) -> QueryResult<Vec<String>> {
    let Demand { table, condition, .. } = demand;
    let key = connection.key_of(table)?;
    let parts: Vec<_> = key.iter().map(|column| format!("'{column} = ' || \"{column}\"")).collect();
    connection.texts(&format!(
        "SELECT '{table}: ' || {} AS text FROM {table} WHERE NOT ({condition}) ORDER BY 1 LIMIT {}",
        parts.join(" || ', ' || "),
        NAMED + 1
    ))
}

#[derive(QueryableByName)]
struct Words {
    #[diesel(sql_type = Text)]
    text: String,
}

/// A database that is asked by SQL for texts.
pub trait Asked {
    /// The columns of a table's key, in order.
    ///
    /// # Errors
    /// Database errors.
    fn key_of(&mut self, table: &str) -> QueryResult<Vec<String>>;

    /// A column that is called `text`.
    ///
    /// # Errors
    /// Database errors.
    fn texts(&mut self, sql: &str) -> QueryResult<Vec<String>>;
}

impl Asked for SqliteConnection {
    fn key_of(&mut self, table: &str) -> QueryResult<Vec<String>> {
        self.texts(&format!("SELECT name AS text FROM pragma_table_info('{table}') WHERE pk > 0 ORDER BY pk"))
    }

    fn texts(&mut self, sql: &str) -> QueryResult<Vec<String>> {
        let words: Vec<Words> = sql_query(sql).load(self)?;
        Ok(words.into_iter().map(|words| words.text).collect())
    }
}

impl Asked for PgConnection {
    fn key_of(&mut self, table: &str) -> QueryResult<Vec<String>> {
        self.texts(&format!(
            "SELECT a.attname::text AS text FROM pg_index i
             JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
             WHERE i.indrelid = '{table}'::regclass AND i.indisprimary
             ORDER BY array_position(i.indkey::int2[], a.attnum)"
        ))
    }

    fn texts(&mut self, sql: &str) -> QueryResult<Vec<String>> {
        let words: Vec<Words> = sql_query(sql).load(self)?;
        Ok(words.into_iter().map(|words| words.text).collect())
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn a_check_is_read_out_of_its_line() {
        let line = "-- Why.\nALTER TABLE a ADD CONSTRAINT a_b_check CHECK (b IN (1, 2));\nDROP TABLE c;";
        let read: Vec<_> = demands(line).collect();
        assert_eq!(read, [Demand { table: "a", name: "a_b_check", condition: "b IN (1, 2)" }]);
    }

    /// The checks of a step that may be broken: a vocabulary that is dropped and takes a word more never is.
    fn new_checks(sql: &str) -> Vec<Demand<'_>> {
        demands(sql).filter(|demand| !sql.contains(&format!("DROP CONSTRAINT {};", demand.name))).collect()
    }

    #[test]
    fn every_step_that_adds_checks_says_which_rows_break_them() {
        for database in ["sqlite", "postgres"] {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations").join(database);
            for step in std::fs::read_dir(folder).unwrap().map(|step| step.unwrap().path()) {
                let Ok(sql) = std::fs::read_to_string(step.join("up.sql")) else { continue };
                let name = step.file_name().unwrap().to_string_lossy().into_owned();
                let version = name.split('_').next().unwrap().replace('-', "");
                let asked = STEPS.iter().find(|(known, _)| *known == version).map_or("", |(_, sql)| *sql);
                assert_eq!(new_checks(asked), new_checks(&sql), "{database}/{name} is not among STEPS");
            }
        }
    }
}
