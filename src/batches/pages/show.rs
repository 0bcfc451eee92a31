//! A file that was sent: what its rows would do, how far the work at them is, and what came of each.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::batch_id;
use crate::access::Allowed;
use crate::access::permission::{AddUsers, ManageUsers};
use crate::batches::commands;
use crate::batches::form::RowFilter;
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
use crate::users::model::upload::{Built, Column, Why};
use crate::values::moment::Moment;
use crate::values::money::grouped;
use crate::values::problem::Problem;
use crate::web::pager::{Cursor, Pager};
use crate::web::{Ask, Count, Shell};

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
}

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
            let waiting = list::waiting_for_passwords(conn, &id)?;
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
    let shell = ask.shell();
    ask.page(&BatchPage { shell, batch, customer, rows, pager, filter, standing, waiting, before, may_add })
}

/// `POST /uploads/{id}`
pub async fn apply(ask: Ask<AddUsers>, id: web::Path<String>) -> Result<HttpResponse> {
    let id = batch_id(&id)?;
    let said = match commands::apply(&ask, &ask.by, id).await? {
        Begun::Now => Said::Begun,
        Begun::Before => Said::Before,
        Begun::NotYet => Said::NotYet,
    };
    ask.done(&said, paths::batches::show(&id))
}

/// `POST /uploads/{id}/stop`
pub async fn stop(ask: Ask<ManageUsers>, id: web::Path<String>) -> Result<HttpResponse> {
    let (id, now) = (batch_id(&id)?, Moment::now());
    let (was, is_stopped) = ask
        .write(move |conn, by: &Allowed<ManageUsers>| {
            let (batch, _) = row::find(conn, by, &id)?;
            Ok((batch, closing::stop(conn, by, &id, now)?))
        })
        .await?;
    let said = if is_stopped { Said::Stopped } else { Said::Over };
    // A file that nobody has read to its end is gone.
    let is_gone = is_stopped && was.state == State::Reading;
    let to = if is_gone { paths::batches::of_customer(&was.customer) } else { paths::batches::show(&id) };
    ask.done(&said, to)
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

    fn cell(&self, column: Column) -> Option<&ShownCell> {
        self.cells.iter().find(|cell| cell.column == column)
    }
}

impl BatchPage {
    /// The columns of the table: those of the file, and those of which something is wrong although it has none.
    fn columns(&self) -> Vec<Column> {
        let is_there = |column: &Column| self.rows.iter().any(|row| row.cell(*column).is_some());
        Column::ALL.into_iter().filter(is_there).collect()
    }

    fn digits(&self, number: &i64) -> String {
        grouped(&number.to_string())
    }

    fn narrowed(&self, filter: &RowFilter) -> String {
        paths::address(paths::batches::show(&self.batch.id), filter, &[])
    }

    fn verdicts(&self) -> [Verdict; 4] {
        [Verdict::Refused, Verdict::New, Verdict::Changed, Verdict::Same]
    }

    /// What there is to choose from of what came of rows.
    fn outcomes(&self) -> Vec<Outcome> {
        let all = [
            Outcome::Refused,
            Outcome::BuiltOn,
            Outcome::Added,
            Outcome::Changed,
            Outcome::Unchanged,
            Outcome::TakenBack,
            Outcome::Waiting,
        ];
        let of = |outcome: &Outcome| self.batch.tally.of_outcome(*outcome, self.batch.rows) > 0;
        all.into_iter().filter(of).collect()
    }

    fn is_of_verdict(&self, verdict: Option<Verdict>) -> bool {
        self.filter == RowFilter::of_verdict(verdict)
    }

    fn is_of_outcome(&self, outcome: Option<Outcome>) -> bool {
        self.filter == RowFilter::of_outcome(outcome)
    }

    /// Rows that did not, or would not, do what the file says: as a file, they are what is to be mended.
    fn refused_file(&self, format: &str) -> String {
        let filter = if self.batch.state.is_applied() {
            RowFilter::of_outcome(Some(Outcome::Refused))
        } else {
            RowFilter::of_verdict(Some(Verdict::Refused))
        };
        paths::address(paths::batches::export_rows(&self.batch.id), &filter, &[("format", format)])
    }

    fn refused(&self) -> i64 {
        let tally = &self.batch.tally;
        if self.batch.state.is_applied() { tally.failed } else { tally.refused }
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
        let is_over = matches!(self.batch.state, State::Done | State::Stopped);
        is_over && self.may_add && !self.waiting.is(0)
    }

    fn can_mail(&self) -> bool {
        self.can_hand_over() && self.batch.head.has(Column::Alternate)
    }

    fn can_be_taken_back(&self) -> bool {
        let is_over = matches!(self.batch.state, State::Done | State::Stopped);
        is_over && self.batch.has_rows() && self.batch.tally.standing() > 0
    }

    fn built(&self, row: &Row) -> Option<Built> {
        match row.why {
            Why::BuiltOn(built) => Some(built),
            _ => None,
        }
    }
}
