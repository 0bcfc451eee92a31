//! Writing a customer agreement, looking at what was written, publishing.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::access::permission::PublishAgreements;
use crate::agreements::form::TextForm;
use crate::agreements::model::Text;
use crate::agreements::said::Said;
use crate::agreements::store::texts;
use crate::error::Result;
use crate::language::{Language, filters};
use crate::partners::model::agreement::Published;
use crate::paths;
use crate::values::country::Country;
use crate::values::moment::Moment;
use crate::web::{Ask, Problems, Shell};

#[derive(Template)]
#[template(path = "agreements/new.html")]
struct NewTextPage {
    shell: Shell,
    country: Option<Country>,
    language: Language,
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
    language: Language,
    form: TextForm,
}

/// For which country a new text is, empty for all, and in which language.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Beginning {
    country: String,
    language: String,
}

/// `GET /operator/customer-agreements/new?country=DE&language=en`
pub async fn new(
    ask: Ask<PublishAgreements>,
    web::Query(beginning): web::Query<Beginning>,
) -> Result<HttpResponse> {
    let country = Country::parse(&beginning.country).ok();
    let language = Language::of_tag(&beginning.language).unwrap_or_default();
    let current = ask.read(move |conn, _| texts::latest(conn, country, language)).await?;
    let form = TextForm::after((country, language), current.as_ref());
    let (shell, problems) = (ask.shell(), Problems::default());
    ask.page(&NewTextPage { shell, country, language, form, problems, overtaken_by: None })
}

/// `POST /operator/customer-agreements/draft`: shows what was written, or the form again. Nothing is kept.
pub async fn draft(
    ask: Ask<PublishAgreements>,
    web::Form(form): web::Form<TextForm>,
) -> Result<HttpResponse> {
    let (country, language) = (form.country()?, form.language()?);
    let shell = ask.shell();
    if form.then == "edit" {
        let problems = Problems::default();
        return ask.page(&NewTextPage { shell, country, language, form, problems, overtaken_by: None });
    }
    match form.parse()? {
        Ok(_) => ask.page(&TextPreviewPage { shell, country, language, form }),
        Err(problems) => {
            ask.unprocessable(&NewTextPage { shell, country, language, form, problems, overtaken_by: None })
        }
    }
}

/// `POST /operator/customer-agreements`: publishes.
pub async fn create(
    ask: Ask<PublishAgreements>,
    web::Form(form): web::Form<TextForm>,
) -> Result<HttpResponse> {
    let (country, language) = (form.country()?, form.language()?);
    let new = match form.parse()? {
        Ok(new) => new,
        Err(problems) => {
            let shell = ask.shell();
            return ask.unprocessable(&NewTextPage {
                shell,
                country,
                language,
                form,
                problems,
                overtaken_by: None,
            });
        }
    };
    let now = Moment::now();
    match ask.write(move |conn, by| texts::publish(conn, by, &new, now)).await? {
        Published::Now | Published::Before => {
            ask.done(&Said::Published { version: &form.version }, paths::agreements::list())
        }
        Published::Stale => {
            let overtaken_by = ask.read(move |conn, _| texts::latest(conn, country, language)).await?;
            let TextForm { id, version, .. } = TextForm::after((country, language), overtaken_by.as_ref());
            let form = TextForm { id, version, ..form };
            let (shell, problems) = (ask.shell(), Problems::default());
            let again = NewTextPage { shell, country, language, form, problems, overtaken_by };
            ask.with_status(StatusCode::CONFLICT, &again)
        }
    }
}
