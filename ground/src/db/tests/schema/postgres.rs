//! Looks at the first schema of a PostgreSQL connection.

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{Array, Bool, Nullable, Text};

use super::portrait::{Check, Column, Index, Portrait, Reference, Table};
use super::sql::{checks, plain};

/// All tables but diesel's own. Only its usual kind of index counts: what is searched for in texts, each database has its
/// own for.
pub fn portrait(connection: &mut PgConnection) -> Portrait {
    let mut portrait = Portrait::new();
    for row in load::<ColumnRow>(connection, COLUMNS) {
        of(&mut portrait, &row.in_table).columns.push(row.column());
    }
    for row in load::<IndexRow>(connection, INDEXES) {
        let table = of(&mut portrait, &row.in_table);
        match row.is_key {
            true => table.key = row.columns,
            false => table.indexes.push(row.index()),
        }
    }
    for row in load::<ReferenceRow>(connection, REFERENCES) {
        of(&mut portrait, &row.in_table).references.push(row.reference());
    }
    for row in load::<CheckRow>(connection, CHECKS) {
        let demands = checks(&row.definition).into_iter();
        let named = demands.map(|(_, demand)| Check { name: row.name.clone(), demand });
        of(&mut portrait, &row.in_table).checks.extend(named);
    }
    portrait.remove("__diesel_schema_migrations");
    portrait
}

fn load<T: diesel::deserialize::QueryableByName<diesel::pg::Pg> + 'static>(
    connection: &mut PgConnection,
    sql: &str,
) -> Vec<T> {
    sql_query(sql).load(connection).unwrap_or_else(|error| panic!("{sql}: {error}"))
}

fn of<'a>(portrait: &'a mut Portrait, table: &str) -> &'a mut Table {
    portrait.entry(table.to_owned()).or_default()
}

const COLUMNS: &str = "
SELECT c.relname::text AS in_table, a.attname::text AS name, format_type(a.atttypid, a.atttypmod) AS kind,
    a.attnotnull AS is_required, a.attgenerated <> '' AS is_generated, pg_get_expr(d.adbin, d.adrelid) AS default_value
FROM pg_attribute a
JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'r' AND c.relnamespace = current_schema()::text::regnamespace
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE a.attnum > 0 AND NOT a.attisdropped
ORDER BY c.relname, a.attnum";

#[derive(QueryableByName)]
struct ColumnRow {
    #[diesel(sql_type = Text)]
    in_table: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Bool)]
    is_required: bool,
    #[diesel(sql_type = Bool)]
    is_generated: bool,
    #[diesel(sql_type = Nullable<Text>)]
    default_value: Option<String>,
}

impl ColumnRow {
    fn column(&self) -> Column {
        Column {
            name: self.name.clone(),
            kind: kind(&self.kind).to_owned(),
            is_nullable: !self.is_required,
            default: self.default_value.as_deref().filter(|_| !self.is_generated).map(plain),
            is_generated: self.is_generated,
        }
    }
}

/// diesel's name of a type.
fn kind(told: &str) -> &str {
    match told {
        "text" => "Text",
        "integer" => "Integer",
        "bigint" => "BigInt",
        "boolean" => "Bool",
        "timestamp without time zone" => "Timestamp",
        "date" => "Date",
        other => other,
    }
}

const INDEXES: &str = "
SELECT t.relname::text AS in_table, i.relname::text AS name, x.indisunique AS is_unique, x.indisprimary AS is_key,
    EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = x.indexrelid AND k.contype = 'u') AS is_constraint,
    pg_get_expr(x.indpred, x.indrelid) AS only_where,
    ARRAY(
        SELECT coalesce(a.attname::text, 'an expression')
        FROM unnest(x.indkey::int2[]) WITH ORDINALITY AS k (number, place)
        LEFT JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k.number
        ORDER BY k.place
    ) AS columns
FROM pg_index x
JOIN pg_class i ON i.oid = x.indexrelid
JOIN pg_class t ON t.oid = x.indrelid AND t.relnamespace = current_schema()::text::regnamespace
JOIN pg_am m ON m.oid = i.relam AND m.amname = 'btree'";

#[derive(QueryableByName)]
struct IndexRow {
    #[diesel(sql_type = Text)]
    in_table: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Bool)]
    is_unique: bool,
    #[diesel(sql_type = Bool)]
    is_key: bool,
    #[diesel(sql_type = Bool)]
    is_constraint: bool,
    #[diesel(sql_type = Nullable<Text>)]
    only_where: Option<String>,
    #[diesel(sql_type = Array<Text>)]
    columns: Vec<String>,
}

impl IndexRow {
    fn index(self) -> Index {
        Index {
            name: (!self.is_constraint).then_some(self.name),
            is_unique: self.is_unique,
            columns: self.columns,
            only: self.only_where.as_deref().map(plain),
        }
    }
}

const REFERENCES: &str = "
SELECT t.relname::text AS in_table, target.relname::text AS target,
    CASE k.confdeltype WHEN 'a' THEN 'no action' WHEN 'c' THEN 'cascade' WHEN 'n' THEN 'set null'
        WHEN 'd' THEN 'set default' ELSE 'restrict' END AS on_delete,
    ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY AS c (number, place)
        JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = c.number ORDER BY c.place) AS own,
    ARRAY(SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY AS c (number, place)
        JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = c.number ORDER BY c.place) AS theirs
FROM pg_constraint k
JOIN pg_class t ON t.oid = k.conrelid AND t.relnamespace = current_schema()::text::regnamespace
JOIN pg_class target ON target.oid = k.confrelid
WHERE k.contype = 'f'";

#[derive(QueryableByName)]
struct ReferenceRow {
    #[diesel(sql_type = Text)]
    in_table: String,
    #[diesel(sql_type = Text)]
    target: String,
    #[diesel(sql_type = Text)]
    on_delete: String,
    #[diesel(sql_type = Array<Text>)]
    own: Vec<String>,
    #[diesel(sql_type = Array<Text>)]
    theirs: Vec<String>,
}

impl ReferenceRow {
    fn reference(self) -> Reference {
        Reference { columns: self.own, table: self.target, to: self.theirs, on_delete: self.on_delete }
    }
}

const CHECKS: &str = "
SELECT t.relname::text AS in_table, k.conname::text AS name, pg_get_constraintdef(k.oid) AS definition
FROM pg_constraint k
JOIN pg_class t ON t.oid = k.conrelid AND t.relnamespace = current_schema()::text::regnamespace
WHERE k.contype = 'c'";

#[derive(QueryableByName)]
struct CheckRow {
    #[diesel(sql_type = Text)]
    in_table: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    definition: String,
}
