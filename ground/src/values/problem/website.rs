//! What is wrong with the address of a website.

use url::{Host, Url};

/// Why a text is no address of a public website, the plainest reason first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadWebsite {
    /// A blank within it.
    Blank,
    /// Not of the web: `ftp`, `javascript`.
    Scheme {
        scheme: String,
    },
    NoDot,
    /// A number instead of a name.
    Number,
    /// A user name or a password in it, which everybody would read.
    Secret,
    Unreadable,
}

impl BadWebsite {
    /// Why this text was not taken; `whole` has its scheme.
    pub fn of(typed: &str, whole: &str) -> Self {
        // "javascript:x" is no host with a port, and "harbor.example:8080/help" no scheme.
        let named = typed.split_once(':').filter(|(scheme, rest)| {
            rest.starts_with("//") || !scheme.contains('.') && !rest.starts_with(|c: char| c.is_ascii_digit())
        });
        let scheme = named.map(|(scheme, _)| scheme.to_lowercase()).filter(|scheme| {
            !scheme.is_empty()
                && scheme.chars().all(|sign| sign.is_ascii_alphanumeric() || "+-.".contains(sign))
        });
        if typed.contains(char::is_whitespace) {
            return Self::Blank;
        }
        if let Some(scheme) = scheme.filter(|scheme| !["http", "https"].contains(&scheme.as_str())) {
            return Self::Scheme { scheme };
        }
        let Ok(url) = Url::parse(whole) else { return Self::Unreadable };
        match url.host() {
            Some(Host::Ipv4(_) | Host::Ipv6(_)) => Self::Number,
            _ if !url.username().is_empty() || url.password().is_some() => Self::Secret,
            Some(Host::Domain(name)) if !name.trim_matches('.').contains('.') => Self::NoDot,
            _ => Self::Unreadable,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::problem::Problem;
    use crate::values::website;

    #[test]
    fn each_slip_has_its_own_reason() {
        let scheme = |scheme: &str| BadWebsite::Scheme { scheme: scheme.to_owned() };
        for (typed, reason) in [
            ("ftp://a.example", scheme("ftp")),
            ("javascript:alert(1)", scheme("javascript")),
            ("mailto:mia@acme.example", scheme("mailto")),
            ("https://a b.example", BadWebsite::Blank),
            ("help", BadWebsite::NoDot),
            ("https://localhost", BadWebsite::NoDot),
            ("https://127.0.0.1", BadWebsite::Number),
            ("https://me:secret@a.example", BadWebsite::Secret),
            ("https://", BadWebsite::Unreadable),
        ] {
            assert_eq!(website::optional(typed), Err(Problem::Website(reason)), "{typed}");
        }
    }
}
