//! Adding an offer and changing one.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::offer_id;
use crate::access::permission::ManageCatalog;
use crate::catalog::commands;
use crate::catalog::form::OfferForm;
use crate::catalog::model::column::Difference;
use crate::catalog::model::definition::Kept;
use crate::catalog::said::Said;
use crate::catalog::store::keeping::{self, Changed};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::language::filters;
use crate::paths;
use crate::values::id::OfferId;
use crate::values::moment::Moment;
use crate::web::{Ask, Problems, Shell, version};

#[derive(Template)]
#[template(path = "catalog/new.html")]
struct NewPage {
    shell: Shell,
    form: OfferForm,
    problems: Problems,
}

#[derive(Template)]
#[template(path = "catalog/change.html")]
struct ChangePage {
    shell: Shell,
    kept: Kept,
    form: OfferForm,
    problems: Problems,
    /// What is kept now and what was typed, where somebody else came first.
    differences: Vec<Difference>,
}

/// `GET /catalog/new`
pub async fn new(ask: Ask<ManageCatalog>) -> Result<HttpResponse> {
    ask.page(&NewPage { shell: ask.shell(), form: OfferForm::empty(), problems: Problems::default() })
}

/// `POST /catalog`
pub async fn create(
    ask: Ask<ManageCatalog>,
    web::Form(pairs): web::Form<Vec<(String, String)>>,
) -> Result<HttpResponse> {
    let form = OfferForm::sent(pairs);
    let id = OfferId::parse(&form.id).ok_or(Error::BadRequest("id"))?;
    let said = match form.parse() {
        Ok(said) => said,
        Err(problems) => return ask.unprocessable(&NewPage { shell: ask.shell(), form, problems }),
    };
    match commands::add(&ask, &ask.by, id, &said, Moment::now()).await? {
        Ok(id) => ask.done(&Said::Added { name: &said.name }, paths::catalog::show(&id)),
        Err(problems) => ask.unprocessable(&NewPage { shell: ask.shell(), form, problems }),
    }
}

/// `GET /catalog/{id}/change`
pub async fn edit(ask: Ask<ManageCatalog>, id: web::Path<String>) -> Result<HttpResponse> {
    let kept = load(&ask.db, &offer_id(&id)?).await?;
    let form = OfferForm::of(&kept.definition, kept.version);
    let (shell, problems) = (ask.shell(), Problems::default());
    ask.page(&ChangePage { shell, kept, form, problems, differences: Vec::new() })
}

/// `POST /catalog/{id}/change`
pub async fn update(
    ask: Ask<ManageCatalog>,
    id: web::Path<String>,
    web::Form(pairs): web::Form<Vec<(String, String)>>,
) -> Result<HttpResponse> {
    let (id, mut form) = (offer_id(&id)?, OfferForm::sent(pairs));
    let mut kept = load(&ask.db, &id).await?;
    let mut has_clash = false;
    let again = |kept, form, problems| {
        let shell = ask.shell();
        ChangePage { shell, kept, form, problems, differences: Vec::new() }
    };
    loop {
        let said = match form.parse_change(&kept.definition) {
            Ok(said) => said,
            Err(problems) => return ask.unprocessable(&again(kept, form, problems)),
        };
        if has_clash {
            let differences = kept.definition.cells().differences(&said.cells());
            let page = ChangePage { differences, ..again(kept, form, Problems::default()) };
            return ask.with_status(StatusCode::CONFLICT, &page);
        }
        let (wanted, sent, version) = (said.clone(), id, version::read(&form.version)?);
        let now = Moment::now();
        let change = ask.write(move |conn, by| keeping::change(conn, by, (&sent, version), &wanted, now));
        let done = match change.await? {
            Changed::Done(changes) if changes.is_announced(now.day()) => Said::Announced { name: &said.name },
            Changed::Done(_) => Said::Changed { name: &said.name },
            Changed::Same => Said::Unchanged { name: &said.name },
            Changed::Refused(problems) => return ask.unprocessable(&again(kept, form, problems)),
            Changed::Stale(now) => {
                // Whoever sends it again after a clash has read what changed.
                (form, has_clash) = form.over(&said, &now.definition, now.version);
                kept = *now;
                continue;
            }
        };
        return ask.done(&done, paths::catalog::show(&id));
    }
}

pub(super) async fn load(db: &Db, id: &OfferId) -> Result<Kept> {
    let (id, today) = (*id, Moment::now().day());
    db.read(move |conn| keeping::find(conn, &id, today)).await
}
