//! Looks at a SQLite database.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{Bool, Integer, Nullable, Text};

use super::portrait::{Check, Column, Index, Portrait, Reference, Table};
use super::sql::{checks, plain};

/// All tables but SQLite's and diesel's own, and those of full-text indexes.
pub fn portrait(connection: &mut SqliteConnection) -> Portrait {
    let tables = "SELECT l.name, s.sql FROM pragma_table_list l
        JOIN sqlite_schema s ON s.type = 'table' AND s.name = l.name
        WHERE l.schema = 'main' AND l.type = 'table'
            AND substr(l.name, 1, 7) <> 'sqlite_' AND substr(l.name, 1, 8) <> '__diesel'";
    let tables: Vec<TableRow> = sql_query(tables).load(connection).unwrap();
    tables.into_iter().map(|row| (row.name.clone(), table(connection, row))).collect()
}

#[derive(QueryableByName)]
struct TableRow {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    sql: String,
}

fn table(connection: &mut SqliteConnection, row: TableRow) -> Table {
    let rows = columns(connection, &row.name);
    let mut key: Vec<&ColumnRow> = rows.iter().filter(|row| row.place_in_key > 0).collect();
    key.sort_by_key(|row| row.place_in_key);
    let table = Table {
        key: key.into_iter().map(|row| row.name.clone()).collect(),
        columns: rows.iter().map(ColumnRow::column).collect(),
        indexes: indexes(connection, &row.name),
        references: references(connection, &row.name),
        checks: checks(&row.sql).into_iter().map(|(name, demand)| Check { name, demand }).collect(),
    };
    without_numbers(table)
}

/// Full-text indexes need rows with numbers, which are nobody else's business: such a table's key is what was UNIQUE
/// first.
fn without_numbers(mut table: Table) -> Table {
    if table.key != ["row"] {
        return table;
    }
    table.columns.retain(|column| column.name != "row");
    let is_key = |index: &Index, name: &String| index.name.is_none() && index.columns == [name.clone()];
    let names = table.columns.iter().map(|column| &column.name);
    let key = names.into_iter().find(|name| table.indexes.iter().any(|index| is_key(index, name))).cloned();
    table.indexes.retain(|index| !key.iter().any(|name| is_key(index, name)));
    table.key = key.into_iter().collect();
    table
}

#[derive(QueryableByName)]
struct ColumnRow {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Bool)]
    is_required: bool,
    #[diesel(sql_type = Nullable<Text>)]
    default_value: Option<String>,
    #[diesel(sql_type = Integer)]
    place_in_key: i32,
    #[diesel(sql_type = Bool)]
    is_generated: bool,
}

fn columns(connection: &mut SqliteConnection, table: &str) -> Vec<ColumnRow> {
    let columns = "SELECT name, type AS kind, \"notnull\" AS is_required, dflt_value AS default_value,
            pk AS place_in_key, hidden > 0 AS is_generated
        FROM pragma_table_xinfo(?) ORDER BY cid";
    sql_query(columns).bind::<Text, _>(table).load(connection).unwrap()
}

impl ColumnRow {
    fn column(&self) -> Column {
        Column {
            name: self.name.clone(),
            kind: kind(&self.kind).to_owned(),
            is_nullable: !self.is_required,
            default: self.default_value.as_deref().map(plain),
            is_generated: self.is_generated,
        }
    }
}

/// diesel's name of a type.
fn kind(declared: &str) -> &str {
    match declared.trim_end_matches(" GENERATED ALWAYS") {
        "TEXT" => "Text",
        "INTEGER" => "Integer",
        "BIGINT" => "BigInt",
        "BOOLEAN" => "Bool",
        "TIMESTAMP" => "Timestamp",
        "DATE" => "Date",
        other => other,
    }
}

#[derive(QueryableByName)]
struct IndexRow {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Bool)]
    is_unique: bool,
    #[diesel(sql_type = Text)]
    origin: String,
    #[diesel(sql_type = Nullable<Text>)]
    sql: Option<String>,
}

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

fn indexes(connection: &mut SqliteConnection, table: &str) -> Vec<Index> {
    let indexes = "SELECT l.name, l.\"unique\" AS is_unique, l.origin, s.sql
        FROM pragma_index_list(?) l JOIN sqlite_schema s ON s.type = 'index' AND s.name = l.name
        WHERE l.origin <> 'pk'";
    let rows: Vec<IndexRow> = sql_query(indexes).bind::<Text, _>(table).load(connection).unwrap();
    let read = |row: IndexRow| {
        let columns =
            "SELECT coalesce(name, 'an expression') AS name FROM pragma_index_info(?) ORDER BY seqno";
        let columns: Vec<Name> = sql_query(columns).bind::<Text, _>(&row.name).load(connection).unwrap();
        Index {
            columns: columns.into_iter().map(|column| column.name).collect(),
            is_unique: row.is_unique,
            only: row.sql.and_then(|sql| sql.split_once(" WHERE ").map(|(_, only)| plain(only))),
            name: (row.origin == "c").then_some(row.name),
        }
    };
    rows.into_iter().map(read).collect()
}

#[derive(QueryableByName)]
struct ReferenceRow {
    #[diesel(sql_type = Integer)]
    number: i32,
    #[diesel(sql_type = Text)]
    target: String,
    #[diesel(sql_type = Text)]
    own: String,
    #[diesel(sql_type = Text)]
    theirs: String,
    #[diesel(sql_type = Text)]
    on_delete: String,
}

fn references(connection: &mut SqliteConnection, table: &str) -> Vec<Reference> {
    let columns =
        "SELECT id AS number, \"table\" AS target, \"from\" AS own, coalesce(\"to\", 'the key') AS theirs,
            lower(on_delete) AS on_delete
        FROM pragma_foreign_key_list(?) ORDER BY id, seq";
    let columns: Vec<ReferenceRow> = sql_query(columns).bind::<Text, _>(table).load(connection).unwrap();
    let mut references: BTreeMap<i32, Reference> = BTreeMap::new();
    for column in columns {
        let reference = references.entry(column.number).or_default();
        (reference.table, reference.on_delete) = (column.target, column.on_delete);
        reference.columns.push(column.own);
        reference.to.push(column.theirs);
    }
    references.into_values().collect()
}
