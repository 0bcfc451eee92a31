//! What becomes of the rows of a file, and which of them a page shows.

use serde::{Deserialize, Serialize};

use crate::paths::address;
use crate::text_enum;
use crate::web::pager::Pager;

text_enum! {
    /// What a file is of.
    pub enum Purpose {
        Offers = "offers",
        Usage = "usage",
    }
}

text_enum! {
    /// What becomes of a row.
    pub enum Fate {
        New = "new",
        Changed = "changed",
        /// It is known like that.
        Same = "same",
        Refused = "refused",
    }
}

/// A row of a file with what becomes of it.
pub trait Judged {
    fn line(&self) -> u64;
    fn fate(&self) -> Fate;
}

/// How many rows of each kind there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub new: usize,
    pub changed: usize,
    pub same: usize,
    pub refused: usize,
}

impl Counts {
    pub fn of(rows: &[impl Judged]) -> Self {
        let mut counts = Self::default();
        for row in rows {
            match row.fate() {
                Fate::New => counts.new += 1,
                Fate::Changed => counts.changed += 1,
                Fate::Same => counts.same += 1,
                Fate::Refused => counts.refused += 1,
            }
        }
        counts
    }

    /// Whether there is something to apply.
    pub fn has_good(self) -> bool {
        self.new + self.changed > 0
    }

    pub fn all(self) -> usize {
        self.new + self.changed + self.same + self.refused
    }
}

/// Rows on a page of a preview.
const ROWS: usize = 100;

/// Which rows of a preview are shown; it stands in the address.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct View {
    /// [`Fate::as_text`]; empty for all.
    pub show: String,
    /// Rows after this line.
    #[serde(skip_serializing)]
    pub line: String,
}

impl View {
    /// The rows of a page of the preview that stands at this path, and the way to the others.
    pub fn page<R: Judged>(&self, path: &str, rows: Vec<R>) -> (Vec<R>, Pager) {
        let after: u64 = self.line.parse().unwrap_or(0);
        let shows = |row: &R| self.show.is_empty() || self.show == row.fate().as_text();
        let wanted = rows.into_iter().filter(|row| row.line() > after && shows(row));
        let mut rows: Vec<R> = wanted.take(ROWS + 1).collect();
        let has_more = rows.len() > ROWS;
        rows.truncate(ROWS);
        let next = rows.last().filter(|_| has_more);
        let next = next.map(|last| address(path, self, &[("line", &last.line().to_string())]));
        let previous = (after > 0).then(|| address(path, self, &[]));
        (rows, Pager::by_hand(previous, next))
    }

    /// The same preview with other rows, from the first one on.
    pub fn showing(path: &str, show: &str) -> String {
        address(path, &Self { show: show.to_owned(), line: String::new() }, &[])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Row(u64, Fate);

    impl Judged for Row {
        fn line(&self) -> u64 {
            self.0
        }

        fn fate(&self) -> Fate {
            self.1
        }
    }

    fn rows(count: u64) -> Vec<Row> {
        (2..count + 2).map(|line| Row(line, if line % 2 == 0 { Fate::New } else { Fate::Refused })).collect()
    }

    #[test]
    fn a_page_holds_a_hundred_rows_and_leads_on_to_the_rest() {
        let view = |show: &str, line: &str| View { show: show.to_owned(), line: line.to_owned() };
        let (first, _) = view("", "").page("/x", rows(250));
        assert_eq!((first.len(), first.last().unwrap().line()), (100, 101));
        let (last, _) = view("", "201").page("/x", rows(250));
        assert_eq!((last.len(), last.last().unwrap().line()), (50, 251));
        let (refused, _) = view("refused", "no number").page("/x", rows(250));
        assert!(refused.len() == 100 && refused.iter().all(|row| row.fate() == Fate::Refused));
        assert_eq!(View::showing("/x", "new"), "/x?show=new");
    }

    #[test]
    fn rows_are_counted_by_what_becomes_of_them() {
        let counts = Counts::of(&rows(5));
        assert_eq!(counts, Counts { new: 3, refused: 2, ..Counts::default() });
        assert!(counts.has_good() && counts.all() == 5);
        assert!(!Counts { same: 3, refused: 1, ..Counts::default() }.has_good());
    }
}
