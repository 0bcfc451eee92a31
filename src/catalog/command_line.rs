//! `twotier catalogue`: the same as Upload a file and Export, for scripts that set an installation up.

use std::io::Read as _;
use std::path::Path;

use anyhow::Context as _;
use askama::Template;

use super::model::column::Column;
use super::model::plan::{Plan, Verdict};
use super::model::sheet::{self, LIMITS, Sheet};
use super::store::import::{apply, plan};
use super::store::keeping::{Author, all};
use crate::db::Db;
use crate::error::Error;
use crate::language::filters;
use crate::partners;
use crate::previews::model::Counts;
use crate::values::moment::Moment;
use crate::web::csv;

/// A file of offers that was read.
pub struct File {
    name: String,
    sheet: Sheet,
}

/// What an import did, row by row.
pub struct Report {
    pub text: String,
    pub refused: usize,
}

#[derive(Template)]
#[template(path = "catalog/import.txt")]
struct ReportText {
    plan: Plan,
    counts: Counts,
    is_dry: bool,
}

/// Reads a file, or standard input for `-`; no more than a file of offers may have.
///
/// # Errors
/// When it cannot be read, or is no file of offers.
pub fn read(path: &Path) -> anyhow::Result<File> {
    let name = path.display().to_string();
    let source: Box<dyn std::io::Read> = if name == "-" {
        Box::new(std::io::stdin())
    } else {
        Box::new(std::fs::File::open(path).with_context(|| name.clone())?)
    };
    let limit = u64::try_from(LIMITS.bytes).unwrap_or(u64::MAX - 1) + 1;
    let mut bytes = Vec::new();
    source.take(limit).read_to_end(&mut bytes).with_context(|| name.clone())?;
    let sheet = sheet::read(&bytes).map_err(|why| anyhow::anyhow!("{name}: {why}"))?;
    Ok(File { name, sheet })
}

/// Takes the good rows of a file, or only says what it would do.
///
/// # Errors
/// When the database fails.
pub async fn import(db: &Db, file: File, is_dry: bool) -> anyhow::Result<Report> {
    let now = Moment::now();
    let done = if is_dry {
        db.read(move |conn| plan(conn, &file.sheet, now)).await
    } else {
        let write = db.write(move |conn| {
            let operator = partners::store::operator::operator(conn)?.map(|operator| operator.id);
            let by = Author::Command(operator);
            let done = apply(conn, &by, (&file.name, &file.sheet), None, now)?;
            done.ok_or_else(|| Error::Internal(anyhow::anyhow!("an import without a preview was overtaken")))
        });
        write.await
    };
    let plan = done.map_err(Error::into_cause)?;
    let counts = plan.counts();
    let text = ReportText { plan, counts, is_dry }.render()?;
    Ok(Report { text, refused: counts.refused })
}

/// All offers as the file that import reads.
///
/// # Errors
/// When the database fails.
pub async fn export(db: &Db) -> anyhow::Result<String> {
    let today = Moment::now().day();
    let kept = db.read(move |conn| all(conn, today)).await.map_err(Error::into_cause)?;
    let columns: Vec<Column> = Column::all().collect();
    let heads: Vec<String> = columns.iter().map(|column| column.head()).collect();
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let row = |kept: super::model::definition::Kept| {
        let cells = kept.definition.cells();
        columns.iter().map(|column| cells.get(*column).to_owned()).collect()
    };
    let rows = csv::rows(kept.into_iter().map(row)).map_err(Error::into_cause)?;
    let head = csv::head(&heads).map_err(Error::into_cause)?;
    Ok(String::from_utf8([head, rows].concat())?)
}
