//! A cookie jar as strict as a browser's, which also refuses cookies that a careful site would not set.

use actix_web::cookie::time::OffsetDateTime;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::header::SET_COOKIE;

use super::wire::Answer;

#[derive(Clone, Debug, Default)]
pub struct Jar {
    cookies: Vec<Cookie<'static>>,
}

impl Jar {
    /// Takes the cookies of a response over. `Err` says what is wrong with one.
    pub fn keep(&mut self, answer: &Answer, is_https: bool) -> Result<(), String> {
        for header in answer.headers.get_all(SET_COOKIE) {
            let cookie = header.to_str().ok().and_then(|text| Cookie::parse_encoded(text.to_owned()).ok());
            let cookie = cookie.ok_or_else(|| format!("unreadable cookie: {header:?}"))?;
            check(&cookie, is_https)?;
            self.cookies.retain(|kept| kept.name() != cookie.name());
            if !is_over(&cookie) {
                self.cookies.push(cookie);
            }
        }
        Ok(())
    }

    /// The `Cookie` header for a path, if there is anything to send.
    pub fn header(&self, path: &str) -> Option<String> {
        let fitting = self.cookies.iter().filter(|cookie| path.starts_with(cookie.path().unwrap_or("/")));
        let pairs = fitting.map(|cookie| cookie.stripped().encoded().to_string());
        Some(pairs.collect::<Vec<_>>().join("; ")).filter(|header| !header.is_empty())
    }

    pub fn get(&self, name: &str) -> Option<String> {
        self.cookies.iter().find(|cookie| cookie.name() == name).map(|cookie| cookie.value().to_owned())
    }

    pub fn set(&mut self, name: &str, value: &str) {
        self.cookies.retain(|kept| kept.name() != name);
        self.cookies.push(Cookie::build(name.to_owned(), value.to_owned()).path("/").finish());
    }

    pub fn clear(&mut self) {
        self.cookies.clear();
    }
}

fn check(cookie: &Cookie, is_https: bool) -> Result<(), String> {
    let must = |is_so: bool, what: &str| match is_so {
        true => Ok(()),
        false => Err(format!("the cookie {:?} is not {what}: {cookie}", cookie.name())),
    };
    must(cookie.http_only() == Some(true), "HttpOnly")?;
    must(matches!(cookie.same_site(), Some(SameSite::Lax | SameSite::Strict)), "SameSite=Lax or Strict")?;
    must(cookie.name().starts_with("__Host-") == is_https, "called __Host- exactly when the site is https")?;
    must(cookie.path() == Some("/") && cookie.domain().is_none(), "for this host and all its pages")?;
    must((cookie.secure() == Some(true)) == is_https, "Secure exactly when the site is https")
}

fn is_over(cookie: &Cookie) -> bool {
    let age_is_over = cookie.max_age().is_some_and(|age| !age.is_positive());
    age_is_over || cookie.expires_datetime().is_some_and(|end| end <= OffsetDateTime::now_utc())
}
