//! New customer: the first step. What is typed is saved with every press, right or not.

mod display;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::Deserialize;

use super::closed::{closed, open_draft};
use crate::access::permission::AddCustomers;
use crate::consents::commands::link_name;
use crate::customers::new_account::{AccountForm, Terms};
use crate::error::{Error, Result};
use crate::orders::commands::new_customer::{self, Outcome};
use crate::orders::draft::alike::Alike;
use crate::orders::draft::customer::{check, reseller_of};
use crate::orders::draft::{Draft, Step, address_of};
use crate::orders::form::StepForm;
use crate::orders::said::Said;
use crate::paths::{self, address};
use crate::values::id::DraftId;
use crate::values::mark::mark_of;
use crate::values::moment::Moment;
use crate::web::{Ask, Problems, once, see_other};
use display::{For, NewCustomerPage};

/// How one comes to an empty form.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Beginning {
    /// The reseller from whose row one comes.
    reseller: String,
}

/// How one comes back to a draft.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Return {
    /// `review` when Change on Review led here, which then is where Next leads.
    next: String,
    /// `yes` to see at once what is wrong: Submit came back because of it.
    check: String,
}

/// `GET /customers/new`: makes nothing.
pub async fn new(
    ask: Ask<AddCustomers>,
    web::Query(beginning): web::Query<Beginning>,
) -> Result<HttpResponse> {
    let home = ask.by.organisation.country;
    let form = AccountForm { reseller: beginning.reseller, ..AccountForm::begin(home) }.printable();
    let begun = form.clone();
    let reseller = ask.read(move |conn, by| reseller_of(conn, by, &begun)).await?;
    let mut problems = Problems::default();
    problems.field("reseller", reseller);
    let asked = For { id: DraftId::new(), kept: None, next: String::new(), alike: Alike::default() };
    ask.page(&NewCustomerPage::of(&ask, asked, form, problems).await?)
}

/// `POST /customers`: begins the draft.
pub async fn create(ask: Ask<AddCustomers>, web::Form(step): web::Form<StepForm>) -> Result<HttpResponse> {
    let id = DraftId::parse(&step.draft).ok_or(Error::BadRequest("no draft id"))?;
    keep(&ask, (id, true), step).await
}

/// `GET /drafts/{id}/customer`
pub async fn edit(
    ask: Ask<AddCustomers>,
    id: web::Path<String>,
    web::Query(back): web::Query<Return>,
) -> Result<HttpResponse> {
    let draft = match open_draft(&ask, &id).await? {
        Ok(draft) if draft.customer.is_some() => {
            return Ok(see_other(address_of(&draft.id, Step::Subscriptions)));
        }
        Ok(draft) => draft,
        Err(answer) => return Ok(answer),
    };
    let form = draft.form();
    let (kept, terms) = (form.clone(), Terms::of(&ask.by, &ask.site, Moment::now()));
    let checked = ask.read(move |conn, by| check(conn, by, &kept, &terms)).await?;
    let problems = checked.err().filter(|_| back.check == "yes").unwrap_or_default();
    let (has_problems, next) = (!problems.is_empty(), back.next);
    let asked = For { id: draft.id, kept: Some(draft), next, alike: Alike::default() };
    let shown = NewCustomerPage::of(&ask, asked, form, problems).await?;
    if has_problems { ask.unprocessable(&shown) } else { ask.page(&shown) }
}

/// `POST /drafts/{id}/customer`
pub async fn update(
    ask: Ask<AddCustomers>,
    id: web::Path<String>,
    web::Form(step): web::Form<StepForm>,
) -> Result<HttpResponse> {
    let id = DraftId::parse(&id).ok_or(Error::NotFound)?;
    keep(&ask, (id, false), step).await
}

/// Keeps what was typed, and leads to where the pressed button says.
async fn keep(
    ask: &Ask<AddCustomers>,
    (id, begins): (DraftId, bool),
    mut step: StepForm,
) -> Result<HttpResponse> {
    step.account = step.account.printable();
    let outcome = new_customer::keep(ask, (&ask.by, ask.language()), (&id, begins), &mut step).await?;
    let (mut alike, none) = (Alike::default(), Problems::default());
    let (kept, problems, status) = match outcome {
        Outcome::Closed(draft) => return closed(ask, *draft).await,
        Outcome::Right(_) | Outcome::Wrong(..) | Outcome::Alike(..) if step.then == "leave" => {
            return ask.done(&Said::DraftSaved, paths::orders::drafts());
        }
        Outcome::Right(_) | Outcome::Wrong(..) | Outcome::Alike(..) if step.then == "country" => {
            let same = address(address_of(&id, Step::Customer), &(), &[("next", &step.next)]);
            return Ok(see_other(format!("{same}#field-country")));
        }
        Outcome::Right(Some(ahead)) => {
            if let Some(link) = &ahead.link {
                once::put(&ask.session(), &link_name(&ahead.id), link.reveal());
            }
            return Ok(see_other(paths::consents::request(&ahead.id)));
        }
        Outcome::Right(None) => {
            let next = if step.leads_to_review() { Step::Review } else { Step::Subscriptions };
            return Ok(see_other(address_of(&id, next)));
        }
        Outcome::Wrong(draft, problems) => (draft, problems, StatusCode::UNPROCESSABLE_ENTITY),
        Outcome::Alike(draft, unknown) => {
            alike = unknown;
            (draft, none, StatusCode::OK)
        }
        Outcome::Conflict(draft) => (draft, none, StatusCode::CONFLICT),
    };
    let asked = For { id, kept: Some(*kept), next: step.next, alike };
    let shown = NewCustomerPage::of(ask, asked, step.account, problems).await?;
    ask.with_status(status, &shown)
}

/// The version that the page of an empty or a kept form carries.
fn version_to_carry(kept: Option<&Draft>) -> String {
    mark_of(kept.map_or("", |draft| &draft.account))
}
