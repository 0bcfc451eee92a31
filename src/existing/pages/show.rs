//! A file of customers: what its rows would do, how far the work at them is, and what came of each.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::batch_id;
use crate::access::permission::{AddCustomers, SeeDrafts};
use crate::activity::Action;
use crate::batches::commands;
use crate::batches::form::{RowFilter, StopForm};
use crate::batches::model::{Batch, State};
use crate::batches::rows::{ShownRow, Tab, is_given_up, is_stuck, refused_file, tabs};
use crate::batches::said::Said as Done;
use crate::batches::store::applying::Begun;
use crate::batches::store::{closing, list, row};
use crate::error::{Error, Result};
use crate::existing::form::ChoiceForm;
use crate::existing::model::Column;
use crate::existing::said::Said;
use crate::existing::store::{OfCustomers, waiting};
use crate::jobs;
use crate::jobs::model::Standing;
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
    batch: Batch,
    rows: Vec<ShownRow<OfCustomers>>,
    pager: Pager,
    filter: RowFilter,
    /// None once the portal has forgotten the job.
    standing: Option<Standing>,
    /// How many customers can be asked for the agreement.
    waiting: Count,
    /// The same file, applied before.
    before: Option<Batch>,
    now: Moment,
}

/// `GET /existing-customers/{id}`
pub async fn show(
    ask: Ask<SeeDrafts>,
    id: web::Path<String>,
    filter: web::Query<RowFilter>,
    cursor: web::Query<Cursor>,
) -> Result<HttpResponse> {
    let (id, filter, portion) = (batch_id(&id)?, filter.into_inner().tidy(), cursor.portion());
    let (wanted, now) = (filter.clone(), Moment::now());
    let (batch, of, page, standing, waiting, before) = ask
        .read(move |conn, by| {
            let (batch, of) = row::find::<OfCustomers>(conn, by, &id)?;
            let page = list::rows_of(conn, &id, &wanted, &portion)?;
            let standing = match jobs::store::standing(conn, &batch.organisation, &batch.job) {
                Ok(standing) => Some(standing),
                Err(Error::NotFound) => None,
                Err(error) => return Err(error),
            };
            let waiting = match batch.is_settled() && batch.has_rows(&now) {
                true => waiting(conn, by, &id, now)?,
                false => Count::of(0),
            };
            let before = match batch.state {
                State::Shown => list::same_before(conn, &batch)?,
                _ => None,
            };
            Ok((batch, of, page, standing, waiting, before))
        })
        .await?;
    let pager = Pager::new(&page, &paths::existing::show(&id), &filter);
    let rows = page.rows.into_iter().map(|row| ShownRow::of(row, &batch, &of)).collect();
    ask.page(&FilePage { shell: ask.shell(), batch, rows, pager, filter, standing, waiting, before, now })
}

/// `POST /existing-customers/{id}`
pub async fn apply(ask: Ask<AddCustomers>, id: web::Path<String>) -> Result<HttpResponse> {
    let id = batch_id(&id)?;
    let said = match commands::apply::<OfCustomers>(&ask, &ask.by, id).await? {
        (Begun::Now { .. }, true) => Done::Applied,
        (Begun::Now { .. }, false) => Done::Begun,
        (Begun::Before, _) => Done::Before,
        (Begun::NotYet, _) => Done::NotYet,
        (Begun::Discarded, _) => Done::Discarded,
    };
    ask.done(&said, paths::existing::show(&id))
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
    let here: Vec<(&str, &str)> =
        if form.after.is_empty() { Vec::new() } else { vec![("after", form.after.as_str())] };
    ask.done(&said, paths::address(paths::existing::show(&id), &RowFilter::of_choices(), &here))
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
    let said = match (is_stopped, shown) {
        (false, _) => Done::Over,
        (true, Some(State::Reading)) => Done::LetGo,
        (true, _) => Done::Stopped,
    };
    ask.done(&said, paths::existing::show(&id))
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

    fn tabs(&self) -> Vec<Tab> {
        tabs(&self.batch, (&self.filter, &paths::existing::show(&self.batch.id)))
    }

    fn refused_file(&self, format: &str) -> String {
        refused_file(&self.batch, &paths::existing::export_rows(&self.batch.id), format)
    }

    fn is_stuck(&self) -> bool {
        is_stuck(&self.batch, self.standing.as_ref())
    }

    fn is_given_up(&self) -> bool {
        is_given_up(&self.batch, self.standing.as_ref())
    }

    /// Where rows stand for which somebody has to choose.
    fn choices(&self) -> String {
        paths::address(paths::existing::show(&self.batch.id), &RowFilter::of_choices(), &[])
    }

    fn can_be_asked(&self) -> bool {
        self.shell.can.add_customers && !self.waiting.is(0)
    }

    /// Whether what becomes of a row can be chosen now.
    fn can_choose(&self, row: &ShownRow<OfCustomers>) -> bool {
        self.shell.can.add_customers && self.batch.state == State::Shown && row.row.choice.is_some()
    }
}
