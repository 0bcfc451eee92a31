//! Writing a customer agreement, looking at what was written, publishing.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::access::Allowed;
use crate::access::permission::PublishAgreements;
use crate::agreements::form::TextForm;
use crate::agreements::model::Text;
use crate::agreements::said::Said;
use crate::agreements::store::texts::{self, Published};
use crate::db::Db;
use crate::error::Result;
use crate::paths;
use crate::values::country::Country;
use crate::values::moment::Moment;
use crate::web::page::with_status;
use crate::web::{Problems, Shell, page, say, see_other, unprocessable};

#[derive(Template)]
#[template(path = "agreements/new.html")]
struct NewTextPage {
    shell: Shell,
    country: Option<Country>,
    form: TextForm,
    problems: Problems,
    /// Somebody else published a version in the meantime; which one holds now.
    overtaken_by: Option<Text>,
}

#[derive(Template)]
#[template(path = "agreements/preview.html")]
struct TextPreviewPage {
    shell: Shell,
    country: Option<Country>,
    form: TextForm,
}

/// For which country a new text is; empty for all.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Beginning {
    country: String,
}

/// `GET /operator/customer-agreements/new?country=DE`
pub async fn new(
    shell: Shell,
    _may: Allowed<PublishAgreements>,
    db: web::Data<Db>,
    web::Query(beginning): web::Query<Beginning>,
) -> Result<HttpResponse> {
    let country = Country::parse(&beginning.country).ok();
    let current = db.read(move |conn| texts::latest(conn, country)).await?;
    let form = TextForm::after(country, current.as_ref());
    page(&NewTextPage { shell, country, form, problems: Problems::default(), overtaken_by: None })
}

/// `POST /operator/customer-agreements/draft`: shows what was written, or the form again. Nothing is kept.
pub async fn draft(
    shell: Shell,
    _may: Allowed<PublishAgreements>,
    web::Form(form): web::Form<TextForm>,
) -> Result<HttpResponse> {
    let country = form.country()?;
    let form = form.printable();
    if form.then == "edit" {
        return page(&NewTextPage {
            shell,
            country,
            form,
            problems: Problems::default(),
            overtaken_by: None,
        });
    }
    match form.parse()? {
        Ok(_) => page(&TextPreviewPage { shell, country, form }),
        Err(problems) => unprocessable(&NewTextPage { shell, country, form, problems, overtaken_by: None }),
    }
}

/// `POST /operator/customer-agreements`: publishes.
pub async fn create(
    (shell, session): (Shell, Session),
    may: Allowed<PublishAgreements>,
    db: web::Data<Db>,
    web::Form(form): web::Form<TextForm>,
) -> Result<HttpResponse> {
    let country = form.country()?;
    let form = form.printable();
    let new = match form.parse()? {
        Ok(new) => new,
        Err(problems) => {
            return unprocessable(&NewTextPage { shell, country, form, problems, overtaken_by: None });
        }
    };
    let now = Moment::now();
    match db.write(move |conn| texts::publish(conn, &may, &new, now)).await? {
        Published::Now | Published::Before => {
            say(&session, &shell, &Said::Published { version: &form.version })?;
            Ok(see_other(paths::agreements::list()))
        }
        Published::Stale => {
            let overtaken_by = db.read(move |conn| texts::latest(conn, country)).await?;
            let TextForm { id, version, .. } = TextForm::after(country, overtaken_by.as_ref());
            let form = TextForm { id, version, ..form };
            let again = NewTextPage { shell, country, form, problems: Problems::default(), overtaken_by };
            with_status(StatusCode::CONFLICT, &again)
        }
    }
}
