//! What a database looks like, in words that do not depend on which one it is.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Tables by name.
pub type Portrait = BTreeMap<String, Table>;

#[derive(Clone, Default)]
pub struct Table {
    pub columns: Vec<Column>,
    /// The columns of the primary key.
    pub key: Vec<String>,
    pub indexes: Vec<Index>,
    pub references: Vec<Reference>,
    pub checks: Vec<Check>,
}

#[derive(Clone, Default)]
pub struct Column {
    pub name: String,
    /// By diesel's name.
    pub kind: String,
    pub is_nullable: bool,
    pub default: Option<String>,
    pub is_generated: bool,
}

#[derive(Clone, Default)]
pub struct Index {
    /// Those of UNIQUE constraints are named by the database.
    pub name: Option<String>,
    pub is_unique: bool,
    pub columns: Vec<String>,
    /// Which rows it holds, if not all.
    pub only: Option<String>,
}

/// A foreign key.
#[derive(Clone, Default)]
pub struct Reference {
    pub columns: Vec<String>,
    pub table: String,
    pub to: Vec<String>,
    pub on_delete: String,
}

#[derive(Clone, Default)]
pub struct Check {
    /// Empty if it has none.
    pub name: String,
    pub demand: String,
}

impl Table {
    /// Everything there is to say, a line each.
    pub fn facts(&self) -> BTreeSet<String> {
        let names: Vec<&str> = self.columns.iter().map(|column| column.name.as_str()).collect();
        let outline = [format!("columns {}", names.join(", ")), format!("key {}", self.key.join(", "))];
        let columns = self.columns.iter().map(Column::to_string);
        let indexes = self.indexes.iter().map(Index::to_string);
        let references = self.references.iter().map(Reference::to_string);
        let checks = self.checks.iter().map(Check::to_string);
        outline.into_iter().chain(columns).chain(indexes).chain(references).chain(checks).collect()
    }

    /// What `schema.rs` says of a table.
    pub fn outline(&self) -> Table {
        let bare = |column: &Column| Column { default: None, is_generated: false, ..column.clone() };
        Table { columns: self.columns.iter().map(bare).collect(), key: self.key.clone(), ..Table::default() }
    }
}

impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "column {}: {}", self.name, self.kind)?;
        if self.is_nullable {
            f.write_str(", may be null")?;
        }
        if self.is_generated {
            f.write_str(", generated")?;
        }
        self.default.as_ref().map_or(Ok(()), |default| write!(f, ", otherwise {default}"))
    }
}

impl fmt::Display for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = if self.is_unique { "unique index" } else { "index" };
        write!(f, "{kind} {} on {}", self.name.as_deref().unwrap_or("of its own"), self.columns.join(", "))?;
        self.only.as_ref().map_or(Ok(()), |only| write!(f, ", only where {only}"))
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (columns, to) = (self.columns.join(", "), self.to.join(", "));
        write!(f, "{columns} refers to {} ({to}), when that goes: {}", self.table, self.on_delete)
    }
}

impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "check {}: {}", self.name, self.demand)
    }
}
