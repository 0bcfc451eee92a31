//! The rows of a file as its page shows them, whatever the file is of.

use super::exports::STATUS_KEY;
use super::form::RowFilter;
use super::model::{Batch, Row};
use super::trade::{Keyed, Trade};
use crate::jobs::model::{Standing, State as JobState};
use crate::paths::address;
use crate::sheets::{Column as _, Outcome, Verdict};
use crate::values::problem::Problem;
use crate::web::digits;

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

/// Rows by what they would do, or by what came of them, on the page at this address.
pub fn tabs(batch: &Batch, (here, at): (&RowFilter, &str)) -> Vec<Tab> {
    let tally = &batch.tally;
    let of = |what: What, filter: RowFilter, size: i64| Tab {
        what,
        size: digits(size),
        is_here: *here == filter,
        href: address(at, &filter, &[]),
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

/// Where the refused rows are as a file.
pub fn refused_file(batch: &Batch, at: &str, format: &str) -> String {
    let filter = if batch.state.is_applied() {
        RowFilter::of_outcome(Outcome::Refused)
    } else {
        RowFilter::of_verdict(Verdict::Refused)
    };
    address(at, &filter, &[("format", format)])
}

/// Whether the portal failed at it so far, and tries again later.
pub fn is_stuck(batch: &Batch, job: Option<&Standing>) -> bool {
    let is_waiting = |job: &Standing| job.state == JobState::Waiting && job.ended_at.is_some();
    batch.state.is_under_way() && job.is_some_and(is_waiting)
}

/// Whether the portal has given it up.
pub fn is_given_up(batch: &Batch, job: Option<&Standing>) -> bool {
    batch.state.is_under_way() && job.is_none_or(|job| job.state == JobState::Failed)
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
