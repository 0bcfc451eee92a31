//! What the machinery asks a kind of file: who may send it, what its rows say, what they do, and how that is undone.

use std::collections::HashMap;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::model::{Batch, Head};
use crate::access::Viewer;
use crate::access::permission::Permission;
use crate::activity::{self, Entry};
use crate::db::Connection;
use crate::error::Result;
use crate::jobs;
use crate::mail::letter::Letter;
use crate::sheets::{Built, Cells, Column, Judged, Outcome, Turn, Unread};
use crate::values::id::{BatchId, CustomerId, OrganisationId};
use crate::values::moment::Moment;
use crate::values::token::Token;
use crate::web::{Problems, Site};

/// The column in which it is said what came of a row, as every kind of file has it: its head and its key.
pub const STATUS: &str = "Status update";
pub const STATUS_KEY: &str = "status";

/// A column that is kept by a key, under which its cells have problems.
pub trait Keyed: Column + Send + Sync {
    fn key(self) -> &'static str;

    fn of_key(key: &str) -> Option<Self> {
        Self::all().find(|column| column.key() == key)
    }
}

/// What there is to say of a row, as it is kept.
pub trait Why: Clone + Default + PartialEq + Serialize + DeserializeOwned + Send + 'static {
    /// Of a row at which the portal failed.
    fn failed() -> Self;

    /// As it is kept: empty where there is nothing to say.
    fn kept(&self) -> String {
        // Texts and numbers have no errors.
        if *self == Self::default() { String::new() } else { serde_json::to_string(self).unwrap_or_default() }
    }
}

/// By what rows of a file are held against each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// Whom or what the row is about, by the name that is the same in every spelling; empty where that cannot be read.
    pub subject: String,
    /// What others have in common with it that may be the same; empty where there is nothing.
    pub likeness: [String; 3],
}

/// In which earlier lines stand what rows are about that are not refused there, and what may be the same.
#[derive(Clone, Debug, Default)]
pub struct Before {
    pub subjects: HashMap<String, u64>,
    pub likeness: [HashMap<String, u64>; 3],
}

impl Before {
    /// One row more that is not refused.
    pub fn add(&mut self, marks: &Marks, line: u64) {
        if !marks.subject.is_empty() {
            self.subjects.entry(marks.subject.clone()).or_insert(line);
        }
        for (known, mark) in self.likeness.iter_mut().zip(&marks.likeness) {
            if !mark.is_empty() {
                known.entry(mark.clone()).or_insert(line);
            }
        }
    }
}

/// What came of it.
#[derive(Clone, Debug)]
pub struct Applied<W, M, U> {
    pub outcome: Outcome,
    pub why: W,
    /// What it made or changed, and how to undo that.
    pub made: Option<(M, U)>,
    /// When a password was set that nobody knows.
    pub password_at: Option<Moment>,
}

impl<W: Why, M, U> Applied<W, M, U> {
    pub fn of(outcome: Outcome, why: W) -> Self {
        Self { outcome, why, made: None, password_at: None }
    }

    pub fn failed() -> Self {
        Self::of(Outcome::Refused, W::failed())
    }
}

/// What came of rows of a kind of file.
pub type AppliedOf<T> = Applied<<T as Trade>::Why, <T as Trade>::Made, <T as Trade>::Undo>;

/// What a row made or changed, and how to undo it.
pub type Done<'a, T> = (<T as Trade>::Made, &'a <T as Trade>::Undo);

/// What is done: for whom, by whom, with which file.
#[derive(Clone, Copy)]
pub struct Work<'a> {
    pub batch: &'a Batch,
    pub by: &'a Viewer,
    pub site: &'a Site,
    pub now: Moment,
}

