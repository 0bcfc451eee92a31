//! Adding an offer and changing one.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::offer_id;
use crate::access::Allowed;
use crate::access::permission::ManageCatalog;
use crate::catalog::form::OfferForm;
use crate::catalog::model::column::Difference;
use crate::catalog::model::definition::Kept;
use crate::catalog::said::Said;
use crate::catalog::store::keeping::{self, Added, Changed};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::paths;
use crate::values::id::OfferId;
use crate::values::moment::Moment;
use crate::web::page::with_status;
use crate::web::{Problems, Shell, page, say, see_other, unprocessable};

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
pub async fn new(shell: Shell, _may: Allowed<ManageCatalog>) -> Result<HttpResponse> {
    page(&NewPage { shell, form: OfferForm::empty(), problems: Problems::default() })
}

/// `POST /catalog`
pub async fn create(
    (shell, session): (Shell, Session),
    may: Allowed<ManageCatalog>,
    db: web::Data<Db>,
    web::Form(pairs): web::Form<Vec<(String, String)>>,
) -> Result<HttpResponse> {
    let form = OfferForm::sent(pairs);
    let mut id = OfferId::parse(&form.id).ok_or(Error::BadRequest("id"))?;
    let said = match form.parse() {
        Ok(said) => said,
        Err(problems) => return unprocessable(&NewPage { shell, form, problems }),
    };
    let now = Moment::now();
    let mut added = Added::BeforeWithAnother;
    // The page came back with Back and was filled in anew: that is another offer.
    while matches!(added, Added::BeforeWithAnother) {
        let (by, wanted, sent) = (may.clone(), said.clone(), id.clone());
        added = db.write(move |conn| keeping::add(conn, &by, &sent, &wanted, now)).await?;
        if matches!(added, Added::BeforeWithAnother) {
            id = OfferId::new();
        }
    }
    match added {
        Added::Refused(problems) => unprocessable(&NewPage { shell, form, problems }),
        Added::Now | Added::Before | Added::BeforeWithAnother => {
            say(&session, &shell, &Said::Added { name: &said.name })?;
            Ok(see_other(paths::catalog::show(&id)))
        }
    }
}

/// `GET /catalog/{id}/change`
pub async fn edit(
    shell: Shell,
    _may: Allowed<ManageCatalog>,
    db: web::Data<Db>,
    id: web::Path<String>,
) -> Result<HttpResponse> {
    let kept = load(&db, &offer_id(&id)?).await?;
    let form = OfferForm::of(&kept.definition, kept.version);
    page(&ChangePage { shell, kept, form, problems: Problems::default(), differences: Vec::new() })
}

/// `POST /catalog/{id}/change`
pub async fn update(
    (shell, session): (Shell, Session),
    may: Allowed<ManageCatalog>,
    db: web::Data<Db>,
    id: web::Path<String>,
    web::Form(pairs): web::Form<Vec<(String, String)>>,
) -> Result<HttpResponse> {
    let (id, mut form) = (offer_id(&id)?, OfferForm::sent(pairs));
    let mut kept = load(&db, &id).await?;
    let mut has_clash = false;
    let again =
        |shell, kept, form, problems| ChangePage { shell, kept, form, problems, differences: Vec::new() };
    loop {
        let said = match form.parse_change(&kept.definition) {
            Ok(said) => said,
            Err(problems) => return unprocessable(&again(shell, kept, form, problems)),
        };
        if has_clash {
            let differences = kept.definition.cells().differences(&said.cells());
            let page = ChangePage { differences, ..again(shell, kept, form, Problems::default()) };
            return with_status(StatusCode::CONFLICT, &page);
        }
        let (by, wanted, sent, version) = (may.clone(), said.clone(), id.clone(), form.version()?);
        let now = Moment::now();
        match db.write(move |conn| keeping::change(conn, &by, (&sent, version), &wanted, now)).await? {
            Changed::Done => say(&session, &shell, &Said::Changed { name: &said.name })?,
            Changed::Same => say(&session, &shell, &Said::Unchanged { name: &said.name })?,
            Changed::Refused(problems) => return unprocessable(&again(shell, kept, form, problems)),
            Changed::Stale(now) => {
                // Whoever sends it again after a clash has read what changed.
                (form, has_clash) = form.over(&said, &now.definition, now.version);
                kept = *now;
                continue;
            }
        }
        return Ok(see_other(paths::catalog::show(&id)));
    }
}

pub(super) async fn load(db: &Db, id: &OfferId) -> Result<Kept> {
    let id = id.clone();
    db.read(move |conn| keeping::find(conn, &id)).await
}
