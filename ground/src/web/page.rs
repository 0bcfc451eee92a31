//! The three answers of a handler: a page, the form again with its problems, or "see there".

use std::any::Any;

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::error::{Error, Result};
use crate::language::{Language, Speech};
use crate::paths;
use crate::values::password::Busy;

/// The address within this portal: one that begins with two slashes would lead to another host.
pub fn asked_for(request: &HttpRequest) -> String {
    let wanted = request.uri().path_and_query().map_or(paths::start(), |path| path.as_str());
    format!("/{}", wanted.trim_start_matches(['/', '\\']))
}

/// A page as answer, in a language.
///
/// # Errors
/// When the template cannot be rendered.
pub fn page(language: Language, template: &impl Template) -> Result<HttpResponse> {
    with_status(language, StatusCode::OK, template)
}

/// The same page again, because what was typed cannot be taken.
///
/// # Errors
/// When the template cannot be rendered.
pub fn unprocessable(language: Language, template: &impl Template) -> Result<HttpResponse> {
    with_status(language, StatusCode::UNPROCESSABLE_ENTITY, template)
}

/// A page with a status of its own.
///
/// # Errors
/// When the template cannot be rendered.
pub fn with_status(language: Language, status: StatusCode, template: &impl Template) -> Result<HttpResponse> {
    // What stands in no template's fields: every form that is shown again for a reason says so in its title.
    let is_refused: &dyn Any = &matches!(status, StatusCode::UNPROCESSABLE_ENTITY | StatusCode::CONFLICT);
    let values = ("is_refused", is_refused);
    let html = template
        .render_with_values(&Speech::new(language, &values))
        .map_err(|error| Error::Internal(error.into()))?;
    Ok(HttpResponse::build(status)
        .content_type("text/html; charset=utf-8")
        // Pages show what belongs to one person: no shared cache keeps them, and Back asks again.
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .body(html))
}

/// The same page again: it was tried too often, and the next try is taken in so many seconds.
///
/// # Errors
/// When the template cannot be rendered.
pub fn slowed(language: Language, template: &impl Template, seconds: i64) -> Result<HttpResponse> {
    Ok(in_seconds(with_status(language, StatusCode::TOO_MANY_REQUESTS, template)?, seconds))
}

/// The same page again: the portal has more to do than it can, and nothing was done.
///
/// # Errors
/// When the template cannot be rendered.
pub fn busy(language: Language, template: &impl Template) -> Result<HttpResponse> {
    Ok(in_seconds(with_status(language, StatusCode::SERVICE_UNAVAILABLE, template)?, Busy::RETRY_AFTER))
}

/// Tells programs when it is worth trying again; people read it on the page.
#[must_use]
pub fn in_seconds(mut page: HttpResponse, seconds: i64) -> HttpResponse {
    page.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    page
}

/// The same page, which no search engine keeps: whoever has its address may act.
#[must_use]
pub fn unlisted(mut page: HttpResponse) -> HttpResponse {
    let name = HeaderName::from_static("x-robots-tag");
    page.headers_mut().insert(name, HeaderValue::from_static("noindex, nofollow"));
    page
}

/// Done: look there. The browser follows with GET, so that reloading repeats nothing. What cannot stand in a
/// header is no page of ours: then the start will do.
pub fn see_other(path: impl AsRef<str>) -> HttpResponse {
    let location = HeaderValue::from_str(path.as_ref()).unwrap_or(HeaderValue::from_static(paths::start()));
    HttpResponse::SeeOther().insert_header((header::LOCATION, location)).finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_header_leads_to_the_start() {
        let location = |path| see_other(path).headers().get(header::LOCATION).cloned();
        assert_eq!(location("/customers?search=a"), Some(HeaderValue::from_static("/customers?search=a")));
        for path in ["/a\nb", "/\u{1}", "/\u{7f}"] {
            assert_eq!(location(path), Some(HeaderValue::from_static("/")), "{path:?}");
        }
    }
}
