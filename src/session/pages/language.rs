//! The language of this browser, for everybody. Whoever signs in keeps one in My profile: what they chose just before, it
//! takes over.

use actix_web::{HttpResponse, web};
use serde::Deserialize;

use crate::error::{Error, Result};
use crate::language::Language;
use crate::paths;
use crate::session::chosen_language;
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
    chosen_language::keep(&visit.session(), language);
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_chooses_comes_back_to_the_same_page_and_to_no_other_site() {
        for page in ["/sign-in?next=%2Forders", "/session/code", "/session/code?next=%2Forders", "/enrol"] {
            assert_eq!(way_back(page), page);
        }
        for elsewhere in [
            "https://evil.example",
            "//evil.example",
            "/session",
            "/session/end",
            "/session/code/",
            "/session/code\n",
            "/session/code?next=\n",
        ] {
            assert_eq!(way_back(elsewhere), paths::start(), "{elsewhere:?}");
        }
    }
}
