//! New customer: the first step. What is typed is saved with every press, right or not.

mod asking;
mod display;

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::Deserialize;

use super::closed::{closed, open_draft};
use crate::access::Allowed;
use crate::access::permission::AddCustomers;
use crate::agreements::store::requests::Asked;
use crate::consents::commands::link_name;
use crate::customers::new_account::{AccountForm, Terms};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::orders::draft::alike::{self, Alike};
use crate::orders::draft::customer::{NewCustomer, check, reseller_of};
use crate::orders::draft::store::{self, Saved};
use crate::orders::draft::{Draft, Step, address_of};
use crate::orders::said::Said;
use crate::paths::{self, address};
use crate::values::id::{AgreementRequestId, DraftId};
use crate::values::mark::mark_of;
use crate::values::moment::Moment;
use crate::web::page::with_status;
use crate::web::{Problems, Shell, Site, once, page, say, see_other, three_way, unprocessable};
use asking::Asking;
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

/// The form with what the page adds to it.
#[derive(Deserialize, Clone, Default)]
#[serde(default)]
pub struct StepForm {
    /// The fresh id of a draft that is not kept yet.
    draft: String,
    /// Of the form that the page was drawn from.
    version: String,
    /// What its fields held then.
    opened: String,
    next: String,
    /// Which button was pressed: `country`, `leave`, `anyway`, or none for Next.
    then: String,
    /// What `anyway` is about: the ids of what the page has shown to be alike.
    alike: String,
    #[serde(flatten)]
    account: AccountForm,
}

/// `GET /customers/new`: makes nothing.
pub async fn new(
    shell: Shell,
    may: Allowed<AddCustomers>,
    db: web::Data<Db>,
    site: web::Data<Site>,
    web::Query(beginning): web::Query<Beginning>,
) -> Result<HttpResponse> {
    let home = may.organisation.country;
    let form = AccountForm { reseller: beginning.reseller, ..AccountForm::begin(home) }.printable();
    let (asking, asked) = (may.clone(), form.clone());
    let reseller = db.read(move |conn| reseller_of(conn, &asking, &asked)).await?;
    let mut problems = Problems::default();
    problems.field("reseller", reseller);
    let asked = For { id: DraftId::new(), kept: None, next: String::new(), alike: Alike::default() };
    page(&NewCustomerPage::of(&db, &may, &site, shell, asked, form, problems).await?)
}

/// `POST /customers`: begins the draft.
pub async fn create(
    shell: Shell,
    may: Allowed<AddCustomers>,
    session: Session,
    db: web::Data<Db>,
    site: web::Data<Site>,
    web::Form(mut step): web::Form<StepForm>,
) -> Result<HttpResponse> {
    let id = DraftId::parse(&step.draft).ok_or(Error::BadRequest("no draft id"))?;
    step.account = step.account.printable();
    let outcome = save_touched(&db, &may, &site, (&id, true), &mut step, &session).await?;
    answer((shell, session), (&db, &may, &site), id, step, outcome).await
}

/// `GET /drafts/{id}/customer`
pub async fn edit(
    shell: Shell,
    may: Allowed<AddCustomers>,
    db: web::Data<Db>,
    site: web::Data<Site>,
    id: web::Path<String>,
    web::Query(back): web::Query<Return>,
) -> Result<HttpResponse> {
    let draft = match open_draft(&db, &may, &shell, &id).await? {
        Ok(draft) if draft.customer.is_some() => {
            return Ok(see_other(address_of(&draft.id, Step::Subscriptions)));
        }
        Ok(draft) => draft,
        Err(answer) => return Ok(answer),
    };
    let form = draft.form();
    let (asking, asked, terms) = (may.clone(), form.clone(), Terms::of(&may, &site, Moment::now()));
    let checked = db.read(move |conn| check(conn, &asking, &asked, &terms)).await?;
    let problems = checked.err().filter(|_| back.check == "yes").unwrap_or_default();
    let (has_problems, next) = (!problems.is_empty(), back.next);
    let asked = For { id: draft.id.clone(), kept: Some(draft), next, alike: Alike::default() };
    let shown = NewCustomerPage::of(&db, &may, &site, shell, asked, form, problems).await?;
    if has_problems { unprocessable(&shown) } else { page(&shown) }
}

/// `POST /drafts/{id}/customer`
pub async fn update(
    shell: Shell,
    may: Allowed<AddCustomers>,
    session: Session,
    db: web::Data<Db>,
    site: web::Data<Site>,
    id: web::Path<String>,
    web::Form(mut step): web::Form<StepForm>,
) -> Result<HttpResponse> {
    let id = DraftId::parse(&id).ok_or(Error::NotFound)?;
    step.account = step.account.printable();
    let outcome = save_touched(&db, &may, &site, (&id, false), &mut step, &session).await?;
    answer((shell, session), (&db, &may, &site), id, step, outcome).await
}

/// What became of the form.
enum Outcome {
    /// With the request for the customer agreement that was made, or that needs a look.
    Kept(Box<Draft>, Result<Box<NewCustomer>, Problems>, Option<AgreementRequestId>),
    /// It could go on, but looks like something that is there, which nobody has seen yet.
    Alike(Box<Draft>, Alike),
    Conflict(Box<Draft>),
    Closed(Box<Draft>),
}

