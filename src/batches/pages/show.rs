//! A file that was sent: what its rows would do, how far the work at them is, and what came of each.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::batch_id;
use crate::access::permission::{AddUsers, ManageUsers};
use crate::batches::commands;
use crate::batches::form::{RowFilter, StopForm};
use crate::batches::model::{Batch, State};
use crate::batches::of_users::OfUsers;
use crate::batches::rows::{ShownRow, Tab, is_given_up, is_stuck, refused_file, shown_columns, tabs};
use crate::batches::said::Said;
use crate::batches::store::applying::Begun;
use crate::batches::store::{closing, handing, list, row};
use crate::customers::model::Customer;
use crate::error::{Error, Result};
use crate::jobs;
use crate::jobs::model::Standing;
use crate::language::filters;
use crate::paths;
use crate::users::model::upload::{Column, Why};
use crate::values::moment::Moment;
use crate::web::pager::{Cursor, Pager};
use crate::web::{Ask, Count, Shell};

#[derive(Template)]
#[template(path = "batches/show.html")]
struct BatchPage {
    shell: Shell,
    batch: Batch,
    customer: Customer,
    rows: Vec<ShownRow<OfUsers>>,
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

/// `GET /uploads/{id}`
pub async fn show(
    ask: Ask<ManageUsers>,
    id: web::Path<String>,
    filter: web::Query<RowFilter>,
    cursor: web::Query<Cursor>,
) -> Result<HttpResponse> {
    let (id, filter, portion) = (batch_id(&id)?, filter.into_inner().tidy(), cursor.portion());
    let wanted = filter.clone();
    let (batch, of, page, standing, waiting, before) = ask
        .read(move |conn, by| {
            let (batch, of) = row::find::<OfUsers>(conn, by, &id)?;
            let page = list::rows_of(conn, &id, &wanted, &portion)?;
            let standing = match jobs::store::standing(conn, &batch.organisation, &batch.job) {
                Ok(standing) => Some(standing),
                Err(Error::NotFound) => None,
                Err(error) => return Err(error),
            };
            let waiting = match batch.is_settled() {
                true => handing::waiting_for_passwords(conn, &id, &of.customer)?,
                false => Count::of(0),
            };
            let before = match batch.state {
                State::Shown => list::same_before(conn, &batch)?,
                _ => None,
            };
            Ok((batch, of, page, standing, waiting, before))
        })
        .await?;
    let pager = Pager::new(&page, &paths::batches::show(&id), &filter);
    let rows = page.rows.into_iter().map(|row| ShownRow::of(row, &batch, &of)).collect();
    let (may_add, customer) = (ask.by.may::<AddUsers>(), of.customer);
    let (shell, now) = (ask.shell(), Moment::now());
    let page =
        BatchPage { shell, batch, customer, rows, pager, filter, standing, waiting, before, may_add, now };
    ask.page(&page)
}

/// `POST /uploads/{id}`
pub async fn apply(ask: Ask<AddUsers>, id: web::Path<String>) -> Result<HttpResponse> {
    let id = batch_id(&id)?;
    let said = match commands::apply::<OfUsers>(&ask, &ask.by, id).await? {
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
    let is_stopped = ask.write(move |conn, by| closing::stop::<OfUsers>(conn, by, (&id, shown), now)).await?;
    let said = match (is_stopped, shown) {
        (false, _) => Said::Over,
        (true, Some(State::Reading)) => Said::LetGo,
        (true, _) => Said::Stopped,
    };
    ask.done(&said, paths::batches::show(&id))
}

impl BatchPage {
    fn columns(&self) -> Vec<Column> {
        shown_columns(&self.rows)
    }

    fn tabs(&self) -> Vec<Tab> {
        tabs(&self.batch, (&self.filter, &paths::batches::show(&self.batch.id)))
    }

    /// Rows that did not, or would not, do what the file says: as a file, they are what is to be mended.
    fn refused_file(&self, format: &str) -> String {
        refused_file(&self.batch, &paths::batches::export_rows(&self.batch.id), format)
    }

    fn is_stuck(&self) -> bool {
        is_stuck(&self.batch, self.standing.as_ref())
    }

    fn is_given_up(&self) -> bool {
        is_given_up(&self.batch, self.standing.as_ref())
    }

    /// Whether passwords can be handed over now.
    fn can_hand_over(&self) -> bool {
        self.batch.is_settled() && self.may_add && !self.waiting.is(0)
    }

    fn can_mail(&self) -> bool {
        self.can_hand_over() && self.batch.has_rows(&self.now) && self.batch.head.has(Column::Alternate)
    }
}
