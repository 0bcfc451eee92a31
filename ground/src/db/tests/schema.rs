//! Both databases hold the same tables, `schema.rs` tells the truth about them, and every step leads back as well.

mod comparing;
mod declared;
mod homes;
mod made_up;
mod portrait;
mod postgres;
mod rows;
mod rules;
mod sql;
mod sqlite;
mod vocabularies;

use std::path::Path;

use diesel::connection::SimpleConnection as _;
use diesel_migrations::MigrationHarness as _;

use super::migrations::{POSTGRES, SQLITE};
use comparing::differences;
use portrait::Portrait;

const SCHEMA: &str = include_str!("../schema.rs");

fn nothing(complaints: &[String]) {
    assert!(complaints.is_empty(), "{} complaints:\n{}", complaints.len(), complaints.join("\n"));
}

/// What a SQLite file has after all steps.
fn of_sqlite() -> Portrait {
    let mut connection = homes::sqlite();
    connection.run_pending_migrations(SQLITE).unwrap();
    sqlite::portrait(&mut connection)
}

#[test]
fn schema_rs_says_what_tables_have() {
    let declared = declared::tables(SCHEMA);
    let outlines = of_sqlite().iter().map(|(name, table)| (name.clone(), table.outline())).collect();
    assert!(declared.len() > 40, "schema.rs could not be read");
    nothing(&differences(("in SQLite", &outlines), ("in schema.rs", &declared)));
}

#[test]
fn what_schema_rs_joins_belongs_together() {
    let joins = declared::joins(SCHEMA);
    assert!(joins.len() > 5, "the joins could not be read");
    nothing(&rules::unfounded(&of_sqlite(), &joins));
}

#[test]
fn postgres_holds_the_same_as_sqlite() {
    let Some(mut connection) = homes::postgres() else { return };
    connection.run_pending_migrations(POSTGRES).unwrap();
    let postgres = postgres::portrait(&mut connection);
    nothing(&differences(("in SQLite", &of_sqlite()), ("in PostgreSQL", &postgres)));
}

#[test]
fn every_table_keeps_the_rules() {
    let portrait = of_sqlite();
    nothing(&rules::unindexed(&portrait));
    nothing(&rules::nameless(&portrait));
    nothing(&rules::unbounded(&portrait));
}

#[test]
fn every_vocabulary_is_that_of_an_enum() {
    // Of people whether they may sign in is kept, and who is merely invited shows elsewhere.
    let but_people = "people_state_check: ";
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut enums = vocabularies::enums(&root.join("src"));
    enums.extend(vocabularies::enums(&root.join("../src")));
    let unkept = vocabularies::unkept(&of_sqlite(), &enums);
    nothing(&unkept.into_iter().filter(|told| !told.starts_with(but_people)).collect::<Vec<_>>());
}

#[test]
fn a_vocabulary_of_sqlite_takes_a_word_more_whoever_refers_to_its_table() {
    let mut connection = homes::sqlite();
    connection.run_pending_migrations(SQLITE).unwrap();
    let before = sqlite::portrait(&mut connection);
    for (table, check) in
        before.iter().flat_map(|(name, table)| table.checks.iter().map(move |check| (name, check)))
    {
        let Some((column, words)) = check.demand.split_once(" in ") else { continue };
        let step = format!(
            "ALTER TABLE {table} DROP CONSTRAINT {name};
             ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({column} IN ({words}, 'one_more'))",
            name = check.name
        );
        connection.batch_execute(&step).unwrap_or_else(|error| panic!("{step}: {error}"));
    }
    let after = sqlite::portrait(&mut connection);
    let told = differences(("before", &before), ("after", &after));
    assert!(told.len() > 40 && told.len().is_multiple_of(2), "{told:?}");
    assert!(
        told.iter().filter(|line| line.contains("only after")).all(|line| line.ends_with(", 'one_more'"))
    );
}

#[test]
fn every_step_on_sqlite_leads_back() {
    let mut connection = homes::sqlite();
    connection.run_pending_migrations(SQLITE).unwrap();
    let whole = sqlite::portrait(&mut connection);
    connection.revert_all_migrations(SQLITE).unwrap();
    assert_eq!(homes::left_in_sqlite(&mut connection), Vec::<String>::new());
    connection.run_pending_migrations(SQLITE).unwrap();
    nothing(&differences(("at first", &whole), ("again", &sqlite::portrait(&mut connection))));
}

#[test]
fn every_step_on_postgres_leads_back() {
    let Some(mut connection) = homes::postgres() else { return };
    connection.run_pending_migrations(POSTGRES).unwrap();
    let whole = postgres::portrait(&mut connection);
    connection.revert_all_migrations(POSTGRES).unwrap();
    assert_eq!(homes::left_in_postgres(&mut connection), Vec::<String>::new());
    connection.run_pending_migrations(POSTGRES).unwrap();
    nothing(&differences(("at first", &whole), ("again", &postgres::portrait(&mut connection))));
}
