//! The language of whoever asks: the one that a person chose, or that was chosen in this browser, or what it asks for.

use actix_web::cookie::{Cookie, SameSite, time::Duration};
use actix_web::http::header::ACCEPT_LANGUAGE;
use actix_web::{HttpMessage as _, HttpRequest, HttpResponse, web};

use super::site::Site;
use crate::access::identity::Identity;
use crate::error::{Error, Result};
use crate::language::Language;

/// How the choice of a browser is called, which outlives the sign-in.
const COOKIE: &str = "twotier-language";
/// For so long a browser keeps it.
const KEPT_DAYS: i64 = 365;

/// The language to answer a request in.
pub fn of(request: &HttpRequest) -> Language {
    let own = match request.extensions().get::<Identity>() {
        Some(Identity::Person(viewer)) => viewer.language,
        _ => None,
    };
    own.or_else(|| chosen(request)).unwrap_or_else(|| asked_for(request))
}

fn chosen(request: &HttpRequest) -> Option<Language> {
    let site = request.app_data::<web::Data<Site>>()?;
    Language::of_tag(request.cookie(&site.cookie_name(COOKIE))?.value())
}

fn asked_for(request: &HttpRequest) -> Language {
    let accepted = request.headers().get(ACCEPT_LANGUAGE).and_then(|accepted| accepted.to_str().ok());
    accepted.map(Language::preferred).unwrap_or_default()
}

/// Has the browser keep the choice.
///
/// # Errors
/// When the answer cannot carry it.
pub fn keep(answer: &mut HttpResponse, language: Language, site: &Site) -> Result<()> {
    let cookie = Cookie::build(site.cookie_name(COOKIE), language.tag())
        .path("/")
        .http_only(true)
        .secure(site.is_https())
        .same_site(SameSite::Lax)
        .max_age(Duration::days(KEPT_DAYS))
        .finish();
    answer.add_cookie(&cookie).map_err(|error| Error::Internal(error.into()))
}
