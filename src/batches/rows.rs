//! A file and its rows as the page shows them, whatever the file is of.

use super::form::RowFilter;
use super::model::{Batch, Row, State};
use super::store::{list, row};
use super::trade::{Keyed, STATUS_KEY, Trade};
use crate::access::{Allowed, Viewer};
use crate::db::Connection;
use crate::error::Result;
use crate::jobs;
use crate::jobs::model::{Standing, State as JobState};
use crate::paths::address;
use crate::sheets::{Column as _, Outcome, Verdict};
use crate::values::id::BatchId;
use crate::values::moment::Moment;
use crate::values::problem::Problem;
use crate::web::pager::{Cursor, Pager};
use crate::web::{Ask, digits};

/// Rows of one kind.
pub struct Tab {
    pub what: What,
    pub size: String,
    pub href: String,
    pub is_here: bool,
}

pub enum What {
    All,
    /// Those for which somebody has to choose, or has.
    Choices,
    /// Those that are not taken back.
    Stays,
    WouldDo(Verdict),
    Did(Outcome),
}

/// What needs somebody stands first.
const VERDICTS: [Verdict; 4] = [Verdict::Refused, Verdict::New, Verdict::Changed, Verdict::Same];
const OUTCOMES: [Outcome; 6] = [
    Outcome::Refused,
    Outcome::Added,
    Outcome::Changed,
    Outcome::Unchanged,
    Outcome::TakenBack,
    Outcome::Waiting,
];

/// A file as its page shows it.
pub struct Opened<T: Trade> {
    pub batch: Batch,
    pub of: T,
    pub filter: RowFilter,
    /// The same file, applied before.
    pub before: Option<Batch>,
    pub now: Moment,
    /// None once the portal has forgotten the job.
    job: Option<Standing>,
}

/// What a page shows of a file: the file, a portion of its rows, the way to the others, and what only its kind has beside.
pub type Page<T, Beside> = (Opened<T>, Vec<ShownRow<T>>, Pager, Beside);

impl<T: Trade> Opened<T> {
    /// A file for whoever may see it, all of it as it was at one moment.
    ///
    /// # Errors
    /// As for [`Trade::seen`]; what `beside` fails with.
    pub async fn page<Beside: Send + 'static>(
        ask: &Ask<T::Keeps>,
        id: BatchId,
        (filter, cursor): (RowFilter, &Cursor),
        beside: impl FnOnce(&mut Connection, &Viewer, &Self) -> Result<Beside> + Send + 'static,
    ) -> Result<Page<T, Beside>> {
        let (filter, portion, now) = (filter.tidy(), cursor.portion(), Moment::now());
        let read = move |conn: &mut Connection, by: &Allowed<T::Keeps>| {
            let (batch, of) = row::find::<T>(conn, by, &id)?;
            let rows = list::rows_of::<T::Why>(conn, &id, &filter, &portion)?;
            let job = jobs::store::standing_if_known(conn, &batch.organisation, &batch.job)?;
            let before = match batch.state {
                State::Shown => list::same_before(conn, &batch)?,
                _ => None,
            };
            let opened = Self { batch, of, filter, before, now, job };
            let beside = beside(conn, by, &opened)?;
            Ok((opened, rows, beside))
        };
        let (opened, page, beside) = ask.read(read).await?;
        let pager = Pager::new(&page, &T::place(&opened.batch.id), &opened.filter);
        let rows = page.rows.into_iter().map(|row| ShownRow::of(row, &opened.batch, &opened.of)).collect();
        Ok((opened, rows, pager, beside))
    }

    /// Rows by what they would do, or by what came of them.
    pub fn tabs(&self) -> Vec<Tab> {
        let (batch, tally) = (&self.batch, &self.batch.tally);
        let of = |what: What, filter: RowFilter, size: i64| Tab {
            what,
            size: digits(size),
            is_here: self.filter == filter,
            href: self.narrowed(&filter),
        };
        let mut tabs = vec![of(What::All, RowFilter::default(), batch.rows)];
        if tally.built_on > 0 {
            tabs.push(of(What::Stays, RowFilter::of_built_on(), tally.built_on));
        }
        if tally.to_choose > 0 {
            tabs.push(of(What::Choices, RowFilter::of_choices(), tally.to_choose));
        }
        if batch.state.is_applied() {
            for outcome in OUTCOMES {
                let size = tally.of_outcome(outcome, batch.rows);
                if size > 0 {
                    tabs.push(of(What::Did(outcome), RowFilter::of_outcome(outcome), size));
                }
            }
        } else {
            for verdict in VERDICTS {
                let filter = RowFilter::of_verdict(verdict);
                tabs.push(of(What::WouldDo(verdict), filter, tally.of_verdict(verdict)));
            }
        }
        tabs
    }

    /// The page with some of the rows.
    fn narrowed(&self, filter: &RowFilter) -> String {
        address(T::place(&self.batch.id), filter, &[])
    }

    /// The page with the rows for which somebody has to choose.
    pub fn choices(&self) -> String {
        self.narrowed(&RowFilter::of_choices())
    }

    /// Rows that did not, or would not, do what the file says: as a file, they are what is to be mended.
    pub fn refused_file(&self, format: &str) -> String {
        let filter = if self.batch.state.is_applied() {
            RowFilter::of_outcome(Outcome::Refused)
        } else {
            RowFilter::of_verdict(Verdict::Refused)
        };
        address(T::rows_as_file(&self.batch.id), &filter, &[("format", format)])
    }

    /// Whether the portal failed at it so far, and tries again later.
    pub fn is_stuck(&self) -> bool {
        self.batch.state.is_under_way() && self.job.as_ref().is_some_and(Standing::is_tried_again)
    }

    /// Whether the portal has given it up.
    pub fn is_given_up(&self) -> bool {
        let is_failed = self.job.as_ref().is_none_or(|job| job.state == JobState::Failed);
        self.batch.state.is_under_way() && is_failed
    }
}

/// A row, with what is wrong at its cell.
pub struct ShownRow<T: Trade> {
    pub row: Row<T::Why>,
    cells: Vec<ShownCell<T::Column>>,
}

pub struct ShownCell<C> {
    column: C,
    pub text: String,
    pub problem: Option<Problem>,
}

impl<T: Trade> ShownRow<T> {
    pub fn of(row: Row<T::Why>, batch: &Batch, of: &T) -> Self {
        let columns: Vec<T::Column> = batch.head.columns();
        let problems = of.problems(&batch.head, (&row.texts, &row.why));
        let mut cells: Vec<ShownCell<T::Column>> = Vec::new();
        for (column, text) in columns.iter().zip(&row.texts) {
            if column.key() != STATUS_KEY {
                let problem = problems.at(column.key()).cloned();
                cells.push(ShownCell { column: *column, text: text.clone(), problem });
            }
        }
        // What is wrong with something that the file says nothing of.
        for (key, problem) in problems.all() {
            if let Some(column) = T::Column::of_key(key).filter(|column| !columns.contains(column)) {
                cells.push(ShownCell { column, text: String::new(), problem: Some(problem.clone()) });
            }
        }
        Self { row, cells }
    }

    pub fn cell(&self, column: &T::Column) -> Option<&ShownCell<T::Column>> {
        self.cells.iter().find(|cell| cell.column == *column)
    }
}

/// The columns of the table: those of the file, and those of which something is wrong although it has none.
pub fn shown_columns<T: Trade>(rows: &[ShownRow<T>]) -> Vec<T::Column> {
    T::Column::all().filter(|column| rows.iter().any(|row| row.cell(column).is_some())).collect()
}
