//! A table, for people and for programs.

use std::fmt;

use serde_json::{Map, Value, json};

/// Rows with a name and figures.
pub struct Table {
    title: String,
    columns: Vec<String>,
    rows: Vec<(String, Vec<Cell>)>,
}

/// A figure with so many decimals, or none.
#[derive(Clone, Copy, Debug)]
pub struct Cell {
    value: Option<f64>,
    decimals: usize,
}

impl Cell {
    pub fn of(value: impl Into<Option<f64>>, decimals: usize) -> Self {
        Self { value: value.into(), decimals }
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.value {
            Some(value) => f.pad(&format!("{value:.*}", self.decimals)),
            None => f.pad("–"),
        }
    }
}

impl Table {
    pub fn new<S: Into<String>>(title: &str, columns: impl IntoIterator<Item = S>) -> Self {
        let columns = columns.into_iter().map(Into::into).collect();
        Self { title: title.to_owned(), columns, rows: Vec::new() }
    }

    pub fn row(&mut self, name: &str, cells: impl IntoIterator<Item = Cell>) {
        self.rows.push((name.to_owned(), cells.into_iter().collect()));
    }

    pub fn json(&self) -> Value {
        let row = |(name, cells): &(String, Vec<Cell>)| {
            let figures =
                self.columns.iter().zip(cells).map(|(column, cell)| (column.clone(), json!(cell.value)));
            let named = ("name".to_owned(), json!(name));
            Value::Object([named].into_iter().chain(figures).collect::<Map<_, _>>())
        };
        json!({ "title": self.title, "rows": self.rows.iter().map(row).collect::<Vec<_>>() })
    }

    /// How wide the names and each column are.
    fn widths(&self) -> (usize, Vec<usize>) {
        let length = |text: &str| text.chars().count();
        let names = self.rows.iter().map(|(name, _)| length(name)).chain([length(&self.title)]);
        let of_column = |(nth, head): (usize, &String)| {
            let cells = self.rows.iter().filter_map(|(_, cells)| cells.get(nth));
            cells.map(|cell| length(&cell.to_string())).chain([length(head)]).max().unwrap_or_default()
        };
        (names.max().unwrap_or_default(), self.columns.iter().enumerate().map(of_column).collect())
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (names, columns) = self.widths();
        write!(f, "{:<names$}", self.title)?;
        for (head, width) in self.columns.iter().zip(&columns) {
            write!(f, "   {head:>width$}")?;
        }
        writeln!(f)?;
        for (name, cells) in &self.rows {
            write!(f, "{name:<names$}")?;
            for (cell, width) in cells.iter().zip(&columns) {
                write!(f, "   {cell:>width$}")?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}

/// The middle one; of an even number the later of the two.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
