//! Where people reach the portal, in the one form in which browsers name it.

use std::net::SocketAddr;

use url::{Host, Url};

/// Scheme, host, and the port where it is not the usual one: what browsers send as `Origin`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl(String);

/// Why this is no address of a portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    #[error("must begin with https:// or http://, like https://portal.example")]
    Scheme,
    #[error("must name a host that people can visit, like https://portal.example")]
    Host,
    #[error("must have no user name or password before the host")]
    User,
    #[error("must be without a path: the portal needs a name of its own, like https://portal.example")]
    Path,
    #[error("must end after the host: nothing from ? or # on belongs to it")]
    Query,
}

impl BaseUrl {
    /// # Errors
    /// What is [`Wrong`] with it.
    pub fn parse(typed: &str) -> Result<Self, Wrong> {
        let text = typed.trim();
        // The parser of browsers forgives what is likelier a slip here: other slashes, none, or spaces in between.
        let (scheme, rest) = text.split_once("://").ok_or(Wrong::Scheme)?;
        if !["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
            return Err(Wrong::Scheme);
        }
        if rest.starts_with(['/', '\\']) || rest.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(Wrong::Host);
        }
        let url = Url::parse(text).map_err(|_| Wrong::Host)?;
        if !url.username().is_empty() || url.password().is_some() || rest.contains('@') {
            return Err(Wrong::User);
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(Wrong::Query);
        }
        if !url.path().chars().all(|c| c == '/') {
            return Err(Wrong::Path);
        }
        let host = host(&url).ok_or(Wrong::Host)?;
        match url.port() {
            Some(0) => Err(Wrong::Host),
            Some(port) => Ok(Self(format!("{}://{host}:{port}", url.scheme()))),
            None => Ok(Self(format!("{}://{host}", url.scheme()))),
        }
    }

    /// Where a portal is reached that listens here. Nobody can visit "every address".
    pub fn listening_on(bind: SocketAddr) -> Self {
        let host = match bind {
            _ if bind.ip().is_unspecified() => "127.0.0.1".to_owned(),
            SocketAddr::V4(v4) => v4.ip().to_string(),
            SocketAddr::V6(v6) => format!("[{}]", v6.ip()),
        };
        // What browsers leave out is left out here, too.
        Self(if bind.port() == 80 {
            format!("http://{host}")
        } else {
            format!("http://{host}:{}", bind.port())
        })
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn host(url: &Url) -> Option<String> {
    match url.host()? {
        Host::Domain(domain) => {
            // A dot at the end names the same host, but not the same origin.
            let domain = domain.strip_suffix('.').unwrap_or(domain);
            let is_label = |label: &str| {
                let is_letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
                (1..=63).contains(&label.len()) && label.chars().all(is_letter)
            };
            (domain.len() <= 253 && domain.split('.').all(is_label)).then(|| domain.to_owned())
        }
        Host::Ipv4(ip) => (!ip.is_unspecified()).then(|| ip.to_string()),
        Host::Ipv6(ip) => (!ip.is_unspecified()).then(|| format!("[{ip}]")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_spelling_becomes_what_browsers_send() {
        for (typed, one_form) in [
            ("https://portal.example", "https://portal.example"),
            ("https://portal.example/", "https://portal.example"),
            ("https://portal.example//", "https://portal.example"),
            (" https://portal.example\n", "https://portal.example"),
            ("https://Portal.Example:443", "https://portal.example"),
            ("HTTPS://PORTAL.EXAMPLE", "https://portal.example"),
            ("https://portal.example.", "https://portal.example"),
            ("https://portal.example:0443/", "https://portal.example"),
            ("http://portal.example:80/", "http://portal.example"),
            ("http://portal.example:443", "http://portal.example:443"),
            ("https://portal.example:8443", "https://portal.example:8443"),
            ("https://müller.example", "https://xn--mller-kva.example"),
            ("https://xn--mller-kva.example", "https://xn--mller-kva.example"),
            ("https://ｐｏｒｔａｌ.example", "https://portal.example"),
            ("http://localhost:8080", "http://localhost:8080"),
            ("http://127.0.0.1:8080/", "http://127.0.0.1:8080"),
            ("http://[::1]:8080", "http://[::1]:8080"),
            ("https://[2001:DB8:0:0::1]:443/", "https://[2001:db8::1]"),
            ("http://my_box:3000", "http://my_box:3000"),
        ] {
            assert_eq!(BaseUrl::parse(typed).as_ref().map(BaseUrl::as_str), Ok(one_form), "{typed}");
        }
    }

    #[test]
    fn what_is_no_address_of_a_portal_is_refused_for_what_is_wrong() {
        for (typed, wrong) in [
            ("", Wrong::Scheme),
            ("portal.example", Wrong::Scheme),
            ("//portal.example", Wrong::Scheme),
            ("https:portal.example", Wrong::Scheme),
            ("https:/portal.example", Wrong::Scheme),
            ("ftp://portal.example", Wrong::Scheme),
            ("https://", Wrong::Host),
            ("https:///portal.example", Wrong::Host),
            ("https://:443", Wrong::Host),
            ("https://portal example", Wrong::Host),
            ("https://portal..example", Wrong::Host),
            ("https://*.portal.example", Wrong::Host),
            ("https://portal.example:99999", Wrong::Host),
            ("https://portal.example:0", Wrong::Host),
            ("https://portal.example:x", Wrong::Host),
            ("http://0.0.0.0:8080", Wrong::Host),
            ("http://[::]:8080", Wrong::Host),
            ("http://::1:8080", Wrong::Host),
            ("https://ann@portal.example", Wrong::User),
            ("https://ann:geheim@portal.example", Wrong::User),
            ("https://portal.example/app", Wrong::Path),
            ("https://portal.example\\app", Wrong::Path),
            ("https://portal.example/?", Wrong::Query),
            ("https://portal.example?a=b", Wrong::Query),
            ("https://portal.example/#top", Wrong::Query),
        ] {
            assert_eq!(BaseUrl::parse(typed), Err(wrong), "{typed}");
        }
    }

    #[test]
    fn a_portal_is_reached_where_it_listens() {
        for (bind, reached) in [
            ("127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("0.0.0.0:8080", "http://127.0.0.1:8080"),
            ("[::]:8080", "http://127.0.0.1:8080"),
            ("[::1]:8080", "http://[::1]:8080"),
            ("192.0.2.7:80", "http://192.0.2.7"),
        ] {
            assert_eq!(BaseUrl::listening_on(bind.parse().unwrap()).as_str(), reached);
        }
    }

    proptest! {
        #[test]
        fn one_form_is_its_own_form(typed in "https?://[a-zA-Z0-9.:/@_\\[\\]-]{0,30}") {
            if let Ok(url) = BaseUrl::parse(&typed) {
                prop_assert_eq!(BaseUrl::parse(url.as_str()), Ok(url));
            }
        }

        #[test]
        fn no_text_makes_it_stumble(text in any::<String>()) {
            let _ = BaseUrl::parse(&text);
        }
    }
}
