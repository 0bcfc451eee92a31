//! Changing an account, block by block.

mod display;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::Deserialize;

use self::display::{EditPage, asked};
use super::customer_id;
use crate::access::permission::{EditCustomerAccounts, EditCustomerContacts};
use crate::access::{Allowed, Permission};
use crate::customers::facts::demand_lasting;
use crate::customers::form::{EditForm, Then};
use crate::customers::model::{Block, Customer};
use crate::customers::new_account::AccountForm;
use crate::customers::said::Said;
use crate::customers::store::edit::{Edit, Edited, edit};
use crate::customers::store::find;
use crate::error::Result;
use crate::values::id::CustomerId;
use crate::values::moment::Moment;
use crate::web::{Ask, Problems, three_way};

/// How one comes to such a page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ThenQuery {
    then: String,
}

/// `GET /customers/{id}/account/company`
pub async fn company(
    ask: Ask<EditCustomerAccounts>,
    id: web::Path<String>,
    query: web::Query<ThenQuery>,
) -> Result<HttpResponse> {
    show(&ask, (&id, Block::Company), &query).await
}

/// `POST /customers/{id}/account/company`
pub async fn change_company(
    ask: Ask<EditCustomerAccounts>,
    id: web::Path<String>,
    web::Form(form): web::Form<EditForm>,
) -> Result<HttpResponse> {
    change(&ask, (&id, Block::Company), form).await
}

/// `GET /customers/{id}/account/contact`
pub async fn contact(
    ask: Ask<EditCustomerContacts>,
    id: web::Path<String>,
    query: web::Query<ThenQuery>,
) -> Result<HttpResponse> {
    show(&ask, (&id, Block::Contact), &query).await
}

/// `POST /customers/{id}/account/contact`
pub async fn change_contact(
    ask: Ask<EditCustomerContacts>,
    id: web::Path<String>,
    web::Form(form): web::Form<EditForm>,
) -> Result<HttpResponse> {
    change(&ask, (&id, Block::Contact), form).await
}

/// `GET /customers/{id}/account/registration`
pub async fn registration(
    ask: Ask<EditCustomerAccounts>,
    id: web::Path<String>,
    query: web::Query<ThenQuery>,
) -> Result<HttpResponse> {
    show(&ask, (&id, Block::Registration), &query).await
}

/// `POST /customers/{id}/account/registration`
pub async fn change_registration(
    ask: Ask<EditCustomerAccounts>,
    id: web::Path<String>,
    web::Form(form): web::Form<EditForm>,
) -> Result<HttpResponse> {
    change(&ask, (&id, Block::Registration), form).await
}

async fn show<P: Permission>(
    ask: &Ask<P>,
    (id, block): (&str, Block),
    query: &ThenQuery,
) -> Result<HttpResponse> {
    let customer = load(ask, &customer_id(id)?).await?;
    let asked = asked(&ask.by, &customer.account, block, &[]);
    let form = AccountForm::of(&customer.account);
    let sent = Sent { version: customer.version, opened: three_way::opened(&form.pairs(&asked)), form };
    let page = EditPage::new(ask, customer, (block, asked), sent, Then::of(&query.then));
    ask.page(&page)
}

/// What a form holds, and which state of the account it was drawn from.
pub struct Sent {
    form: AccountForm,
    version: i32,
    opened: String,
}

async fn change<P: Permission>(
    ask: &Ask<P>,
    (id, block): (&str, Block),
    form: EditForm,
) -> Result<HttpResponse> {
    let (id, then, drawn) = (customer_id(id)?, form.then(), form.drawn());
    let may = Allowed::<EditCustomerContacts>::check(&ask.by)?;
    let (version, now) = (form.version()?, Moment::now());
    let mut sent = Sent { form: form.typed.printable(), version, opened: form.opened };
    let mut has_clash = false;
    loop {
        let customer = load(ask, &id).await?;
        let drawn: Vec<&str> = drawn.iter().map(String::as_str).collect();
        let asked = asked(&ask.by, &customer.account, block, &drawn);
        sent.form = sent.form.over(&customer.account, &asked);
        let parsed = sent.form.parse_block(&customer.account, (block, &asked));
        let wanted = match parsed {
            Ok(wanted) if !has_clash => wanted,
            parsed => {
                let problems = parsed.err().unwrap_or_default();
                return refuse(ask, (customer, then), (block, asked), (sent, problems), has_clash);
            }
        };
        let (by, change) = (may.clone(), Edit { block, version: sent.version, wanted });
        let namesake = match ask.write(move |conn, _| edit(conn, &by, &id, &change, now)).await? {
            Edited::Now { namesake } => namesake,
            Edited::Same => return ask.done(&Said::NothingChanged, then.path(&id)),
            Edited::Stale => {
                let saved = load(ask, &id).await?;
                (sent, has_clash) = merge(&sent, &saved, &asked);
                continue;
            }
        };
        return match namesake {
            Some(domain) => ask.done(&Said::AccountChangedToNamesake { domain: &domain }, then.path(&id)),
            None => ask.done(&Said::AccountChanged, then.path(&id)),
        };
    }
}

/// The page again, with what is wrong, or with what somebody else saved meanwhile. Nothing is saved.
fn refuse<P: Permission>(
    ask: &Ask<P>,
    (customer, then): (Customer, Then),
    about: (Block, Vec<&'static str>),
    (sent, problems): (Sent, Problems),
    has_clash: bool,
) -> Result<HttpResponse> {
    let page = EditPage::new(ask, customer, about, sent, then);
    let page = if has_clash { page.with_differences(ask.language()) } else { page };
    let status = if problems.is_empty() { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    ask.with_status(status, &page.with_problems(problems))
}

/// What was typed over what is saved, as far as it was touched. Whoever sends it again after a clash has read what changed.
fn merge(sent: &Sent, saved: &Customer, asked: &[&str]) -> (Sent, bool) {
    let now = AccountForm::of(&saved.account);
    let merged = three_way::merge_fields(&sent.opened, sent.form.pairs(asked), now.pairs(asked));
    let opened = three_way::opened(&now.pairs(asked));
    let mut form = now;
    merged.form.iter().for_each(|(field, value)| form.set(field, value));
    (Sent { form, version: saved.version, opened }, !merged.clashes.is_empty())
}

async fn load<P: Permission>(ask: &Ask<P>, id: &CustomerId) -> Result<Customer> {
    let id = *id;
    ask.read(move |conn, by| {
        let customer = find(conn, &by.reach(), &id)?;
        demand_lasting(conn, &id)?;
        Ok(customer)
    })
    .await
}
