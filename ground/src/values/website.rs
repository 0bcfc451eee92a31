//! Addresses of websites.

use url::{Host, Url};

use crate::values::problem::{BadWebsite, Problem};
use crate::values::unseen::without_unseen;

const LONGEST: usize = 200;

/// The address of a website that may be left out: `https` or `http`, a host with a name, nothing secret in it. Who
/// types no scheme means `https`.
///
/// # Errors
/// [`Problem::TooLong`] or [`Problem::Website`].
pub fn optional(typed: &str) -> Result<String, Problem> {
    let typed = without_unseen(typed);
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(String::new());
    }
    if typed.chars().count() > LONGEST {
        return Err(Problem::TooLong { maximum: LONGEST });
    }
    let whole = if typed.contains("://") { typed.to_owned() } else { format!("https://{typed}") };
    let malformed = Problem::Website(BadWebsite::of(typed, &whole));
    let has_odd_signs = typed.chars().any(|sign| sign.is_whitespace() || sign.is_control());
    let url = Url::parse(&whole).ok().filter(|_| !has_odd_signs).ok_or(malformed.clone())?;
    let is_public = matches!(url.scheme(), "https" | "http")
        && matches!(url.host(), Some(Host::Domain(name)) if name.trim_matches('.').contains('.'))
        && url.username().is_empty()
        && url.password().is_none();
    let text = url.as_str().trim_end_matches('/').to_owned();
    match text.chars().count() {
        _ if !is_public => Err(malformed),
        // What is not ASCII grows when it is written as addresses are.
        count if count > LONGEST => Err(Problem::TooLong { maximum: LONGEST }),
        _ => Ok(text),
    }
}

/// The domain of a website, however its address was typed.
///
/// # Errors
/// [`Problem::Missing`]; what [`optional`] finds wrong.
pub fn domain(typed: &str) -> Result<String, Problem> {
    let website = optional(typed)?;
    let url = Url::parse(&website).map_err(|_| Problem::Missing)?;
    let domain = url.host_str().unwrap_or_default().trim_matches('.');
    Ok(domain.strip_prefix("www.").filter(|bare| bare.contains('.')).unwrap_or(domain).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_website_is_reached_by_the_web() {
        assert_eq!(optional(" "), Ok(String::new()));
        assert_eq!(optional("support.harbor.example/"), Ok("https://support.harbor.example".to_owned()));
        for typed in ["\u{200b}support.har\u{ad}bor.example\u{202c}", "ｓｕｐｐｏｒｔ．harbor。example"]
        {
            assert_eq!(optional(typed), Ok("https://support.harbor.example".to_owned()), "{typed:?}");
        }
        assert_eq!(optional("\u{200b}"), Ok(String::new()));
        assert_eq!(optional("HTTP://Harbor.example/help"), Ok("http://harbor.example/help".to_owned()));
        for typed in [
            "javascript:alert(1)",
            "ftp://a.example",
            "https://localhost",
            "https://a b.example",
            "help",
            "https://me:secret@a.example",
            "https://127.0.0.1",
        ] {
            assert!(matches!(optional(typed), Err(Problem::Website(_))), "{typed}");
        }
    }

    #[test]
    fn a_domain_is_what_its_website_stands_at() {
        for typed in ["juniper.example", "https://www.Juniper.example/about", " http://juniper.example:8080 "]
        {
            assert_eq!(domain(typed), Ok("juniper.example".to_owned()), "{typed}");
        }
        assert_eq!(domain("www.example"), Ok("www.example".to_owned()));
        assert_eq!(domain(" "), Err(Problem::Missing));
        assert!(matches!(domain("school"), Err(Problem::Website(_))));
    }

    proptest! {
        #[test]
        fn any_text_has_a_domain_or_none(typed in "\\PC*|(https?://)?(www\\.){0,2}[a-zä]{1,5}\\.[a-z]{2,3}(/\\PC{0,9})?") {
            if let Ok(domain) = domain(&typed) {
                prop_assert!(domain.contains('.') && !domain.contains('/'));
            }
        }

        #[test]
        fn any_text_is_answered_and_what_is_taken_is_stable(typed in "\\PC*|(https://)?[a-zä]{1,5}\\.[a-z]{2,3}(/\\PC{0,9})?") {
            if let Ok(website) = optional(&typed) {
                prop_assert!(website.is_empty() || website.starts_with("http"));
                prop_assert_eq!(optional(&website), Ok(website.clone()));
            }
        }
    }
}
