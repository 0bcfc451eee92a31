//! A table that is kept as a whole.

use serde::{Deserialize, Serialize};

use super::{Column, Head, Limits, Origin, Row, Unreadable, named, walk};

/// A table with all its rows, for files that are not large.
#[derive(Clone, Debug)]
pub struct Sheet<C> {
    pub head: Head<C>,
    lines: Vec<Line>,
}

/// Line, length if it is odd, cells.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Line(u64, Option<(usize, usize)>, Vec<String>);

/// How a table is kept as text.
#[derive(Serialize, Deserialize)]
struct Kept<Lines> {
    origin: Origin,
    heads: Vec<String>,
    unknown: Vec<String>,
    lines: Lines,
}

impl<C: Column> Sheet<C> {
    /// Reads a file.
    ///
    /// # Errors
    /// Why it is no such file.
    pub fn read(bytes: &[u8], limits: &Limits) -> Result<Self, Unreadable> {
        let mut lines = Vec::new();
        let head = walk(bytes, limits, |row| {
            lines.push(Line(row.line, row.odd_length, row.cells.to_vec()));
        })?;
        Ok(Self { head, lines })
    }

    pub fn rows(&self) -> impl ExactSizeIterator<Item = Row<'_, C>> {
        self.lines.iter().map(|Line(line, odd_length, cells)| Row {
            line: *line,
            odd_length: *odd_length,
            columns: &self.head.columns,
            cells,
        })
    }

    /// The table as text, to be kept until it is used: what is not known is left out, and every row knows its line.
    pub fn kept(&self) -> String {
        let Head { origin, unknown, columns, .. } = self.head.clone();
        let heads = columns.into_iter().filter_map(|column| column.heads().into_iter().next()).collect();
        // Text, numbers and lists have no errors.
        serde_json::to_string(&Kept { origin, heads, unknown, lines: &self.lines }).unwrap_or_default()
    }

    /// A table that was kept as text.
    pub fn of_kept(text: &str) -> Option<Self> {
        let Kept { origin, heads, unknown, lines } = serde_json::from_str::<Kept<Vec<Line>>>(text).ok()?;
        let columns = heads.iter().map(|head| named(head)).collect::<Option<Vec<C>>>()?;
        Some(Self { head: Head::new(origin, columns, unknown), lines })
    }
}