/// A kind of file, with that of which its rows are, within reach of whoever deals with it.
pub trait Trade: Sized + Send + 'static {
    /// Who may send such a file and have its rows done.
    type Sends: Permission;
    /// Who may see it, stop it and take it back.
    type Keeps: Permission;
    type Column: Keyed;
    type Why: Why;
    /// By which the one is known that a row made or changed.
    type Made: Copy + std::fmt::Display + Send;
    /// By which that is undone.
    type Undo: Serialize + DeserializeOwned + Send;
    /// What rows need to know of those before them, beside what they are about.
    type Memory: Default + Serialize + DeserializeOwned;

    /// The work at such a file.
    const WORK: jobs::Kind;

    /// Where a file is shown.
    fn place(id: &BatchId) -> String;

    /// Where its rows are had as a file.
    fn rows_as_file(id: &BatchId) -> String;

    /// The one that is known by an id.
    fn made(id: &str) -> Option<Self::Made>;

    /// For whoever looks at files of this customer, or of customers.
    ///
    /// # Errors
    /// [`crate::error::Error::NotFound`] when that is beyond reach; [`crate::error::Error::Undelegated`]; database errors.
    fn seen(conn: &mut Connection, by: &Viewer, of: Option<CustomerId>) -> Result<Self>;

    /// The same, where something is to be done.
    ///
    /// # Errors
    /// As for [`Self::seen`]; [`crate::error::Error::Ended`].
    fn open(conn: &mut Connection, by: &Viewer, of: Option<CustomerId>) -> Result<Self>;

    /// The customer of whose users it is; none of a file of customers.
    fn customer(&self) -> Option<CustomerId>;

    /// The account's provider, whose log tells of it, too.
    fn provider(&self) -> Option<OrganisationId>;

    /// What is recorded, with the customer.
    fn about(&self, entry: Entry) -> Entry;

    /// What a row is held against others by.
    fn marks(&self, head: &Head, cells: Cells<'_, Self::Column>) -> Marks;

    /// Looks at a portion of rows, each as if those before it had been done.
    ///
    /// # Errors
    /// Database errors.
    fn judge(
        &self,
        conn: &mut Connection,
        work: Work<'_>,
        rows: &[(Unread<'_>, &Marks)],
        memory: (&mut Before, &mut Self::Memory),
    ) -> Result<Vec<Judged<Self::Why>>>;

    /// Does a portion of rows, one after another. What was refused stays refused, and what would do something else by now
    /// than was shown is.
    ///
    /// # Errors
    /// Database errors.
    fn apply(
        &self,
        conn: &mut Connection,
        work: Work<'_>,
        turns: &[Turn<'_, Self::Why>],
    ) -> Result<Vec<AppliedOf<Self>>>;

    /// The letter to whoever applied a long file, when all rows had their turn.
    ///
    /// # Errors
    /// When it cannot be written.
    fn letter(&self, work: Work<'_>) -> Result<Letter>;

    /// Mails whatever this kind of file has mailed, to the next rows, and goes on.
    ///
    /// # Errors
    /// When a letter cannot be written; database errors.
    fn mail_some(&self, conn: &mut Connection, work: Work<'_>, tokens: &[Token]) -> Result<()>;

    /// What was built on what these rows did, each in its place.
    ///
    /// # Errors
    /// Database errors.
    fn built(
        &self,
        conn: &mut Connection,
        work: Work<'_>,
        rows: &[Done<'_, Self>],
    ) -> Result<Vec<Option<Built>>>;

    /// Takes rows back; what something was built on by now stays.
    ///
    /// # Errors
    /// Database errors.
    fn take_back(
        &self,
        conn: &mut Connection,
        work: Work<'_>,
        rows: &[Done<'_, Self>],
    ) -> Result<Vec<std::result::Result<(), Built>>>;

    /// Whether a row that may be of something that is there can have done there what it has beside.
    fn can_join(&self, _: &Self::Why) -> bool {
        false
    }

    /// What is wrong with which cell of a row, by the keys of the columns.
    fn problems(&self, head: &Head, row: (&[String], &Self::Why)) -> Problems;

    /// In the viewer's log, and in that of the account's own provider.
    ///
    /// # Errors
    /// Database errors.
    fn record(&self, conn: &mut Connection, by: &Viewer, entry: Entry, now: Moment) -> Result<()> {
        let entry = self.about(entry);
        activity::store::record(conn, by, &entry, now)?;
        match self.provider().filter(|provider| *provider != by.organisation.id) {
            Some(provider) => activity::store::record_for(conn, &provider, by, &entry, now),
            None => Ok(()),
        }
    }
}
