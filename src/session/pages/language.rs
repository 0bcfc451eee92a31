//! The language of this browser, for everybody; whoever signs in keeps one in My profile.

use actix_web::{HttpResponse, web};
use serde::Deserialize;

use crate::error::{Error, Result};
use crate::language::Language;
use crate::paths;
use crate::session::model::safe_path;
use crate::values::typed::typed;
use crate::web::{Visit, see_other, tongue};

#[derive(Deserialize)]
pub struct LanguageForm {
    /// As a tag.
    #[serde(deserialize_with = "typed")]
    language: String,
    #[serde(default, deserialize_with = "typed")]
    next: String,
}

/// The page that was read: after signing in nobody is led to the code that comes before, but here somebody stands at it.
fn way_back(next: &str) -> &str {
    let is_code = next.split('?').next() == Some(paths::session::code()) && !next.contains(char::is_control);
    if is_code { next } else { safe_path(next) }
}

/// `POST /language`
pub async fn update(visit: Visit, web::Form(form): web::Form<LanguageForm>) -> Result<HttpResponse> {
    let language = Language::of_tag(&form.language)
        .ok_or_else(|| Error::BadRequest("a language that the portal does not speak"))?;
    let mut answer = see_other(way_back(&form.next));
    tongue::keep(&mut answer, language, &visit.site)?;
    Ok(answer)
}
