//! A file that was sent: what its rows would do, how far the work at them is, and what came of each.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::batch_id;
use crate::access::permission::{AddUsers, ManageUsers};
use crate::batches::commands;
use crate::batches::form::{RowFilter, StopForm};
use crate::batches::model::{Batch, Row, State};
use crate::batches::said::Said;
use crate::batches::store::applying::Begun;
use crate::batches::store::{closing, list, row};
use crate::customers::model::Customer;
use crate::error::{Error, Result};
use crate::jobs;
use crate::jobs::model::{Standing, State as JobState};
use crate::language::filters;
use crate::paths;
use crate::sheets::{Outcome, Verdict};
use crate::users::model::upload::{Column, Why};
use crate::values::moment::Moment;
use crate::values::problem::Problem;
use crate::web::pager::{Cursor, Pager};
use crate::web::{Ask, Count, Shell, digits};

#[derive(Template)]
#[template(path = "batches/show.html")]
struct BatchPage {
    shell: Shell,
    batch: Batch,
    customer: Customer,
    rows: Vec<ShownRow>,
    pager: Pager,
    filter: RowFilter,
    /// None once the portal has forgotten the job.
    standing: Option<Standing>,
    /// How many users wait for a password that somebody hands over.
    waiting: Count,
    /// The same file, applied before.
    before: Option<Batch>,
    may_add: bool,
    now: Moment,
}

/// Rows of one kind.
struct Tab {
    what: What,
    size: String,
    href: String,
    is_here: bool,
}

enum What {
    All,
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

/// A row, with what is wrong at its cell.
struct ShownRow {
    row: Row,
    cells: Vec<ShownCell>,
}

struct ShownCell {
    column: Column,
    text: String,
    problem: Option<Problem>,
}

/// `GET /uploads/{id}`
pub async fn show(
    ask: Ask<ManageUsers>,
    id: web::Path<String>,
    filter: web::Query<RowFilter>,
    cursor: web::Query<Cursor>,
) -> Result<HttpResponse> {
    let (id, filter, portion) = (batch_id(&id)?, filter.into_inner().tidy(), cursor.portion());
    let wanted = filter.clone();
    let (batch, customer, page, standing, waiting, before) = ask
        .read(move |conn, by| {
            let (batch, customer) = row::find(conn, by, &id)?;
            let page = list::rows_of(conn, &id, &wanted, &portion)?;
            let standing = match jobs::store::standing(conn, &batch.organisation, &batch.job) {
                Ok(standing) => Some(standing),
                Err(Error::NotFound) => None,
                Err(error) => return Err(error),
            };
            let waiting = match batch.is_settled() {
                true => list::waiting_for_passwords(conn, &id, &customer)?,
                false => Count::of(0),
            };
            let before = match batch.state {
                State::Shown => list::same_before(conn, &batch)?,
                _ => None,
            };
            Ok((batch, customer, page, standing, waiting, before))
        })
        .await?;
    let pager = Pager::new(&page, &paths::batches::show(&id), &filter);
    let columns = batch.head.columns();
    let rows = page.rows.into_iter().map(|row| ShownRow::of(row, &columns, &customer.account.domain));
    let (rows, may_add) = (rows.collect(), ask.by.may::<AddUsers>());
    let (shell, now) = (ask.shell(), Moment::now());
    let page =
        BatchPage { shell, batch, customer, rows, pager, filter, standing, waiting, before, may_add, now };
    ask.page(&page)
}

/// `POST /uploads/{id}`
pub async fn apply(ask: Ask<AddUsers>, id: web::Path<String>) -> Result<HttpResponse> {
    let id = batch_id(&id)?;
    let said = match commands::apply(&ask, &ask.by, id).await? {
        (Begun::Now { .. }, true) => Said::Applied,
        (Begun::Now { .. }, false) => Said::Begun,
        (Begun::Before, _) => Said::Before,
        (Begun::NotYet, _) => Said::NotYet,
        (Begun::Discarded, _) => Said::Discarded,
    };
    ask.done(&said, paths::batches::show(&id))
}

/// `POST /uploads/{id}/stop`
pub async fn stop(
    ask: Ask<ManageUsers>,
    id: web::Path<String>,
    web::Form(StopForm { state }): web::Form<StopForm>,
) -> Result<HttpResponse> {
    let (id, shown, now) = (batch_id(&id)?, State::from_text(&state), Moment::now());
    let is_stopped = ask.write(move |conn, by| closing::stop(conn, by, (&id, shown), now)).await?;
    let said = match (is_stopped, shown) {
        (false, _) => Said::Over,
        (true, Some(State::Reading)) => Said::LetGo,
        (true, _) => Said::Stopped,
    };
    ask.done(&said, paths::batches::show(&id))
}

impl ShownRow {
    fn of(row: Row, columns: &[Column], domain: &str) -> Self {
        let problems = row.problems(columns, domain);
        let mut cells: Vec<ShownCell> = Vec::new();
        for (column, text) in columns.iter().zip(&row.texts).filter(|(column, _)| **column != Column::Status)
        {
            let problem = problems.at(column.key()).cloned();
            cells.push(ShownCell { column: *column, text: text.clone(), problem });
        }
        // What is wrong with something that the file says nothing of.
        for (key, problem) in problems.all() {
            if let Some(column) = Column::of_key(key).filter(|column| !columns.contains(column)) {
                cells.push(ShownCell { column, text: String::new(), problem: Some(problem.clone()) });
            }
        }
        Self { row, cells }
    }

