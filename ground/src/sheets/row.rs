//! A row, its cells by column.

use super::Column;

/// A row of a file.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a, C> {
    /// Where it begins: the line of a text, the row of a workbook.
    pub line: u64,
    /// How many cells it has and should have, where that is not the same.
    pub odd_length: Option<(usize, usize)>,
    pub(super) columns: &'a [C],
    pub(super) cells: &'a [String],
}

impl<'a, C: Column> Row<'a, C> {
    /// What it says in a column, without blanks around it; nothing where the file has no such column.
    pub fn get(&self, column: C) -> &'a str {
        self.cells().find(|(one, _)| *one == column).map_or("", |(_, cell)| cell)
    }

    /// What it says in the columns that the file has, empty cells as well.
    pub fn cells(&self) -> impl Iterator<Item = (C, &'a str)> + use<'a, C> {
        self.columns.iter().copied().zip(self.cells.iter().map(String::as_str))
    }
}
