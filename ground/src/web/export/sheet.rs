//! What somebody gets of a list: its columns, its filter, and its rows portion by portion.

use std::sync::Arc;

use serde::Serialize;

use crate::db::Connection;
use crate::error::Result;
use crate::paths::pairs;
use crate::values::id::SelectionId;
use crate::web::cell::Cell;
use crate::web::pager::{Page, Portion, Start};

type Read = dyn Fn(&mut Connection, &Portion) -> Result<Page<Vec<Cell>>> + Send + Sync;
type Exceeds = dyn Fn(&mut Connection, usize) -> Result<bool> + Send + Sync;

/// A list as somebody gets it. Cheap to copy.
#[derive(Clone)]
pub struct Sheet {
    /// What the file is called, without its ending.
    pub name: String,
    /// What stands above the columns, in English whatever the language: whoever reads the file relies on it.
    pub columns: Vec<String>,
    /// What the list is narrowed to, by the names of its filter.
    pub filter: Vec<(String, String)>,
    /// What is ticked in the list, where the file has that alone. It may be ticked otherwise by the time a job makes it.
    pub selection: Option<SelectionId>,
    read: Arc<Read>,
    exceeds: Arc<Exceeds>,
}

impl Sheet {
    /// A list: `read` answers portions of it, and `cells` what stands in the columns for a row.
    pub fn new<Row: 'static>(
        name: impl Into<String>,
        columns: &[&str],
        read: impl Fn(&mut Connection, &Portion) -> Result<Page<Row>> + Send + Sync + 'static,
        cells: impl Fn(Row) -> Result<Vec<Cell>> + Send + Sync + 'static,
    ) -> Self {
        let celled = move |conn: &mut Connection, portion: &Portion| {
            read(conn, portion)?.read(|rows| rows.into_iter().map(&cells).collect::<Result<Vec<_>>>())
        };
        let read: Arc<Read> = Arc::new(celled);
        let probed = Arc::clone(&read);
        let exceeds = move |conn: &mut Connection, most: usize| goes_on_behind(conn, most, &*probed);
        let columns = columns.iter().map(|column| (*column).to_owned()).collect();
        Self {
            name: name.into(),
            columns,
            filter: Vec::new(),
            selection: None,
            read,
            exceeds: Arc::new(exceeds),
        }
    }

    /// What the list is narrowed to, as it stands in the address.
    #[must_use]
    pub fn narrowed(self, filter: &impl Serialize) -> Self {
        let filter = pairs(filter).into_iter().filter(|(_, value)| !value.is_empty()).collect();
        Self { filter, ..self }
    }

    /// The same with words for a value that says nothing to people, as an id does.
    #[must_use]
    pub fn naming(mut self, name: &str, words: impl Into<String>) -> Self {
        if let Some((_, value)) = self.filter.iter_mut().find(|(one, _)| one == name) {
            *value = words.into();
        }
        self
    }

    /// The same where the list is one thing's, which its address names by an id.
    #[must_use]
    pub fn of(mut self, name: &str, words: impl Into<String>) -> Self {
        self.filter.insert(0, (name.to_owned(), words.into()));
        self
    }

    /// The same where it is what is ticked, and nothing else.
    #[must_use]
    pub fn selected(self, selection: Option<SelectionId>) -> Self {
        Self { selection, ..self }
    }

    /// The same where a search looks through more than it finds: `all` reads the list without it.
    #[must_use]
    pub fn looking_through<Row: 'static>(
        self,
        all: impl Fn(&mut Connection, &Portion) -> Result<Page<Row>> + Send + Sync + 'static,
    ) -> Self {
        self.exceeding(move |conn, most| goes_on_behind(conn, most, &all))
    }

    /// The same with another way to find out whether more than so many rows are looked at for it.
    #[must_use]
    pub fn exceeding(
        self,
        exceeds: impl Fn(&mut Connection, usize) -> Result<bool> + Send + Sync + 'static,
    ) -> Self {
        Self { exceeds: Arc::new(exceeds), ..self }
    }

    /// Whether more than so many rows are looked at for it, whether or not they are found.
    ///
    /// # Errors
    /// Database errors.
    pub fn exceeds(&self, conn: &mut Connection, most: usize) -> Result<bool> {
        (self.exceeds)(conn, most)
    }

    /// The rows of a portion.
    ///
    /// # Errors
    /// Database errors; when a cell cannot be written.
    pub fn read(&self, conn: &mut Connection, portion: &Portion) -> Result<Page<Vec<Cell>>> {
        (self.read)(conn, portion)
    }
}

/// Whether a list has more than so many rows. An index answers it: it walks past them and reads one.
fn goes_on_behind<Row>(
    conn: &mut Connection,
    most: usize,
    read: impl Fn(&mut Connection, &Portion) -> Result<Page<Row>>,
) -> Result<bool> {
    Ok(!read(conn, &Portion::new(&Start::First, 1).skipping(most))?.rows.is_empty())
}