    fn cell(&self, column: &Column) -> Option<&ShownCell> {
        self.cells.iter().find(|cell| cell.column == *column)
    }
}

impl BatchPage {
    /// The columns of the table: those of the file, and those of which something is wrong although it has none.
    fn columns(&self) -> Vec<Column> {
        let is_there = |column: &Column| self.rows.iter().any(|row| row.cell(column).is_some());
        Column::ALL.into_iter().filter(is_there).collect()
    }

    /// Rows by what they would do, or by what came of them.
    fn tabs(&self) -> Vec<Tab> {
        let tally = &self.batch.tally;
        let of = |what: What, filter: RowFilter, size: i64| Tab {
            what,
            size: digits(size),
            is_here: self.filter == filter,
            href: paths::address(paths::batches::show(&self.batch.id), &filter, &[]),
        };
        let mut tabs = vec![of(What::All, RowFilter::default(), self.batch.rows)];
        if tally.built_on > 0 {
            tabs.push(of(What::Stays, RowFilter::of_built_on(), tally.built_on));
        }
        if self.batch.state.is_applied() {
            for outcome in OUTCOMES {
                let size = tally.of_outcome(outcome, self.batch.rows);
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

    /// Rows that did not, or would not, do what the file says: as a file, they are what is to be mended.
    fn refused_file(&self, format: &str) -> String {
        let filter = if self.batch.state.is_applied() {
            RowFilter::of_outcome(Outcome::Refused)
        } else {
            RowFilter::of_verdict(Verdict::Refused)
        };
        paths::address(paths::batches::export_rows(&self.batch.id), &filter, &[("format", format)])
    }

    fn refused(&self) -> i64 {
        let tally = &self.batch.tally;
        if self.batch.state.is_applied() { tally.failed } else { tally.refused }
    }

    /// When a file of before was applied.
    fn applied<'a>(&self, before: &'a Batch) -> &'a Moment {
        before.applied_at.as_ref().unwrap_or(&before.uploaded_at)
    }

    /// Whether the portal failed at it so far, and tries again later.
    fn is_stuck(&self) -> bool {
        let is_waiting = |job: &Standing| job.state == JobState::Waiting && job.ended_at.is_some();
        self.batch.state.is_under_way() && self.standing.as_ref().is_some_and(is_waiting)
    }

    /// Whether the portal has given it up.
    fn is_given_up(&self) -> bool {
        let is_failed = self.standing.as_ref().is_none_or(|job| job.state == JobState::Failed);
        self.batch.state.is_under_way() && is_failed
    }

    /// Whether passwords can be handed over now.
    fn can_hand_over(&self) -> bool {
        self.batch.is_settled() && self.may_add && !self.waiting.is(0)
    }

    fn can_mail(&self) -> bool {
        self.can_hand_over() && self.batch.has_rows(&self.now) && self.batch.head.has(Column::Alternate)
    }

    fn can_be_taken_back(&self) -> bool {
        self.batch.is_settled() && self.batch.has_rows(&self.now) && self.batch.tally.standing() > 0
    }

    /// Whether something of it is left to be taken back.
    fn has_rest(&self) -> bool {
        self.batch.tally.standing() > self.batch.tally.built_on
    }
}
