//! The cookie by which a browser is known again, long after the sign-in has ended. It says nothing of who signed in
//! there; the database does.

use actix_web::cookie::{Cookie, CookieJar, Key, SameSite, time::Duration};
use actix_web::{HttpRequest, HttpResponse};

use super::model::BROWSER_DAYS;
use crate::error::{Error, Result};
use crate::values::token::Token;
use crate::web::Site;

const NAME: &str = "twotier-browser";

/// The browser's token, if its cookie holds one.
pub fn token(request: &HttpRequest, key: &Key, site: &Site) -> Option<Token> {
    let (mut jar, name) = (CookieJar::new(), site.cookie_name(NAME));
    jar.add_original(request.cookie(&name)?);
    let cookie = jar.private(key).get(&name)?;
    Token::parse(cookie.value())
}

/// Gives the browser its token, or prolongs the one that it has.
///
/// # Errors
/// When the cookie cannot be written as a header, which no token makes happen.
pub fn keep(response: &mut HttpResponse, token: &Token, key: &Key, site: &Site) -> Result<()> {
    let cookie = Cookie::build(site.cookie_name(NAME), token.reveal().to_owned())
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(site.is_https())
        .max_age(Duration::days(BROWSER_DAYS))
        .finish();
    let mut jar = CookieJar::new();
    jar.private_mut(key).add(cookie);
    for sealed in jar.delta() {
        response.add_cookie(sealed).map_err(|error| Error::Internal(error.into()))?;
    }
    Ok(())
}
