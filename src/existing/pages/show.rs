//! A file of customers: what its rows would do, how far the work at them is, and what came of each.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::batch_id;
use crate::access::permission::{AddCustomers, SeeDrafts};
use crate::activity::Action;
use crate::batches::commands;
use crate::batches::form::{RowFilter, StopForm};
use crate::batches::model::State;
use crate::batches::rows::{Opened, ShownRow};
use crate::batches::said::Said as Done;
use crate::batches::store::{closing, list};
use crate::error::{Error, Result};
use crate::existing::form::ChoiceForm;
use crate::existing::model::Column;
use crate::existing::said::Said;
use crate::existing::store::{OfCustomers, waiting};
use crate::language::filters;
use crate::paths;
use crate::sheets::Choice;
use crate::values::moment::Moment;
use crate::web::pager::{Cursor, Pager};
use crate::web::{Ask, Count, Shell};

/// The columns of a file, side by side as far as they belong together: one beside the other, nobody could read them.
const CUSTOMER: &[Column] = &[
    Column::Company,
    Column::Domain,
    Column::Registration,
    Column::Line1,
    Column::Line2,
    Column::PostalCode,
    Column::City,
    Column::State,
    Column::Country,
];
const CONTACT: &[Column] = &[
    Column::FirstName,
    Column::LastName,
    Column::Email,
    Column::Phone,
    Column::Language,
    Column::AgreementOn,
    Column::Reseller,
];
const SUBSCRIPTION: &[Column] =
    &[Column::Offer, Column::Quantity, Column::Billing, Column::StartsOn, Column::RenewsOn, Column::Earner];

#[derive(Template)]
#[template(path = "existing/show.html")]
struct FilePage {
    shell: Shell,
    file: Opened<OfCustomers>,
    rows: Vec<ShownRow<OfCustomers>>,
    pager: Pager,
    /// Where the page began, so that a choice leads back there.
    cursor: Cursor,
    /// How many customers can be asked for the agreement.
    waiting: Count,
}

/// `GET /existing-customers/{id}`
pub async fn show(
    ask: Ask<SeeDrafts>,
    id: web::Path<String>,
    filter: web::Query<RowFilter>,
    web::Query(cursor): web::Query<Cursor>,
) -> Result<HttpResponse> {
    let (id, shown) = (batch_id(&id)?, (filter.into_inner(), &cursor));
    let (file, rows, pager, waiting) =
        Opened::page(&ask, id, shown, |conn, by, file: &Opened<OfCustomers>| {
            match file.batch.is_settled() && file.batch.has_rows(&file.now) {
                true => waiting(conn, by, &file.batch.id, file.now),
                false => Ok(Count::of(0)),
            }
        })
        .await?;
    ask.page(&FilePage { shell: ask.shell(), file, rows, pager, cursor, waiting })
}

/// `POST /existing-customers/{id}`
pub async fn apply(ask: Ask<AddCustomers>, id: web::Path<String>) -> Result<HttpResponse> {
    let id = batch_id(&id)?;
    let (begun, is_over) = commands::apply::<OfCustomers>(&ask, &ask.by, id).await?;
    ask.done(&Done::of_applying(begun, is_over), paths::existing::show(&id))
}

/// `POST /existing-customers/{id}/choices`
pub async fn choose(
    ask: Ask<AddCustomers>,
    id: web::Path<String>,
    web::Form(form): web::Form<ChoiceForm>,
) -> Result<HttpResponse> {
    let id = batch_id(&id)?;
    let (row, choice) = form.parse().ok_or(Error::BadRequest("no choice of this page"))?;
    let is_chosen =
        ask.write(move |conn, by| list::choose::<OfCustomers>(conn, by, &id, (row, choice))).await?;
    let said = match (is_chosen, row) {
        (false, _) => Said::NothingToChoose,
        (true, Some(_)) => Said::Chosen,
        (true, None) => Said::ChosenForAll,
    };
    let place = paths::address(paths::existing::show(&id), &RowFilter::of_choices(), &form.here());
    ask.done(&said, place)
}

/// `POST /existing-customers/{id}/stop`
pub async fn stop(
    ask: Ask<SeeDrafts>,
    id: web::Path<String>,
    web::Form(StopForm { state }): web::Form<StopForm>,
) -> Result<HttpResponse> {
    let (id, shown, now) = (batch_id(&id)?, State::from_text(&state), Moment::now());
    let is_stopped =
        ask.write(move |conn, by| closing::stop::<OfCustomers>(conn, by, (&id, shown), now)).await?;
    ask.done(&Done::of_stopping(is_stopped, shown), paths::existing::show(&id))
}

/// `POST /existing-customers/{id}/agreements`
pub async fn ask(ask: Ask<AddCustomers>, id: web::Path<String>) -> Result<HttpResponse> {
    let id = batch_id(&id)?;
    let place = paths::existing::show(&id);
    match commands::mail::<OfCustomers>(&ask, &ask.by, (id, Action::AskForAgreements)).await? {
        true => ask.done(&Said::AskingBegun, place),
        false => ask.done(&Done::NotNow, place),
    }
}

impl FilePage {
    /// Whether a row says something in some columns, or something is wrong with what it does not.
    fn says(&self, row: &ShownRow<OfCustomers>, columns: &[Column]) -> bool {
        let mut cells = columns.iter().filter_map(|column| row.cell(column));
        cells.any(|cell| !cell.text.is_empty() || cell.problem.is_some())
    }

    /// Whether any row in view says something of a subscription.
    fn brings_any(&self) -> bool {
        self.rows.iter().any(|row| self.says(row, SUBSCRIPTION))
    }

    fn can_be_asked(&self) -> bool {
        self.shell.can.add_customers && !self.waiting.is(0)
    }

    /// Whether what becomes of a row can be chosen now.
    fn can_choose(&self, row: &ShownRow<OfCustomers>) -> bool {
        self.shell.can.add_customers && self.file.batch.state == State::Shown && row.row.choice.is_some()
    }
}