/// Saves what was typed. Where somebody else saved something in the meantime, only what was touched is put over it; it
/// is a conflict when both touched the same.
async fn save_touched(
    db: &Db,
    may: &Allowed<AddCustomers>,
    site: &Site,
    draft: (&DraftId, bool),
    step: &mut StepForm,
    session: &Session,
) -> Result<Outcome> {
    let outcome = save(db, may, site, draft, step, session).await?;
    let Outcome::Conflict(kept) = &outcome else { return Ok(outcome) };
    let merged = three_way::merge(&step.opened, &step.account, &kept.form())?;
    step.account = merged.form;
    if !merged.clashes.is_empty() {
        return Ok(outcome);
    }
    step.version = version_to_carry(Some(kept));
    save(db, may, site, draft, step, session).await
}

async fn save(
    db: &Db,
    may: &Allowed<AddCustomers>,
    site: &Site,
    (id, begins): (&DraftId, bool),
    step: &StepForm,
    session: &Session,
) -> Result<Outcome> {
    let (may, id, step, now) = (may.clone(), id.clone(), step.clone(), Moment::now());
    let terms = Terms::of(&may, site, now);
    let goes_on = matches!(step.then.as_str(), "" | "anyway");
    let asking = if goes_on { Asking::of(&may, site, &step.account, &terms)? } else { None };
    let token = asking.as_ref().map(Asking::token);
    let outcome = db.write(move |conn| {
        let form = &step.account;
        // Begun already: the button was pressed twice, and the version tells whether with the same.
        let is_fresh = begins && store::begin(conn, &may, &id, None, now)?;
        let version = if is_fresh { mark_of("") } else { step.version.clone() };
        let reseller = reseller_of(conn, &may, form)?.ok().flatten().map(|partner| partner.reseller);
        let json = form.to_json();
        match store::set_account(conn, &may, &id, (&json, reseller.as_ref(), &version), now)? {
            Saved::Saved => {
                let checked = check(conn, &may, form, &terms)?;
                let alike = match &checked {
                    Ok(new) => alike::find(conn, &may, &id, &new.account)?,
                    Err(_) => Alike::default(),
                };
                if step.then == "anyway" {
                    store::know_alike(conn, &may, &id, &alike.among(&step.alike))?;
                }
                let draft = Box::new(store::find(conn, &may, &id)?);
                let unknown = alike.beyond(&draft.known_alike);
                if !unknown.is_empty() {
                    return Ok((Outcome::Alike(draft, unknown), None));
                }
                let asked = match asking.as_ref().filter(|_| checked.is_ok()) {
                    Some(asking) => asking.ask_once(conn, &id, step.next == "review", now)?,
                    None => None,
                };
                Ok((Outcome::Kept(draft, checked.map(Box::new), asked.as_ref().map(asking::id_of)), asked))
            }
            Saved::Conflict(kept) => Ok((Outcome::Conflict(kept), None)),
            Saved::Closed(draft) => Ok((Outcome::Closed(draft), None)),
        }
    });
    let (outcome, asked) = outcome.await?;
    if let (Some(Asked::New(request)), Some(token)) = (asked, token) {
        once::put(session, &link_name(&request), token.reveal());
    }
    Ok(outcome)
}

async fn answer(
    (shell, session): (Shell, Session),
    (db, may, site): (&Db, &Allowed<AddCustomers>, &Site),
    id: DraftId,
    step: StepForm,
    outcome: Outcome,
) -> Result<HttpResponse> {
    let customer = address_of(&id, Step::Customer);
    let (mut alike, none) = (Alike::default(), Problems::default());
    let (kept, problems, status) = match outcome {
        Outcome::Closed(draft) => return closed(db, may, shell, *draft).await,
        Outcome::Kept(..) | Outcome::Alike(..) if step.then == "leave" => {
            say(&session, &shell, &Said::DraftSaved)?;
            return Ok(see_other(paths::orders::drafts()));
        }
        Outcome::Kept(..) | Outcome::Alike(..) if step.then == "country" => {
            let same = address(&customer, &(), &[("next", &step.next)]);
            return Ok(see_other(format!("{same}#field-country")));
        }
        Outcome::Kept(_, Ok(_), Some(request)) => return Ok(see_other(paths::consents::request(&request))),
        Outcome::Kept(_, Ok(_), None) => {
            let next = if step.next == "review" { Step::Review } else { Step::Subscriptions };
            return Ok(see_other(address_of(&id, next)));
        }
        Outcome::Kept(draft, Err(problems), _) => (draft, problems, StatusCode::UNPROCESSABLE_ENTITY),
        Outcome::Alike(draft, unknown) => {
            alike = unknown;
            (draft, none, StatusCode::OK)
        }
        Outcome::Conflict(draft) => (draft, none, StatusCode::CONFLICT),
    };
    let asked = For { id, kept: Some(*kept), next: step.next, alike };
    let shown = NewCustomerPage::of(db, may, site, shell, asked, step.account, problems).await?;
    with_status(status, &shown)
}

/// The version that the page of an empty or a kept form carries.
fn version_to_carry(kept: Option<&Draft>) -> String {
    mark_of(kept.map_or("", |draft| &draft.account))
}
