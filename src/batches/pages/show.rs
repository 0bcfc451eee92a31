//! A file that was sent: what its rows would do, how far the work at them is, and what came of each.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::batch_id;
use crate::access::permission::{AddUsers, ManageUsers};
use crate::batches::commands;
use crate::batches::form::{RowFilter, StopForm};
use crate::batches::model::State;
use crate::batches::of_users::OfUsers;
use crate::batches::rows::{Opened, ShownRow, shown_columns};
use crate::batches::said::Said;
use crate::batches::store::{closing, handing};
use crate::error::Result;
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
    file: Opened<OfUsers>,
    rows: Vec<ShownRow<OfUsers>>,
    pager: Pager,
    /// How many users wait for a password that somebody hands over.
    waiting: Count,
    may_add: bool,
}

/// `GET /uploads/{id}`
pub async fn show(
    ask: Ask<ManageUsers>,
    id: web::Path<String>,
    filter: web::Query<RowFilter>,
    cursor: web::Query<Cursor>,
) -> Result<HttpResponse> {
    let (id, shown) = (batch_id(&id)?, (filter.into_inner(), &*cursor));
    let (file, rows, pager, waiting) =
        Opened::page(&ask, id, shown, |conn, _, file: &Opened<OfUsers>| match file.batch.is_settled() {
            true => handing::waiting_for_passwords(conn, &file.batch.id, &file.of.customer),
            false => Ok(Count::of(0)),
        })
        .await?;
    let (shell, may_add) = (ask.shell(), ask.by.may::<AddUsers>());
    ask.page(&BatchPage { shell, file, rows, pager, waiting, may_add })
}

/// `POST /uploads/{id}`
pub async fn apply(ask: Ask<AddUsers>, id: web::Path<String>) -> Result<HttpResponse> {
    let id = batch_id(&id)?;
    let (begun, is_over) = commands::apply::<OfUsers>(&ask, &ask.by, id).await?;
    ask.done(&Said::of_applying(begun, is_over), paths::batches::show(&id))
}

/// `POST /uploads/{id}/stop`
pub async fn stop(
    ask: Ask<ManageUsers>,
    id: web::Path<String>,
    web::Form(StopForm { state }): web::Form<StopForm>,
) -> Result<HttpResponse> {
    let (id, shown, now) = (batch_id(&id)?, State::from_text(&state), Moment::now());
    let is_stopped = ask.write(move |conn, by| closing::stop::<OfUsers>(conn, by, (&id, shown), now)).await?;
    ask.done(&Said::of_stopping(is_stopped, shown), paths::batches::show(&id))
}

impl BatchPage {
    fn columns(&self) -> Vec<Column> {
        shown_columns(&self.rows)
    }

    /// Whether passwords can be handed over now.
    fn can_hand_over(&self) -> bool {
        self.file.batch.is_settled() && self.may_add && !self.waiting.is(0)
    }

    fn can_mail(&self) -> bool {
        let batch = &self.file.batch;
        self.can_hand_over() && batch.has_rows(&self.file.now) && batch.head.has(Column::Alternate)
    }
}
